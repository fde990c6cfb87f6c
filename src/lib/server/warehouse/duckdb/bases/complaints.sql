-- Complaints that had to be closed within the window.
SELECT township, received_on, due_on, closed_on, source_id, source_line, fact_key
FROM fact_complaint
WHERE batch_to IS NULL AND due_on BETWEEN CAST($start AS DATE) AND CAST($end AS DATE)
