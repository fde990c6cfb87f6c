-- Forms due in the window, one for each township in force, with the first valid submission by the due date and after it.
SELECT township.township, due.form, due.covers, due.due_on, submitted.submitted_on,
	submitted.source_id, submitted.source_line, due.form || ' ' || due.covers AS fact_key
FROM (SELECT unnest(CAST($townships AS VARCHAR[])) AS township) AS township
CROSS JOIN (
	SELECT unnest(CAST($forms AS VARCHAR[])) AS form, unnest(CAST($covers AS VARCHAR[])) AS covers,
		CAST(unnest(CAST($due AS VARCHAR[])) AS DATE) AS due_on
) AS due
LEFT JOIN (
	SELECT township, form, covers, min(submitted_on) AS submitted_on,
		arg_min(source_id, submitted_on) AS source_id, arg_min(source_line, submitted_on) AS source_line
	FROM fact_submission
	WHERE batch_to IS NULL AND coalesce(returned, false) = false AND submitted_on IS NOT NULL
	GROUP BY township, form, covers
) AS submitted ON submitted.township = township.township AND submitted.form = due.form AND submitted.covers = due.covers
