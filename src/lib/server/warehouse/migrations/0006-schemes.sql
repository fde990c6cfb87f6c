-- Versions of schemes that were published, each with the digest of its file: a version never changes. Append-only.
CREATE TABLE published_scheme (
	id VARCHAR NOT NULL,
	version VARCHAR NOT NULL,
	sha256 VARCHAR NOT NULL,
	starts VARCHAR NOT NULL,
	actor VARCHAR NOT NULL,
	published_at VARCHAR NOT NULL,
	reason VARCHAR NOT NULL
);
