-- The background loops: when each is due, and what the person was told of.

-- One row a loop that has ever been in the background.
CREATE TABLE schedule (
    loop       TEXT NOT NULL PRIMARY KEY CHECK (loop IN ('commits', 'jira')),
    due_at     TEXT NOT NULL,
    -- Whether it waits for a network that is not metered.
    is_metered INTEGER NOT NULL DEFAULT 0 CHECK (is_metered IN (0, 1)),
    -- How often it was due while a run was still going.
    skipped    INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- One row a cause for which something fails now and that the person can act on.
CREATE TABLE notices (
    profile_id INTEGER NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
    cause      TEXT NOT NULL,
    account    TEXT,
    title      TEXT NOT NULL,
    -- In how many runs of each loop it was met, one after the other.
    commits    INTEGER NOT NULL DEFAULT 0,
    jira       INTEGER NOT NULL DEFAULT 0,
    told_at    TEXT,
    PRIMARY KEY (profile_id, cause)
) STRICT, WITHOUT ROWID;

-- Old runs are deleted by their age.
CREATE INDEX runs_by_start ON runs (started_at);
