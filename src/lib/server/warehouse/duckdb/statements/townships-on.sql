-- Townships in force on a day: the latest version not after it, or the earliest where all came later.
SELECT township, name, kind, population, min_staff
FROM (
	SELECT *, row_number() OVER (
		PARTITION BY township
		ORDER BY coalesce(as_of <= CAST($on AS DATE), true) DESC,
			CASE WHEN coalesce(as_of <= CAST($on AS DATE), true) THEN coalesce(as_of, DATE '0001-01-01') END DESC,
			as_of
	) AS place
	FROM fact_township WHERE batch_to IS NULL
)
WHERE place = 1 AND (ended_on IS NULL OR ended_on > CAST($on AS DATE))
ORDER BY township
