-- Findings by category, severity and the month of their patrol.
SELECT year(patrol.patrolled_on) AS year, month(patrol.patrolled_on) AS month, finding.category, finding.severity, count(*) AS n
FROM fact_finding AS finding
JOIN fact_patrol AS patrol ON patrol.township = finding.township AND patrol.fact_key = finding.patrol AND patrol.batch_to IS NULL
WHERE finding.batch_to IS NULL
	AND ($township IS NULL OR finding.township = $township) AND ($domain IS NULL OR patrol.domain = $domain)
GROUP BY ALL
ORDER BY ALL
