-- Spot checks of records made in the window.
SELECT township, checked_on, sampled, genuine, source_id, source_line, fact_key
FROM fact_spot_check
WHERE batch_to IS NULL AND checked_on BETWEEN CAST($start AS DATE) AND CAST($end AS DATE)
