-- The first shape of a home. Facts are append-only: a row's content never changes, and what ends it is the batch in
-- `batch_to` with the reason in `ended_by` (revision, withdrawal). No CREATE INDEX anywhere: after kill -9 an index of
-- DuckDB 1.5 was seen to lose rows and to let duplicates in. Money is whole fen. A row's id is its `fact_key`; one that
-- begins with # was made from the content of a row that has none.

CREATE TABLE batch (
	batch INTEGER NOT NULL,
	act VARCHAR NOT NULL,
	acted_at VARCHAR NOT NULL,
	actor VARCHAR NOT NULL,
	today DATE NOT NULL
);

CREATE TABLE source (
	source_id INTEGER NOT NULL,
	batch INTEGER NOT NULL,
	file VARCHAR NOT NULL,
	sha256 VARCHAR NOT NULL,
	sheet VARCHAR,
	kind VARCHAR NOT NULL,
	encoding VARCHAR,
	header_line INTEGER NOT NULL,
	recognised JSON NOT NULL,
	rows_read BIGINT NOT NULL,
	added BIGINT NOT NULL,
	revised BIGINT NOT NULL,
	withdrawn BIGINT NOT NULL,
	unchanged BIGINT NOT NULL,
	quarantined BIGINT NOT NULL
);

CREATE TABLE quarantine (
	hold INTEGER NOT NULL,
	batch INTEGER NOT NULL,
	source_id INTEGER NOT NULL,
	source_line INTEGER NOT NULL,
	kind VARCHAR NOT NULL,
	township VARCHAR,
	fact_key VARCHAR,
	cells JSON NOT NULL,
	problems JSON NOT NULL,
	retryable BOOLEAN NOT NULL,
	status VARCHAR NOT NULL,
	status_batch INTEGER
);

CREATE TABLE touched (
	kind VARCHAR NOT NULL,
	from_day DATE,
	to_day DATE,
	batch INTEGER NOT NULL
);

CREATE TABLE tally_taken (
	measure VARCHAR NOT NULL,
	parameters VARCHAR NOT NULL,
	period VARCHAR NOT NULL,
	batch INTEGER NOT NULL
);

CREATE TABLE tally (
	code VARCHAR NOT NULL,
	measure VARCHAR NOT NULL,
	parameters VARCHAR NOT NULL,
	period VARCHAR NOT NULL,
	n VARCHAR NOT NULL,
	d VARCHAR NOT NULL,
	parts JSON NOT NULL,
	visits JSON,
	state VARCHAR NOT NULL
);

CREATE TABLE score (
	period VARCHAR NOT NULL,
	scheme VARCHAR NOT NULL,
	version VARCHAR NOT NULL,
	code VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	score DECIMAL(18, 4),
	grade VARCHAR NOT NULL,
	rank INTEGER,
	ranked INTEGER NOT NULL,
	provisional BOOLEAN NOT NULL,
	vetoes VARCHAR[] NOT NULL,
	flags VARCHAR[] NOT NULL
);

CREATE TABLE indicator_score (
	period VARCHAR NOT NULL,
	scheme VARCHAR NOT NULL,
	version VARCHAR NOT NULL,
	code VARCHAR NOT NULL,
	key VARCHAR NOT NULL,
	bonus BOOLEAN NOT NULL,
	n VARCHAR,
	d VARCHAR,
	parts JSON,
	state VARCHAR,
	awarded DECIMAL(18, 4),
	points VARCHAR
);

CREATE TABLE payment (
	period VARCHAR NOT NULL,
	plan VARCHAR NOT NULL,
	scheme VARCHAR NOT NULL,
	version VARCHAR NOT NULL,
	code VARCHAR NOT NULL,
	tranche VARCHAR NOT NULL,
	amount_fen HUGEINT NOT NULL,
	inputs_hash VARCHAR NOT NULL
);

CREATE TABLE audit (
	seq INTEGER NOT NULL,
	acted_at VARCHAR NOT NULL,
	actor VARCHAR NOT NULL,
	act VARCHAR NOT NULL,
	details JSON NOT NULL
);

CREATE TABLE fact_township (
	township VARCHAR NOT NULL,
	fact_key VARCHAR NOT NULL,
	"code" VARCHAR NOT NULL,
	"name" VARCHAR NOT NULL,
	"institution" VARCHAR,
	"population" BIGINT,
	"kind" VARCHAR,
	"min_staff" BIGINT,
	"as_of" DATE,
	"merged_into" VARCHAR,
	"ended_on" DATE,
	batch_from INTEGER NOT NULL,
	batch_to INTEGER,
	ended_by VARCHAR,
	source_id INTEGER NOT NULL,
	source_line INTEGER NOT NULL
);

CREATE TABLE fact_clinic (
	township VARCHAR NOT NULL,
	fact_key VARCHAR NOT NULL,
	"code" VARCHAR NOT NULL,
	"name" VARCHAR NOT NULL,
	"village" VARCHAR,
	"ended_on" DATE,
	batch_from INTEGER NOT NULL,
	batch_to INTEGER,
	ended_by VARCHAR,
	source_id INTEGER NOT NULL,
	source_line INTEGER NOT NULL
);

CREATE TABLE fact_subject (
	township VARCHAR NOT NULL,
	fact_key VARCHAR NOT NULL,
	"name" VARCHAR NOT NULL,
	"domain" VARCHAR NOT NULL,
	"clinic" VARCHAR,
	"village" VARCHAR,
	"address" VARCHAR,
	"filed_on" DATE,
	"opened_on" DATE,
	"closed_on" DATE,
	"grade" VARCHAR,
	"graded_on" DATE,
	"visits_per_year" BIGINT,
	batch_from INTEGER NOT NULL,
	batch_to INTEGER,
	ended_by VARCHAR,
	source_id INTEGER NOT NULL,
	source_line INTEGER NOT NULL
);

CREATE TABLE fact_staff (
	township VARCHAR NOT NULL,
	fact_key VARCHAR NOT NULL,
	"clinic" VARCHAR,
	"role" VARCHAR NOT NULL,
	"certified_on" DATE,
	"started_on" DATE,
	"left_on" DATE,
	batch_from INTEGER NOT NULL,
	batch_to INTEGER,
	ended_by VARCHAR,
	source_id INTEGER NOT NULL,
	source_line INTEGER NOT NULL
);

CREATE TABLE fact_patrol (
	township VARCHAR NOT NULL,
	fact_key VARCHAR NOT NULL,
	"subject" VARCHAR,
	"subject_name" VARCHAR,
	"clinic" VARCHAR,
	"domain" VARCHAR NOT NULL,
	"patrolled_on" DATE NOT NULL,
	"content" VARCHAR,
	"problems" BIGINT,
	"problem_text" VARCHAR,
	"disposal" VARCHAR,
	"rectify_by" DATE,
	"rectified_on" DATE,
	"inspector" VARCHAR,
	"reported_on" DATE,
	batch_from INTEGER NOT NULL,
	batch_to INTEGER,
	ended_by VARCHAR,
	source_id INTEGER NOT NULL,
	source_line INTEGER NOT NULL
);

CREATE TABLE fact_finding (
	township VARCHAR NOT NULL,
	fact_key VARCHAR NOT NULL,
	"patrol" VARCHAR NOT NULL,
	"category" VARCHAR,
	"code" VARCHAR,
	"description" VARCHAR,
	"severity" VARCHAR,
	"rectify_by" DATE,
	"rectified_on" DATE,
	batch_from INTEGER NOT NULL,
	batch_to INTEGER,
	ended_by VARCHAR,
	source_id INTEGER NOT NULL,
	source_line INTEGER NOT NULL
);

CREATE TABLE fact_clue (
	township VARCHAR NOT NULL,
	fact_key VARCHAR NOT NULL,
	"clinic" VARCHAR,
	"found_on" DATE NOT NULL,
	"category" VARCHAR NOT NULL,
	"content" VARCHAR,
	"reported_on" DATE,
	"reporter" VARCHAR,
	"urgent" BOOLEAN,
	"valuable" BOOLEAN,
	"concealed" BOOLEAN,
	batch_from INTEGER NOT NULL,
	batch_to INTEGER,
	ended_by VARCHAR,
	source_id INTEGER NOT NULL,
	source_line INTEGER NOT NULL
);

CREATE TABLE fact_submission (
	township VARCHAR NOT NULL,
	fact_key VARCHAR NOT NULL,
	"form" VARCHAR NOT NULL,
	"covers" VARCHAR NOT NULL,
	"submitted_on" DATE,
	"returned" BOOLEAN,
	batch_from INTEGER NOT NULL,
	batch_to INTEGER,
	ended_by VARCHAR,
	source_id INTEGER NOT NULL,
	source_line INTEGER NOT NULL
);

CREATE TABLE fact_activity (
	township VARCHAR NOT NULL,
	fact_key VARCHAR NOT NULL,
	"type" VARCHAR NOT NULL,
	"held_on" DATE NOT NULL,
	"quantity" BIGINT,
	batch_from INTEGER NOT NULL,
	batch_to INTEGER,
	ended_by VARCHAR,
	source_id INTEGER NOT NULL,
	source_line INTEGER NOT NULL
);

CREATE TABLE fact_complaint (
	township VARCHAR NOT NULL,
	fact_key VARCHAR NOT NULL,
	"received_on" DATE NOT NULL,
	"due_on" DATE NOT NULL,
	"closed_on" DATE,
	batch_from INTEGER NOT NULL,
	batch_to INTEGER,
	ended_by VARCHAR,
	source_id INTEGER NOT NULL,
	source_line INTEGER NOT NULL
);

CREATE TABLE fact_spot_check (
	township VARCHAR NOT NULL,
	fact_key VARCHAR NOT NULL,
	"checked_on" DATE NOT NULL,
	"sampled" BIGINT NOT NULL,
	"genuine" BIGINT NOT NULL,
	batch_from INTEGER NOT NULL,
	batch_to INTEGER,
	ended_by VARCHAR,
	source_id INTEGER NOT NULL,
	source_line INTEGER NOT NULL
);

CREATE TABLE fact_mark (
	township VARCHAR NOT NULL,
	fact_key VARCHAR NOT NULL,
	"clinic" VARCHAR,
	"period" VARCHAR NOT NULL,
	"indicator" VARCHAR NOT NULL,
	"points" DECIMAL(18, 6) NOT NULL,
	"by" VARCHAR NOT NULL,
	"reason" VARCHAR,
	batch_from INTEGER NOT NULL,
	batch_to INTEGER,
	ended_by VARCHAR,
	source_id INTEGER NOT NULL,
	source_line INTEGER NOT NULL
);

CREATE TABLE fact_deduction (
	township VARCHAR NOT NULL,
	fact_key VARCHAR NOT NULL,
	"clinic" VARCHAR,
	"period" VARCHAR NOT NULL,
	"indicator" VARCHAR NOT NULL,
	"item" VARCHAR,
	"on" DATE NOT NULL,
	"minus" DECIMAL(18, 6) NOT NULL,
	"reason" VARCHAR,
	"by" VARCHAR NOT NULL,
	batch_from INTEGER NOT NULL,
	batch_to INTEGER,
	ended_by VARCHAR,
	source_id INTEGER NOT NULL,
	source_line INTEGER NOT NULL
);

CREATE TABLE fact_figure (
	township VARCHAR NOT NULL,
	fact_key VARCHAR NOT NULL,
	"period" VARCHAR NOT NULL,
	"key" VARCHAR NOT NULL,
	"n" DECIMAL(18, 6) NOT NULL,
	"d" DECIMAL(18, 6) NOT NULL,
	"source" VARCHAR,
	"by" VARCHAR,
	batch_from INTEGER NOT NULL,
	batch_to INTEGER,
	ended_by VARCHAR,
	source_id INTEGER NOT NULL,
	source_line INTEGER NOT NULL
);

CREATE TABLE fact_disbursement (
	township VARCHAR NOT NULL,
	fact_key VARCHAR NOT NULL,
	"on" DATE NOT NULL,
	"plan" VARCHAR NOT NULL,
	"tranche" VARCHAR,
	"amount" BIGINT NOT NULL,
	"nature" VARCHAR NOT NULL,
	batch_from INTEGER NOT NULL,
	batch_to INTEGER,
	ended_by VARCHAR,
	source_id INTEGER NOT NULL,
	source_line INTEGER NOT NULL
);

