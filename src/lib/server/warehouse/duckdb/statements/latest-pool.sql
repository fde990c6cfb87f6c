-- The pool of the latest allocation of a plan for a period, as the audit log has it.
SELECT json_extract_string(details, '$.pool') AS pool
FROM audit
WHERE act = 'allocate' AND json_extract_string(details, '$.plan') = $plan AND json_extract_string(details, '$.period') = $period
ORDER BY seq DESC
LIMIT 1
