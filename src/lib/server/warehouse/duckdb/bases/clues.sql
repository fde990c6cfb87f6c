-- Clues found in the window.
SELECT township, found_on, reported_on, coalesce(urgent, false) AS urgent, coalesce(valuable, false) AS valuable,
	coalesce(concealed, false) AS concealed, source_id, source_line, fact_key, content
FROM fact_clue
WHERE batch_to IS NULL AND found_on BETWEEN CAST($start AS DATE) AND CAST($end AS DATE)
