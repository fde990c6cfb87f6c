-- What was paid in advance for a plan within a period, by township, in fen: advances less what was taken back of them.
-- A settlement is paid on the result of an earlier period and is no advance on this one.
SELECT township, sum(CASE WHEN nature = 'recovery' THEN -amount ELSE amount END) AS amount
FROM fact_disbursement
WHERE batch_to IS NULL AND plan = $plan AND nature <> 'settlement' AND "on" BETWEEN CAST($start AS DATE) AND CAST($end AS DATE)
GROUP BY township
