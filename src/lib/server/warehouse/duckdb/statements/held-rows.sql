-- Rows that are held now, of one batch, kind or township, or one alone, where one is named; a page of them where it is.
SELECT hold, quarantine.batch, source.file, source.sheet, source_line, quarantine.kind, retryable,
	CAST(cells AS VARCHAR) AS cells, CAST(problems AS VARCHAR) AS problems, CAST(source.recognised AS VARCHAR) AS recognised
FROM quarantine JOIN source USING (source_id)
WHERE status = 'held' AND ($batch IS NULL OR quarantine.batch = $batch) AND ($kind IS NULL OR quarantine.kind = $kind)
	AND ($hold IS NULL OR hold = $hold) AND ($townships IS NULL OR list_contains(CAST($townships AS VARCHAR[]), township))
ORDER BY hold
LIMIT $most OFFSET coalesce($from, 0)
