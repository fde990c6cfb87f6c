-- Marks of the period.
SELECT township, clinic, indicator, points, "by", reason, source_id, source_line, fact_key
FROM fact_mark WHERE batch_to IS NULL AND period = $period
