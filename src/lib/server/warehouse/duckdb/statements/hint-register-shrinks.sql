-- Subjects closed in the last $days days of a quarter or the first $days after it, of townships that opened fewer then.
-- `of` is the register in force when those days begin, `other` how many opened in them.
WITH days AS (
	SELECT CAST($end AS DATE) - CAST($days AS INTEGER) + 1 AS first, CAST($end AS DATE) + CAST($days AS INTEGER) AS last
), hit AS (
	SELECT township, closed_on AS day, fact_key, name, source_id, source_line FROM fact_subject, days
	WHERE batch_to IS NULL AND closed_on BETWEEN days.first AND days.last
), told AS (
	SELECT township, count(*) FILTER (closed_on BETWEEN days.first AND days.last) AS n,
		count(*) FILTER (opened_on BETWEEN days.first AND days.last) AS other,
		count(*) FILTER ((opened_on IS NULL OR opened_on < days.first) AND (closed_on IS NULL OR closed_on >= days.first)) AS of
	FROM fact_subject, days WHERE batch_to IS NULL GROUP BY township
)
SELECT hit.township, told.n, told.of, told.other, NULL AS told_as, CAST(hit.day AS VARCHAR) AS day, hit.fact_key, hit.name,
	source.file, source.sheet, hit.source_line
FROM hit JOIN told USING (township) LEFT JOIN source USING (source_id)
WHERE told.n > told.other
QUALIFY row_number() OVER (PARTITION BY hit.township ORDER BY hit.day, hit.fact_key) <= $most
ORDER BY hit.township, hit.day, hit.fact_key
