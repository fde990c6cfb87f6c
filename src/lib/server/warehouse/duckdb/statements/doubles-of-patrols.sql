-- Pairs of patrols that look like one: one premises, one day, one inspector, two ids. Large groups are paired in a chain.
WITH alike AS (
	SELECT township, subject, patrolled_on, inspector, count(*) AS members FROM fact_patrol
	WHERE batch_to IS NULL AND subject IS NOT NULL AND inspector IS NOT NULL
		AND ($townships IS NULL OR list_contains(CAST($townships AS VARCHAR[]), township))
	GROUP BY ALL HAVING count(*) > 1
), placed AS (
	SELECT patrol.township, patrol.subject, patrol.patrolled_on, patrol.inspector, patrol.fact_key AS id, patrol.subject_name,
		patrol.domain, patrol.content, patrol.problems, alike.members,
		row_number() OVER (PARTITION BY patrol.township, patrol.subject, patrol.patrolled_on, patrol.inspector ORDER BY patrol.fact_key) AS place
	FROM fact_patrol AS patrol JOIN alike ON alike.township = patrol.township AND alike.subject = patrol.subject
		AND alike.patrolled_on = patrol.patrolled_on AND alike.inspector = patrol.inspector
	WHERE patrol.batch_to IS NULL
), pairs AS (
	SELECT one.*, other.id AS other_id, other.domain AS other_domain, other.content AS other_content, other.problems AS other_problems
	FROM placed AS one JOIN placed AS other ON other.township = one.township AND other.subject = one.subject
		AND other.patrolled_on = one.patrolled_on AND other.inspector = one.inspector AND other.place > one.place
		AND (one.members <= 12 OR other.place = one.place + 1)
	WHERE NOT EXISTS (FROM double_decision AS done WHERE done.kind = 'patrol' AND done.township = one.township AND done.fact_key = one.id
		AND done.other_township = one.township AND done.other_key = other.id
		AND done.decided_batch NOT IN (SELECT batch FROM undone))
)
SELECT township, id, other_id, subject, coalesce(subject_name, (SELECT any_value(name) FROM fact_subject WHERE batch_to IS NULL
		AND fact_subject.township = pairs.township AND fact_key = pairs.subject)) AS name,
	CAST(patrolled_on AS VARCHAR) AS patrolled_on, inspector, domain, content, problems,
	other_domain, other_content, other_problems, count(*) OVER () AS n
FROM pairs ORDER BY township, patrolled_on, subject, id, other_id
LIMIT $most
