-- Pairs of premises that look like one (docs/rules.md, 2, Near-duplicates), each once with the reasons: `name` (one
-- township, one domain, one name), `address` (one name and one address), `id` (one credit code, 18 characters, in two townships:
-- other ids are unique within a township only). Names and
-- addresses are compared with full-width characters, case, white space, brackets, quotes and middle dots taken away, names
-- also without the legal form at their end. Groups are joined within themselves alone, and large ones in a chain.
WITH current AS (
	SELECT township, fact_key AS id, name, domain, address, village, CAST(opened_on AS VARCHAR) AS opened_on,
		regexp_replace(regexp_replace(lower(translate(name, '！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ｛｜｝～　 ',
			'!"#$%&''()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abcdefghijklmnopqrstuvwxyz{|}~  ')), '[\s()\[\]{}<>【】〔〕《》「」“”‘’\"''·•]+', '', 'g'), '(.)(股份有限公司|有限责任公司|有限公司|公司|个体工商户)$', '\1') AS plain_name,
		regexp_replace(lower(translate(coalesce(address, ''), '！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ｛｜｝～　 ',
			'!"#$%&''()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abcdefghijklmnopqrstuvwxyz{|}~  ')), '[\s()\[\]{}<>【】〔〕《》「」“”‘’\"''·•]+', '', 'g') AS plain_address
	FROM fact_subject
	WHERE batch_to IS NULL AND (closed_on IS NULL OR closed_on > CAST($today AS DATE))
		AND ($townships IS NULL OR list_contains(CAST($townships AS VARCHAR[]), township))
), grouped AS (
	SELECT 'name' AS reason, concat_ws(chr(31), township, domain, plain_name) AS likeness, township, id FROM current
	UNION ALL SELECT 'address', concat_ws(chr(31), plain_name, plain_address), township, id FROM current WHERE plain_address <> ''
	UNION ALL SELECT 'id', id, township, id FROM current WHERE length(id) = 18
), placed AS (
	SELECT *, count(*) OVER (PARTITION BY reason, likeness) AS members,
		lead({'township': township, 'id': id}) OVER (PARTITION BY reason, likeness ORDER BY township, id) AS next
	FROM grouped QUALIFY members > 1
), paired AS (
	SELECT a.reason, a.township, a.id, b.township AS other_township, b.id AS other_id
	FROM placed AS a JOIN placed AS b ON a.reason = b.reason AND a.likeness = b.likeness
	WHERE a.members <= 12 AND b.members <= 12 AND (a.township, a.id) < (b.township, b.id)
	UNION ALL SELECT reason, township, id, next.township, next.id FROM placed WHERE members > 12 AND next IS NOT NULL
), pairs AS (
	SELECT township, id, other_township, other_id, list_sort(list(DISTINCT reason)) AS reasons FROM paired
	WHERE NOT EXISTS (FROM double_decision AS done WHERE done.kind = 'subject' AND done.township = paired.township AND done.fact_key = paired.id
		AND done.other_township = paired.other_township AND done.other_key = paired.other_id
		AND done.decided_batch NOT IN (SELECT batch FROM undone))
	GROUP BY ALL
)
SELECT pairs.township, pairs.id, pairs.other_township, pairs.other_id, pairs.reasons, count(*) OVER () AS n,
	one.name, one.domain, one.address, one.village, one.opened_on,
	other.name AS other_name, other.domain AS other_domain, other.address AS other_address, other.village AS other_village,
	other.opened_on AS other_opened_on
FROM pairs
JOIN current AS one ON one.township = pairs.township AND one.id = pairs.id
JOIN current AS other ON other.township = pairs.other_township AND other.id = pairs.other_id
ORDER BY pairs.township, pairs.id, pairs.other_township, pairs.other_id
LIMIT $most
