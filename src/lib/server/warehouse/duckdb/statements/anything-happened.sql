-- Whether any fact falls into a period: something done, due or handed in, or something that the bureau entered for it.
SELECT
	EXISTS (FROM fact_patrol WHERE batch_to IS NULL AND patrolled_on BETWEEN CAST($start AS DATE) AND CAST($end AS DATE))
	OR EXISTS (FROM fact_clue WHERE batch_to IS NULL AND found_on BETWEEN CAST($start AS DATE) AND CAST($end AS DATE))
	OR EXISTS (FROM fact_activity WHERE batch_to IS NULL AND held_on BETWEEN CAST($start AS DATE) AND CAST($end AS DATE))
	OR EXISTS (FROM fact_complaint WHERE batch_to IS NULL AND due_on BETWEEN CAST($start AS DATE) AND CAST($end AS DATE))
	OR EXISTS (FROM fact_spot_check WHERE batch_to IS NULL AND checked_on BETWEEN CAST($start AS DATE) AND CAST($end AS DATE))
	OR EXISTS (FROM fact_submission WHERE batch_to IS NULL AND list_contains($covers, covers))
	OR EXISTS (FROM fact_mark WHERE batch_to IS NULL AND period = $period)
	OR EXISTS (FROM fact_figure WHERE batch_to IS NULL AND period = $period)
	OR EXISTS (FROM fact_deduction WHERE batch_to IS NULL AND period = $period)
	AS happened
