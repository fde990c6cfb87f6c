-- What batches decided: confirmations of files that were held whole, decisions on absent rows and on doubles.
SELECT CAST(json_extract(details, '$.batch') AS INTEGER) AS batch, act, json_extract_string(details, '$.decision') AS decision,
	json_extract_string(details, '$.reason') AS reason, CAST(json_extract(details, '$.confirms') AS INTEGER) AS confirms,
	CASE act
		WHEN 'decide_absent' THEN json_array_length(details, '$.rows')
		WHEN 'decide_doubles' THEN json_array_length(details, '$.pairs')
		ELSE list_sum(CAST(json_extract(details, '$.files[*].added') AS BIGINT[])) + list_sum(CAST(json_extract(details, '$.files[*].revised') AS BIGINT[]))
			+ list_sum(CAST(json_extract(details, '$.files[*].withdrawn') AS BIGINT[]))
	END AS "rows"
FROM audit WHERE act IN ('confirm', 'decide_absent', 'decide_doubles')
