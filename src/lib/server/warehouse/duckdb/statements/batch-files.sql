-- The files of all batches in the order in which they were taken, each with its reconciliation. How many rows a file
-- released stands in the audit log alone, where the files of a batch have the same order.
SELECT source_id, source.batch, file, sha256, sheet, source.kind, encoding, header_line, rows_read, added, revised, withdrawn,
	unchanged, quarantined, CAST(recognised AS VARCHAR) AS recognised,
	coalesce(CAST(json_extract(act.details, '$.files[' || source.place || '].released') AS BIGINT), 0) AS released,
	coalesce(held.n, 0) AS still_held
FROM (SELECT *, row_number() OVER (PARTITION BY batch ORDER BY source_id) - 1 AS place FROM source) AS source
LEFT JOIN (SELECT CAST(json_extract(details, '$.batch') AS INTEGER) AS batch, details FROM audit WHERE act = 'import') AS act
	ON act.batch = source.batch
LEFT JOIN (SELECT source_id, count(*) AS n FROM quarantine WHERE status = 'held' GROUP BY source_id) AS held USING (source_id)
ORDER BY source_id
