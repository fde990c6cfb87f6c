-- Reported figures of the period.
SELECT township, "key", n, d, "source", source_id, source_line, fact_key
FROM fact_figure WHERE batch_to IS NULL AND period = $period
