-- What people decide on registers. All three tables are append-only: a row counts while its batch is not undone, so that
-- a rollback takes an absence away, and puts a decision back, without changing anything here.

-- Register rows that were current and not in a register that was handed in whole, by the batch that took it.
CREATE TABLE absence (
	batch INTEGER NOT NULL,
	kind VARCHAR NOT NULL,
	township VARCHAR NOT NULL,
	fact_key VARCHAR NOT NULL
);

-- What became of an absence: closed, moved, kept, or returned where a later file had the row again.
CREATE TABLE absence_decision (
	absence_batch INTEGER NOT NULL,
	kind VARCHAR NOT NULL,
	township VARCHAR NOT NULL,
	fact_key VARCHAR NOT NULL,
	decision VARCHAR NOT NULL,
	decided_batch INTEGER NOT NULL
);

-- What was decided on two rows that look like one: different, or same.
CREATE TABLE double_decision (
	kind VARCHAR NOT NULL,
	township VARCHAR NOT NULL,
	fact_key VARCHAR NOT NULL,
	other_township VARCHAR NOT NULL,
	other_key VARCHAR NOT NULL,
	decision VARCHAR NOT NULL,
	decided_batch INTEGER NOT NULL
);
