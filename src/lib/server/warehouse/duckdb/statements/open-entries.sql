-- Entries that wait for a second person, oldest first: neither rejected nor confirmed by a batch that stands.
SELECT entry, scheme, kind, key, period, township, CAST(cells AS VARCHAR) AS cells, CAST(evidence AS VARCHAR) AS evidence,
	entered_by, entered_at, actor
FROM pending_entry WHERE entry NOT IN (
	SELECT entry FROM entry_decision WHERE batch IS NULL OR batch NOT IN (SELECT batch FROM undone)
) ORDER BY entry
