-- Patrols that found problems and describe them in the very words of at least $repeats patrols of other premises together;
-- texts shorter than $length characters are common phrases. `of` is all that describe a problem, `other` the texts.
WITH own AS (
	SELECT *, regexp_replace(problem_text, '\s+', '', 'g') AS words FROM fact_patrol
	WHERE batch_to IS NULL AND problems > 0 AND problem_text IS NOT NULL
		AND patrolled_on BETWEEN CAST($start AS DATE) AND CAST($end AS DATE)
), same AS (
	SELECT township, words, count(*) AS times FROM own WHERE length(words) >= $length
	GROUP BY ALL HAVING count(DISTINCT coalesce(subject, subject_name, fact_key)) >= $repeats
), told AS (SELECT township, sum(times) AS n, count(*) AS other FROM same GROUP BY township
), described AS (SELECT township, count(*) AS of FROM own GROUP BY township)
SELECT own.township, CAST(told.n AS BIGINT) AS n, described.of, told.other, own.problem_text AS told_as, CAST(own.patrolled_on AS VARCHAR) AS day, own.fact_key,
	own.subject_name AS name, source.file, source.sheet, own.source_line
FROM own JOIN same USING (township, words) JOIN told USING (township) JOIN described USING (township) LEFT JOIN source USING (source_id)
QUALIFY row_number() OVER (PARTITION BY own.township ORDER BY same.times DESC, own.words, own.patrolled_on, own.fact_key) <= $most
ORDER BY own.township, same.times DESC, own.words, own.patrolled_on, own.fact_key
