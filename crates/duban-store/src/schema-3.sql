-- Version 3: what became of each file.

-- One row for the bytes of one or several files.
CREATE TABLE contents (
    id TEXT PRIMARY KEY,
    parser_version INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('ok', 'degraded', 'failed', 'skipped')),
    reason TEXT,
    remedy TEXT,
    attempts INTEGER NOT NULL,
    deaths INTEGER NOT NULL,
    digest INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The notices in them: themselves, or those in an archive or a mail.
CREATE TABLE holdings (
    content TEXT NOT NULL REFERENCES contents (id) ON DELETE CASCADE,
    document TEXT NOT NULL,
    PRIMARY KEY (content, document)
) STRICT, WITHOUT ROWID;

CREATE INDEX holdings_by_document ON holdings (document);

CREATE TABLE files (
    path ANY PRIMARY KEY,
    name TEXT NOT NULL,
    content TEXT,
    shown TEXT,
    bytes INTEGER,
    modified INTEGER,
    status TEXT NOT NULL CHECK (status IN ('ok', 'degraded', 'failed', 'skipped')),
    reason TEXT,
    remedy TEXT,
    attempts INTEGER NOT NULL,
    gone INTEGER NOT NULL DEFAULT 0,
    digest INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX files_by_content ON files (content);
CREATE INDEX files_by_shown ON files (shown);
CREATE INDEX files_gone ON files (path) WHERE gone = 1;

-- Documents that were removed and that the index may still hold.
CREATE TABLE removals (
    document TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Digests tell when a bit of a row has changed by itself; rows of earlier versions have none.
ALTER TABLE documents ADD COLUMN head_digest INTEGER;
ALTER TABLE documents ADD COLUMN record_digest INTEGER;

-- Whether whoever watches for records has got this one.
ALTER TABLE documents ADD COLUMN told INTEGER NOT NULL DEFAULT 1;
CREATE INDEX documents_to_tell ON documents (id) WHERE told = 0;
