-- Patrols of the last $days days of a quarter; `of` is those of the whole quarter.
WITH own AS (
	SELECT *, patrolled_on > CAST($end AS DATE) - CAST($days AS INTEGER) AS late FROM fact_patrol
	WHERE batch_to IS NULL AND patrolled_on BETWEEN CAST($start AS DATE) AND CAST($end AS DATE)
), told AS (SELECT township, count(*) FILTER (late) AS n, count(*) AS of FROM own GROUP BY township)
SELECT own.township, told.n, told.of, NULL AS other, NULL AS told_as, CAST(own.patrolled_on AS VARCHAR) AS day, own.fact_key,
	own.subject_name AS name, source.file, source.sheet, own.source_line
FROM own JOIN told USING (township) LEFT JOIN source USING (source_id)
WHERE own.late
QUALIFY row_number() OVER (PARTITION BY own.township ORDER BY own.patrolled_on, own.fact_key) <= $most
ORDER BY own.township, own.patrolled_on, own.fact_key
