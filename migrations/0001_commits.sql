-- What PDT keeps of profiles, accounts, repositories and their commits.
--
-- Times are RFC 3339 text in UTC with seconds (2026-02-18T23:15:00Z), so that they sort as text. Flags are 0 or 1.
-- Ids that other places hold on to for a while (AUTOINCREMENT) are never given out twice: whoever still writes
-- for a removed repository meets a foreign key, not somebody else's rows.
-- A released migration is never edited; the next change is the next file.

CREATE TABLE profiles (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE accounts (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    profile_id       INTEGER NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
    provider         TEXT NOT NULL CHECK (provider IN ('github', 'gitlab', 'jira')),
    name             TEXT NOT NULL,
    url              TEXT NOT NULL,
    login            TEXT NOT NULL,
    email            TEXT,
    projects         TEXT CHECK (projects IS NULL OR json_valid(projects)),
    state            TEXT NOT NULL CHECK (state IN ('ok', 'refused', 'unchecked')),
    state_reason     TEXT,
    scopes           TEXT,
    expires_at       TEXT,
    limited_until    TEXT,
    credential_print TEXT,
    created_at       TEXT NOT NULL,
    UNIQUE (profile_id, name)
) STRICT;

CREATE TABLE repositories (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id     INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    remote_id      TEXT NOT NULL,
    owner          TEXT NOT NULL,
    name           TEXT NOT NULL,
    provider       TEXT NOT NULL CHECK (provider IN ('github', 'gitlab')),
    url            TEXT NOT NULL,
    default_branch TEXT,
    is_valid       INTEGER NOT NULL DEFAULT 1 CHECK (is_valid IN (0, 1)),
    invalid_reason TEXT,
    window_start   TEXT,
    last_synced_at TEXT,
    last_error     TEXT,
    created_at     TEXT NOT NULL,
    UNIQUE (account_id, remote_id)
) STRICT;

CREATE TABLE validators (
    account_id       INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    resource         TEXT NOT NULL,
    etag             TEXT NOT NULL,
    credential_print TEXT NOT NULL,
    PRIMARY KEY (account_id, resource)
) STRICT, WITHOUT ROWID;

CREATE TABLE branches (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    repository_id INTEGER NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
    name          TEXT NOT NULL,
    tip_sha       TEXT NOT NULL,
    walked_sha    TEXT,
    since         TEXT,
    first_seen_at TEXT NOT NULL,
    deleted_at    TEXT,
    last_error    TEXT,
    UNIQUE (repository_id, name)
) STRICT;

CREATE TABLE branch_events (
    id            INTEGER PRIMARY KEY,
    repository_id INTEGER NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
    branch_id     INTEGER NOT NULL REFERENCES branches (id) ON DELETE CASCADE,
    kind          TEXT NOT NULL CHECK (kind IN ('created', 'moved', 'rewritten', 'deleted', 'restored')),
    before_sha    TEXT,
    after_sha     TEXT,
    seen_at       TEXT NOT NULL
) STRICT;

CREATE INDEX branch_events_by_repository ON branch_events (repository_id);
CREATE INDEX branch_events_by_branch ON branch_events (branch_id);

-- is_named = 1: the name of the branch on which it was first seen has been searched for card keys.
CREATE TABLE commits (
    id              INTEGER PRIMARY KEY,
    repository_id   INTEGER NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
    sha             TEXT NOT NULL,
    message         TEXT NOT NULL,
    author          TEXT NOT NULL,
    author_email    TEXT NOT NULL,
    date            TEXT NOT NULL,
    committed_at    TEXT NOT NULL,
    branch          TEXT,
    first_branch_id INTEGER REFERENCES branches (id) ON DELETE SET NULL,
    jira_card_key   TEXT,
    has_link        INTEGER NOT NULL DEFAULT 0 CHECK (has_link IN (0, 1)),
    first_seen_at   TEXT NOT NULL,
    is_named        INTEGER NOT NULL DEFAULT 0 CHECK (is_named IN (0, 1)),
    UNIQUE (repository_id, sha)
) STRICT;

CREATE INDEX commits_by_repository_and_date ON commits (repository_id, date);
CREATE INDEX commits_by_date ON commits (date);
CREATE INDEX commits_by_card ON commits (jira_card_key);
CREATE INDEX commits_unnamed ON commits (repository_id) WHERE is_named = 0;
CREATE INDEX commits_unlinked_by_date ON commits (date) WHERE has_link = 0;

-- The shape of everything ever seen. standing = 2: recorded in commits; 1: not recorded, because its date cannot
-- be believed, but what lies behind it is wanted; 0: outside the window, seen only for its place in history.
CREATE TABLE commit_graph (
    repository_id INTEGER NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
    sha           TEXT NOT NULL,
    parents       TEXT NOT NULL,
    standing      INTEGER NOT NULL CHECK (standing IN (0, 1, 2)),
    PRIMARY KEY (repository_id, sha)
) STRICT, WITHOUT ROWID;

CREATE TABLE commit_branches (
    branch_id INTEGER NOT NULL REFERENCES branches (id) ON DELETE CASCADE,
    commit_id INTEGER NOT NULL REFERENCES commits (id) ON DELETE CASCADE,
    reaches   INTEGER NOT NULL CHECK (reaches IN (0, 1)),
    PRIMARY KEY (branch_id, commit_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX commit_branches_by_commit ON commit_branches (commit_id, branch_id, reaches);

-- removed = 1: a person took the link away, and no sync brings it back.
CREATE TABLE commit_links (
    commit_id  INTEGER NOT NULL REFERENCES commits (id) ON DELETE CASCADE,
    card_key   TEXT NOT NULL,
    provenance TEXT NOT NULL CHECK (provenance IN ('message', 'branch', 'manual')),
    position   INTEGER NOT NULL,
    removed    INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)),
    PRIMARY KEY (commit_id, card_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX commit_links_by_card ON commit_links (card_key);

CREATE TABLE jira_projects (
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    key        TEXT NOT NULL,
    PRIMARY KEY (account_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE runs (
    id          INTEGER PRIMARY KEY,
    profile_id  INTEGER NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
    loop        TEXT NOT NULL CHECK (loop IN ('commits', 'jira')),
    trigger     TEXT NOT NULL CHECK (trigger IN ('start', 'schedule', 'manual', 'wake')),
    started_at  TEXT NOT NULL,
    finished_at TEXT,
    outcome     TEXT CHECK (outcome IN ('ok', 'partial', 'failed', 'skipped')),
    reason      TEXT,
    error       TEXT,
    requests    INTEGER NOT NULL DEFAULT 0,
    receipt     TEXT CHECK (receipt IS NULL OR json_valid(receipt)),
    CHECK ((finished_at IS NULL) = (outcome IS NULL))
) STRICT;

CREATE INDEX runs_by_loop ON runs (profile_id, loop);
CREATE INDEX runs_by_outcome ON runs (profile_id, loop, outcome);

CREATE TABLE settings (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Salt of the fingerprints that bind a stored validator to a token.
INSERT INTO settings (key, value) VALUES ('print_salt', lower(hex(randomblob(16))));

-- One row a commit of a tracked repository.
CREATE VIEW v_commits AS
SELECT p.name AS profile,
       a.name AS account,
       r.provider AS provider,
       r.owner || '/' || r.name AS repository,
       c.sha AS sha,
       c.message AS message,
       c.author AS author,
       c.author_email AS author_email,
       c.date AS date,
       c.committed_at AS committed_at,
       c.branch AS branch,
       c.jira_card_key AS jira_card_key,
       c.has_link AS has_link,
       c.first_seen_at AS first_seen_at
FROM commits AS c
JOIN repositories AS r ON r.id = c.repository_id
JOIN accounts AS a ON a.id = r.account_id
JOIN profiles AS p ON p.id = a.profile_id;

-- One row for each branch that reaches a commit (reaches_now = 1) or once did (0: deleted or rewritten).
CREATE VIEW v_commit_branches AS
SELECT p.name AS profile,
       a.name AS account,
       r.provider AS provider,
       r.owner || '/' || r.name AS repository,
       c.sha AS sha,
       b.name AS branch,
       (cb.reaches = 1 AND b.deleted_at IS NULL) AS reaches_now
FROM commit_branches AS cb
JOIN branches AS b ON b.id = cb.branch_id
JOIN commits AS c ON c.id = cb.commit_id
JOIN repositories AS r ON r.id = c.repository_id
JOIN accounts AS a ON a.id = r.account_id
JOIN profiles AS p ON p.id = a.profile_id;

-- One row for each card that a commit belongs to; links that a person took away are not here.
CREATE VIEW v_commit_links AS
SELECT p.name AS profile,
       a.name AS account,
       r.provider AS provider,
       r.owner || '/' || r.name AS repository,
       c.sha AS sha,
       l.card_key AS card_key,
       l.provenance AS provenance,
       l.position AS position
FROM commit_links AS l
JOIN commits AS c ON c.id = l.commit_id
JOIN repositories AS r ON r.id = c.repository_id
JOIN accounts AS a ON a.id = r.account_id
JOIN profiles AS p ON p.id = a.profile_id
WHERE l.removed = 0;

-- One row a run; finished_at and outcome are null while it goes on.
CREATE VIEW v_runs AS
SELECT p.name AS profile,
       x.id AS run,
       x.loop AS loop,
       x.trigger AS trigger,
       x.started_at AS started_at,
       x.finished_at AS finished_at,
       x.outcome AS outcome,
       x.reason AS reason,
       x.error AS error,
       x.requests AS requests,
       x.receipt AS receipt
FROM runs AS x
JOIN profiles AS p ON p.id = x.profile_id;
