-- Clinics that have not ended on a day, by township and code.
SELECT concat(township, '-', fact_key) AS unit, township, name
FROM fact_clinic
WHERE batch_to IS NULL AND (ended_on IS NULL OR ended_on > CAST($on AS DATE))
ORDER BY township, fact_key
