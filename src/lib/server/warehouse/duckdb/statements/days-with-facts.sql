-- The first and the last day of patrols and clues.
SELECT min(day) AS first, max(day) AS last FROM (
	SELECT patrolled_on AS day FROM fact_patrol WHERE batch_to IS NULL
	UNION ALL SELECT found_on FROM fact_clue WHERE batch_to IS NULL
)
