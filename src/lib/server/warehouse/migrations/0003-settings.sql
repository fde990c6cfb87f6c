-- What a home is, as opposed to what it knows: one value a name.
CREATE TABLE setting (
	name VARCHAR NOT NULL,
	value VARCHAR NOT NULL
);
