-- Version 2: the issuer's level, and the documents that a plan carries out.

ALTER TABLE documents ADD COLUMN level TEXT;

CREATE TABLE basis (
    document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    title TEXT NOT NULL,
    document_number TEXT,
    PRIMARY KEY (document, ordinal)
) STRICT, WITHOUT ROWID;

CREATE INDEX basis_by_number ON basis (document_number);

-- Records of the first version hold them, too.
INSERT INTO basis
SELECT documents.id, named.key, json_extract(named.value, '$.title'),
    json_extract(named.value, '$.document_number')
FROM documents, json_each(documents.record, '$.basis') AS named;
