-- What a rollback needs to undo a batch exactly. `quarantine_before` keeps, for each batch, the rows held before it that
-- it released, settled or found other problems in, as they were; `undone` says which batch was undone by which. Both
-- are append-only. What a rollback undid stays readable: facts with `ended_by` 'rollback', held rows with `status`
-- 'rolled_back'.

CREATE TABLE quarantine_before (
	batch INTEGER NOT NULL,
	hold INTEGER NOT NULL,
	problems JSON NOT NULL,
	retryable BOOLEAN NOT NULL,
	status VARCHAR NOT NULL,
	status_batch INTEGER
);

CREATE TABLE undone (
	batch INTEGER NOT NULL,
	by_batch INTEGER NOT NULL,
	reason VARCHAR NOT NULL
);

-- A batch from before this migration is undone alike: what it settled was held, with the problems that stand there still.
INSERT INTO quarantine_before
SELECT status_batch, hold, problems, retryable, 'held', NULL FROM quarantine WHERE status <> 'held' AND batch < status_batch;
