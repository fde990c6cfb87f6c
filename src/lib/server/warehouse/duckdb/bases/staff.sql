-- People in post at the end of the window.
SELECT township, role, certified_on, started_on, source_id, source_line, fact_key
FROM fact_staff
WHERE batch_to IS NULL AND (started_on IS NULL OR started_on <= CAST($end AS DATE)) AND (left_on IS NULL OR left_on > CAST($end AS DATE))
