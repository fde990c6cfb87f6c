-- What was paid out for a plan within a period, by township, in fen: what was given less what was taken back.
SELECT township, sum(CASE WHEN nature = 'recovery' THEN -amount ELSE amount END) AS amount
FROM fact_disbursement
WHERE batch_to IS NULL AND plan = $plan AND "on" BETWEEN CAST($start AS DATE) AND CAST($end AS DATE)
GROUP BY township
