-- Register rows that were absent from a register handed in whole and are not decided on, each once with the latest batch
-- that missed it, its name, the name of its township, and the township in which it stands open now: the same id under the same name, or the same
-- credit code (18 characters), since other ids are unique within a township only.
WITH register AS (
	SELECT 'clinic' AS kind, township, fact_key, name, ended_on AS ended FROM fact_clinic WHERE batch_to IS NULL
	UNION ALL SELECT 'subject', township, fact_key, name, closed_on FROM fact_subject WHERE batch_to IS NULL
	UNION ALL SELECT 'staff', township, fact_key, NULL, left_on FROM fact_staff WHERE batch_to IS NULL
), open AS (
	SELECT kind, township, fact_key, max(batch) AS batch FROM absence
	WHERE batch NOT IN (SELECT batch FROM undone) AND ($batch IS NULL OR batch = $batch) AND ($kind IS NULL OR kind = $kind)
		AND ($township IS NULL OR township = $township)
		AND ($townships IS NULL OR list_contains(CAST($townships AS VARCHAR[]), township))
		AND NOT EXISTS (FROM absence_decision AS settled WHERE settled.absence_batch = absence.batch
			AND settled.kind = absence.kind AND settled.township = absence.township AND settled.fact_key = absence.fact_key
			AND settled.decided_batch NOT IN (SELECT batch FROM undone))
	GROUP BY kind, township, fact_key
), names AS (
	SELECT township, arg_max(name, coalesce(as_of, DATE '0001-01-01')) AS name FROM fact_township WHERE batch_to IS NULL GROUP BY township
), elsewhere AS (
	SELECT register.kind, register.fact_key, open.township, min(register.township) AS other
	FROM register JOIN open ON open.kind = register.kind AND open.fact_key = register.fact_key AND open.township <> register.township
	JOIN register AS own ON own.kind = open.kind AND own.township = open.township AND own.fact_key = open.fact_key
	WHERE register.ended IS NULL AND (length(open.fact_key) = 18 OR register.name IS NOT DISTINCT FROM own.name) GROUP BY ALL
)
SELECT open.kind, open.township, coalesce(names.name, open.township) AS township_name, open.fact_key AS id, register.name,
	open.batch, elsewhere.other AS elsewhere, other_names.name AS elsewhere_name, CAST(register.ended AS VARCHAR) AS ended
FROM open
JOIN register ON register.kind = open.kind AND register.township = open.township AND register.fact_key = open.fact_key
LEFT JOIN names ON names.township = open.township
LEFT JOIN elsewhere ON elsewhere.kind = open.kind AND elsewhere.fact_key = open.fact_key AND elsewhere.township = open.township
LEFT JOIN names AS other_names ON other_names.township = elsewhere.other
ORDER BY CASE open.kind WHEN 'clinic' THEN 1 WHEN 'subject' THEN 2 ELSE 3 END, open.township, open.fact_key
