-- On-site deductions of the period.
SELECT township, clinic, indicator, item, minus, "on", reason, source_id, source_line, fact_key
FROM fact_deduction WHERE batch_to IS NULL AND period = $period
