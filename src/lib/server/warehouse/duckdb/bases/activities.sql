-- Activities held in the window.
SELECT township, type, held_on, quantity, source_id, source_line, fact_key
FROM fact_activity
WHERE batch_to IS NULL AND held_on BETWEEN CAST($start AS DATE) AND CAST($end AS DATE)
