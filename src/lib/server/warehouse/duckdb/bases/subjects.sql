-- Subjects in force at the end of the window, each with its visits: the patrols of its township with its id in the
-- window, whatever domain they name. `graded_before` is the earliest day of a grade that a later version replaced.
SELECT subject.township, subject.domain, subject.filed_on, subject.opened_on, subject.grade, subject.graded_on, earlier.graded_before, subject.visits_per_year,
	coalesce(visited.visits, 0) AS visits,
	subject.source_id, subject.source_line, subject.fact_key, subject.name
FROM fact_subject AS subject
LEFT JOIN (
	SELECT township, subject, count(*) AS visits FROM fact_patrol
	WHERE batch_to IS NULL AND patrolled_on BETWEEN CAST($start AS DATE) AND CAST($end AS DATE) AND subject IS NOT NULL
	GROUP BY township, subject
) AS visited ON visited.township = subject.township AND visited.subject = subject.fact_key
LEFT JOIN (
	SELECT township, fact_key, min(graded_on) AS graded_before FROM fact_subject
	WHERE ended_by = 'revision' AND grade IS NOT NULL AND graded_on IS NOT NULL
	GROUP BY township, fact_key
) AS earlier ON earlier.township = subject.township AND earlier.fact_key = subject.fact_key
WHERE subject.batch_to IS NULL
	AND (subject.opened_on IS NULL OR subject.opened_on <= CAST($end AS DATE))
	AND (subject.closed_on IS NULL OR subject.closed_on > CAST($end AS DATE))
