-- Patrols of a quarter to subjects that were not open yet, or closed already; `told_as` is when that was.
WITH hit AS (
	SELECT patrol.township, patrol.patrolled_on AS day, patrol.fact_key, coalesce(patrol.subject_name, subject.name) AS name,
		CASE WHEN subject.opened_on > patrol.patrolled_on THEN 'opened ' || CAST(subject.opened_on AS VARCHAR)
			ELSE 'closed ' || CAST(subject.closed_on AS VARCHAR) END AS told_as,
		patrol.source_id, patrol.source_line
	FROM fact_patrol AS patrol JOIN fact_subject AS subject ON subject.township = patrol.township AND subject.fact_key = patrol.subject
	WHERE patrol.batch_to IS NULL AND subject.batch_to IS NULL
		AND patrol.patrolled_on BETWEEN CAST($start AS DATE) AND CAST($end AS DATE)
		AND (subject.opened_on > patrol.patrolled_on OR subject.closed_on <= patrol.patrolled_on)
), told AS (SELECT township, count(*) AS n FROM hit GROUP BY township)
SELECT hit.township, told.n, NULL AS of, NULL AS other, hit.told_as, CAST(hit.day AS VARCHAR) AS day, hit.fact_key, hit.name,
	source.file, source.sheet, hit.source_line
FROM hit JOIN told USING (township) LEFT JOIN source USING (source_id)
QUALIFY row_number() OVER (PARTITION BY hit.township ORDER BY hit.day, hit.fact_key) <= $most
ORDER BY hit.township, hit.day, hit.fact_key
