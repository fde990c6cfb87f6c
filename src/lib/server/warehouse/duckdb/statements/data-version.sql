-- A text that changes whenever something published changes.
SELECT concat_ws('-',
	(SELECT coalesce(max(batch), 0) FROM batch), (SELECT count(*) FROM audit),
	(SELECT count(*) || '.' || coalesce(sum(batch), 0) FROM tally_taken), (SELECT count(*) FROM score), (SELECT count(*) FROM payment)) AS version
