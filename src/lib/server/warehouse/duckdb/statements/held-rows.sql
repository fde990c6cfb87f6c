-- Rows that are held now, of one batch or kind where one is named.
SELECT hold, quarantine.batch, source.file, source.sheet, source_line, quarantine.kind, township, retryable,
	CAST(cells AS VARCHAR) AS cells, CAST(problems AS VARCHAR) AS problems, CAST(source.recognised AS VARCHAR) AS recognised
FROM quarantine JOIN source USING (source_id)
WHERE status = 'held' AND ($batch IS NULL OR quarantine.batch = $batch) AND ($kind IS NULL OR quarantine.kind = $kind)
ORDER BY hold
