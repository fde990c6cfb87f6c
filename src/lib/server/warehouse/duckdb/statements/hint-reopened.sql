-- Subjects that opened again in the quarter or the $days days after it, at most $within days after they were closed: the
-- same row, or another row of the same township, name and domain, or a row that an earlier version of it had closed.
WITH span AS (SELECT CAST($start AS DATE) AS first, CAST($end AS DATE) + CAST($days AS INTEGER) AS last
), closed AS (
	SELECT township, name, domain, fact_key, closed_on FROM fact_subject WHERE batch_to IS NULL AND closed_on IS NOT NULL
), found AS (
	SELECT again.township, again.opened_on AS day, again.fact_key, again.name, again.source_id, again.source_line,
		closed.fact_key || ' ' || CAST(closed.closed_on AS VARCHAR) AS told_as
	FROM fact_subject AS again JOIN closed ON closed.township = again.township AND closed.name = again.name AND closed.domain = again.domain, span
	WHERE again.batch_to IS NULL AND again.opened_on BETWEEN span.first AND span.last
		AND again.opened_on >= closed.closed_on AND again.opened_on <= closed.closed_on + CAST($within AS INTEGER)
	UNION ALL
	SELECT now.township, earlier.closed_on AS day, now.fact_key, now.name, now.source_id, now.source_line,
		now.fact_key || ' ' || CAST(earlier.closed_on AS VARCHAR) AS told_as
	FROM fact_subject AS now JOIN fact_subject AS earlier ON earlier.township = now.township AND earlier.fact_key = now.fact_key, span
	WHERE now.batch_to IS NULL AND earlier.ended_by = 'revision' AND earlier.closed_on BETWEEN span.first AND span.last
		AND (now.closed_on IS NULL OR now.closed_on > earlier.closed_on)
		AND (now.opened_on IS NULL OR now.opened_on <= earlier.closed_on)
), hit AS (
	SELECT township, fact_key, min(day) AS day, any_value(name) AS name, any_value(source_id) AS source_id,
		any_value(source_line) AS source_line, min(told_as) AS told_as
	FROM found GROUP BY township, fact_key
), told AS (SELECT township, count(*) AS n FROM hit GROUP BY township)
SELECT hit.township, told.n, NULL AS of, NULL AS other, hit.told_as, CAST(hit.day AS VARCHAR) AS day, hit.fact_key, hit.name,
	source.file, source.sheet, hit.source_line
FROM hit JOIN told USING (township) LEFT JOIN source USING (source_id)
QUALIFY row_number() OVER (PARTITION BY hit.township ORDER BY hit.day, hit.fact_key) <= $most
ORDER BY hit.township, hit.day, hit.fact_key
