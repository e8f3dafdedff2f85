-- Version 1. crates/duban-store/README.md says what the columns mean.

CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    format TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    pages INTEGER,
    modified INTEGER,
    parser_version INTEGER NOT NULL,
    indexed INTEGER NOT NULL DEFAULT 0,
    title TEXT,
    document_number TEXT,
    issuer TEXT,
    issued_on TEXT,
    plan_year INTEGER,
    record TEXT NOT NULL CHECK (json_valid(record))
) STRICT, WITHOUT ROWID;

CREATE INDEX documents_by_year ON documents (plan_year);
CREATE INDEX documents_to_index ON documents (id) WHERE indexed = 0;

CREATE TABLE tasks (
    id TEXT PRIMARY KEY,
    document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    number TEXT NOT NULL,
    path TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    kind TEXT NOT NULL,
    page INTEGER,
    line INTEGER NOT NULL,
    UNIQUE (document, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE units (
    task TEXT NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    name TEXT NOT NULL,
    canonical TEXT,
    role TEXT NOT NULL,
    evidence TEXT NOT NULL,
    open INTEGER NOT NULL,
    PRIMARY KEY (task, ordinal)
) STRICT, WITHOUT ROWID;

CREATE INDEX units_by_name ON units (name);
CREATE INDEX units_by_canonical ON units (canonical);

CREATE TABLE deadlines (
    task TEXT NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    raw TEXT NOT NULL,
    kind TEXT NOT NULL,
    due TEXT,
    start TEXT,
    within_count INTEGER,
    within_unit TEXT,
    after TEXT,
    rrule TEXT,
    times INTEGER,
    PRIMARY KEY (task, ordinal)
) STRICT, WITHOUT ROWID;

CREATE INDEX deadlines_by_due ON deadlines (due);

-- One row a task, as people keep the ledger.
CREATE VIEW ledger AS
SELECT
    documents.plan_year AS year,
    documents.title AS document,
    documents.document_number,
    documents.issuer,
    tasks.number,
    tasks.title AS task,
    tasks.kind,
    (SELECT group_concat(name, '、') FROM units WHERE units.task = tasks.id AND role = 'lead') AS lead,
    (SELECT group_concat(name, '、') FROM units WHERE units.task = tasks.id AND role <> 'lead') AS others,
    (SELECT min(due) FROM deadlines WHERE deadlines.task = tasks.id) AS due,
    (SELECT group_concat(raw, '；') FROM deadlines WHERE deadlines.task = tasks.id) AS deadlines,
    documents.path,
    tasks.page,
    tasks.line
FROM tasks JOIN documents ON documents.id = tasks.document
ORDER BY documents.plan_year, documents.id, tasks.ordinal;

-- One row a day on which something is due.
CREATE VIEW due_days AS
SELECT deadlines.due, deadlines.raw, tasks.number, tasks.title AS task, documents.title AS document, documents.path
FROM deadlines
JOIN tasks ON tasks.id = deadlines.task
JOIN documents ON documents.id = tasks.document
WHERE deadlines.due IS NOT NULL
ORDER BY deadlines.due;
