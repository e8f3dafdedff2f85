-- Version 4: tasks, units and deadlines in the order in which they come. By their ids, which are digests,
-- the rows of a new notice went to pages all over the file, and each name of a unit to another one.

DROP VIEW ledger;
DROP VIEW due_days;

CREATE TABLE new_tasks (
    id TEXT NOT NULL PRIMARY KEY,
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
) STRICT;

CREATE TABLE new_units (
    task TEXT NOT NULL REFERENCES new_tasks (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    name TEXT NOT NULL,
    canonical TEXT,
    role TEXT NOT NULL,
    evidence TEXT NOT NULL,
    open INTEGER NOT NULL,
    PRIMARY KEY (task, ordinal)
) STRICT;

CREATE TABLE new_deadlines (
    task TEXT NOT NULL REFERENCES new_tasks (id) ON DELETE CASCADE,
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
) STRICT;

INSERT INTO new_tasks SELECT * FROM tasks ORDER BY document, ordinal;
INSERT INTO new_units
SELECT units.* FROM units JOIN new_tasks ON new_tasks.id = units.task ORDER BY new_tasks.rowid, units.ordinal;
INSERT INTO new_deadlines
SELECT deadlines.* FROM deadlines JOIN new_tasks ON new_tasks.id = deadlines.task
ORDER BY new_tasks.rowid, deadlines.ordinal;

DROP TABLE units;
DROP TABLE deadlines;
DROP TABLE tasks;

ALTER TABLE new_tasks RENAME TO tasks;
ALTER TABLE new_units RENAME TO units;
ALTER TABLE new_deadlines RENAME TO deadlines;

CREATE INDEX units_by_name ON units (name);
CREATE INDEX units_by_canonical ON units (canonical);
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
