-- What had to be put right within the window: patrols with problems, or in their place their findings.
SELECT patrol.township, patrol.domain, patrol.patrolled_on, patrol.rectify_by, patrol.rectified_on, patrol.source_id, patrol.source_line, patrol.fact_key, patrol.subject_name
FROM fact_patrol AS patrol
ANTI JOIN (SELECT DISTINCT township, patrol FROM fact_finding WHERE batch_to IS NULL) AS detailed
	ON detailed.township = patrol.township AND detailed.patrol = patrol.fact_key
WHERE patrol.batch_to IS NULL AND patrol.problems > 0 AND patrol.rectify_by BETWEEN CAST($start AS DATE) AND CAST($end AS DATE)
UNION ALL
SELECT finding.township, patrol.domain, patrol.patrolled_on, finding.rectify_by, finding.rectified_on, finding.source_id, finding.source_line, finding.fact_key, patrol.subject_name
FROM fact_finding AS finding
JOIN fact_patrol AS patrol ON patrol.township = finding.township AND patrol.fact_key = finding.patrol AND patrol.batch_to IS NULL
WHERE finding.batch_to IS NULL AND finding.rectify_by BETWEEN CAST($start AS DATE) AND CAST($end AS DATE)
