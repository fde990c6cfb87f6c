-- Patrols of the window. Where a patrol has findings, its number of problems is theirs (rules.md, 2).
SELECT patrol.township, patrol.domain, patrol.patrolled_on, patrol.reported_on, patrol.inspector, patrol.disposal, patrol.rectify_by,
	coalesce(findings.problems, patrol.problems) AS problems, coalesce(findings.serious, 0) AS serious,
	patrol.source_id, patrol.source_line, patrol.fact_key, patrol.subject, patrol.subject_name
FROM fact_patrol AS patrol
LEFT JOIN (
	SELECT township, patrol, count(*) AS problems, count(*) FILTER (severity = 'serious') AS serious
	FROM fact_finding WHERE batch_to IS NULL GROUP BY township, patrol
) AS findings ON findings.township = patrol.township AND findings.patrol = patrol.fact_key
WHERE patrol.batch_to IS NULL AND patrol.patrolled_on BETWEEN CAST($start AS DATE) AND CAST($end AS DATE)
