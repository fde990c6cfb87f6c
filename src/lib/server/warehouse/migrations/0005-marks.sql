-- What people enter by hand. All three tables are append-only: what a batch decided counts while that batch is not undone,
-- so that a rollback of a confirmation lets its entries wait again.

-- Entries that wait for a second person: where they belong, the cells of their row by field, who entered them and when.
-- `evidence` is null or an object of sha256, name and size.
CREATE TABLE pending_entry (
	entry INTEGER NOT NULL,
	scheme VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	key VARCHAR NOT NULL,
	period VARCHAR NOT NULL,
	township VARCHAR NOT NULL,
	cells JSON NOT NULL,
	evidence JSON,
	entered_by VARCHAR NOT NULL,
	entered_at VARCHAR NOT NULL,
	actor VARCHAR NOT NULL
);

-- What became of them: confirmed by a batch, or rejected with a reason and without one.
CREATE TABLE entry_decision (
	entry INTEGER NOT NULL,
	decision VARCHAR NOT NULL,
	decided_by VARCHAR NOT NULL,
	decided_at VARCHAR NOT NULL,
	reason VARCHAR,
	batch INTEGER
);

-- Files that prove a fact, in the evidence folder of the home under their SHA-256, with the batch that brought them.
CREATE TABLE evidence_of_fact (
	batch INTEGER NOT NULL,
	kind VARCHAR NOT NULL,
	township VARCHAR NOT NULL,
	fact_key VARCHAR NOT NULL,
	sha256 VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	size BIGINT NOT NULL
);
