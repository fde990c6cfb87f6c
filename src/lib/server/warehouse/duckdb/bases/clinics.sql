-- How rows write a clinic, and which unit that is: its code, or its name where only one clinic of the township has it.
-- A clinic's code is only known to be unique within its township, so a unit has both.
SELECT township, fact_key AS written, concat(township, '-', fact_key) AS unit
FROM fact_clinic WHERE batch_to IS NULL
UNION ALL
SELECT clinic.township, clinic.name, concat(clinic.township, '-', min(clinic.fact_key))
FROM fact_clinic AS clinic
ANTI JOIN (SELECT township, fact_key FROM fact_clinic WHERE batch_to IS NULL) AS coded
	ON coded.township = clinic.township AND coded.fact_key = clinic.name
WHERE clinic.batch_to IS NULL
GROUP BY clinic.township, clinic.name HAVING count(*) = 1
