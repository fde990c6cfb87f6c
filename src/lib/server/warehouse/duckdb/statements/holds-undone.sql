-- Held rows that a rollback of batches touches: those of other batches that it puts back, and those that the batches made.
SELECT
	(SELECT count(DISTINCT quarantine_before.hold) FROM quarantine_before JOIN quarantine USING (hold)
		WHERE list_contains(CAST($batches AS BIGINT[]), quarantine_before.batch)
		AND NOT list_contains(CAST($batches AS BIGINT[]), quarantine.batch)) AS restored,
	(SELECT count(*) FROM quarantine WHERE list_contains(CAST($batches AS BIGINT[]), batch)) AS removed
