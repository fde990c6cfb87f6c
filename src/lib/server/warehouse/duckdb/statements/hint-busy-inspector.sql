-- Patrols of an inspector who made more than $patrols on that day; `other` is how many such days there are, `told_as` who.
WITH busy AS (
	SELECT township, inspector, patrolled_on, count(*) AS made FROM fact_patrol
	WHERE batch_to IS NULL AND inspector IS NOT NULL AND patrolled_on BETWEEN CAST($start AS DATE) AND CAST($end AS DATE)
	GROUP BY ALL HAVING count(*) > $patrols
), hit AS (
	SELECT patrol.*, busy.made FROM fact_patrol AS patrol JOIN busy USING (township, inspector, patrolled_on) WHERE batch_to IS NULL
), told AS (SELECT township, sum(made) AS n, count(*) AS other FROM busy GROUP BY township)
SELECT hit.township, CAST(told.n AS BIGINT) AS n, NULL AS of, told.other, hit.inspector AS told_as, CAST(hit.patrolled_on AS VARCHAR) AS day, hit.fact_key,
	hit.subject_name AS name, source.file, source.sheet, hit.source_line
FROM hit JOIN told USING (township) LEFT JOIN source USING (source_id)
QUALIFY row_number() OVER (PARTITION BY hit.township ORDER BY hit.patrolled_on, hit.inspector, hit.fact_key) <= $most
ORDER BY hit.township, hit.patrolled_on, hit.inspector, hit.fact_key
