-- All batches, newest first, with what a rollback undid and why, and by which rollback a batch was undone.
SELECT batch.batch, act, acted_at, actor, CAST(today AS VARCHAR) AS today, gone.by_batch AS undone_by, own.reason,
	coalesce(own.undoes, []) AS undoes
FROM batch
LEFT JOIN undone AS gone ON gone.batch = batch.batch
LEFT JOIN (
	SELECT by_batch, any_value(reason) AS reason, list(batch ORDER BY batch DESC) AS undoes FROM undone GROUP BY by_batch
) AS own ON own.by_batch = batch.batch
ORDER BY batch.batch DESC
