-- What PDT keeps of Jira: boards, sprints, cards and their histories.
--
-- Times are as in the first migration, with seconds; those of a card's own, and the moments from which on a list is
-- read again, have milliseconds (2026-02-18T23:15:00.000Z), because Jira compares them so.

-- What the links of a profile's commits were made with: a fingerprint of the projects known then.
ALTER TABLE profiles ADD COLUMN linked_projects TEXT;

CREATE TABLE jira_sites (
    account_id         INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    deployment         TEXT NOT NULL CHECK (deployment IN ('cloud', 'data_center')),
    api_root           TEXT,
    collects_kanban    INTEGER NOT NULL CHECK (collects_kanban IN (0, 1)),
    collects_backlog   INTEGER NOT NULL CHECK (collects_backlog IN (0, 1)),
    story_point_fields TEXT CHECK (story_point_fields IS NULL OR json_valid(story_point_fields)),
    first_read_at      TEXT,
    thorough_at        TEXT
) STRICT;

-- holds_sprints is null until the service was asked.
CREATE TABLE boards (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id      INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    jira_board_id   INTEGER NOT NULL,
    name            TEXT NOT NULL,
    kind            TEXT NOT NULL CHECK (kind IN ('scrum', 'kanban', 'simple')),
    project_key     TEXT,
    holds_sprints   INTEGER CHECK (holds_sprints IN (0, 1)),
    is_valid        INTEGER NOT NULL DEFAULT 1 CHECK (is_valid IN (0, 1)),
    invalid_reason  TEXT,
    last_error      TEXT,
    sprints_read_at TEXT,
    cards_read_at   TEXT,
    backlog_read_at TEXT,
    removed_at      TEXT,
    last_synced_at  TEXT,
    UNIQUE (account_id, jira_board_id)
) STRICT;

-- is_final = 1: it is closed, and its cards were read once more after that.
CREATE TABLE sprints (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id      INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    jira_sprint_id  INTEGER NOT NULL,
    name            TEXT NOT NULL,
    state           TEXT NOT NULL CHECK (state IN ('future', 'active', 'closed')),
    start_date      TEXT,
    end_date        TEXT,
    complete_date   TEXT,
    goal            TEXT,
    origin_board_id INTEGER,
    cards_read_at   TEXT,
    is_final        INTEGER NOT NULL DEFAULT 0 CHECK (is_final IN (0, 1)),
    last_error      TEXT,
    removed_at      TEXT,
    last_synced_at  TEXT NOT NULL,
    UNIQUE (account_id, jira_sprint_id),
    CHECK (is_final = 0 OR state = 'closed')
) STRICT;

CREATE TABLE board_sprints (
    board_id  INTEGER NOT NULL REFERENCES boards (id) ON DELETE CASCADE,
    sprint_id INTEGER NOT NULL REFERENCES sprints (id) ON DELETE CASCADE,
    PRIMARY KEY (board_id, sprint_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX board_sprints_by_sprint ON board_sprints (sprint_id);

-- sprint_id is the sprint that the card is in, else the closed one that it was in last. is_complete = 1: details_json
-- has the whole changelog. is_stray = 1: it is no longer where it was, and is still to be asked for.
CREATE TABLE jira_cards (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id      INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    jira_id         TEXT NOT NULL,
    card_key        TEXT NOT NULL,
    project_key     TEXT NOT NULL,
    summary         TEXT NOT NULL,
    status          TEXT NOT NULL,
    status_category TEXT CHECK (status_category IN ('todo', 'in_progress', 'done')),
    assignee        TEXT,
    assignee_id     TEXT,
    issue_type      TEXT NOT NULL,
    priority        TEXT,
    story_points    REAL,
    parent_key      TEXT,
    sprint_id       INTEGER REFERENCES sprints (id) ON DELETE SET NULL,
    is_complete     INTEGER NOT NULL CHECK (is_complete IN (0, 1)),
    is_stray        INTEGER NOT NULL DEFAULT 0 CHECK (is_stray IN (0, 1)),
    created_at      TEXT NOT NULL,
    updated_at      TEXT NOT NULL,
    removed         TEXT CHECK (removed IN ('deleted', 'moved')),
    removed_at      TEXT,
    first_seen_at   TEXT NOT NULL,
    last_synced_at  TEXT NOT NULL,
    details_json    TEXT NOT NULL CHECK (json_valid(details_json)),
    UNIQUE (account_id, jira_id),
    CHECK ((removed IS NULL) = (removed_at IS NULL))
) STRICT;

CREATE INDEX jira_cards_by_key ON jira_cards (card_key);
CREATE INDEX jira_cards_by_sprint ON jira_cards (sprint_id);
CREATE INDEX jira_cards_by_parent ON jira_cards (parent_key) WHERE parent_key IS NOT NULL;
CREATE INDEX jira_cards_incomplete ON jira_cards (account_id) WHERE is_complete = 0;
CREATE INDEX jira_cards_stray ON jira_cards (account_id) WHERE is_stray = 1;
CREATE INDEX jira_cards_done ON jira_cards (id) WHERE status_category = 'done';

-- All that lists show, so that they need not read through the documents.
CREATE INDEX jira_cards_listed ON jira_cards (account_id, project_key, card_key, summary, status, status_category,
    assignee, issue_type, priority, story_points, sprint_id, removed, updated_at);

-- Every key that a card ever had, its present one included.
CREATE TABLE card_keys (
    card_id  INTEGER NOT NULL REFERENCES jira_cards (id) ON DELETE CASCADE,
    card_key TEXT NOT NULL,
    PRIMARY KEY (card_id, card_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX card_keys_by_key ON card_keys (card_key);

-- left_at is null while the card is in the sprint, and for good where it was in it to its end.
CREATE TABLE sprint_cards (
    sprint_id INTEGER NOT NULL REFERENCES sprints (id) ON DELETE CASCADE,
    card_id   INTEGER NOT NULL REFERENCES jira_cards (id) ON DELETE CASCADE,
    left_at   TEXT,
    PRIMARY KEY (sprint_id, card_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX sprint_cards_by_card ON sprint_cards (card_id);

CREATE TABLE board_cards (
    board_id INTEGER NOT NULL REFERENCES boards (id) ON DELETE CASCADE,
    place    TEXT NOT NULL CHECK (place IN ('board', 'backlog')),
    card_id  INTEGER NOT NULL REFERENCES jira_cards (id) ON DELETE CASCADE,
    left_at  TEXT,
    PRIMARY KEY (board_id, place, card_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX board_cards_by_card ON board_cards (card_id);

-- One row a sprint that the service still has.
CREATE VIEW v_sprints AS
SELECT p.name AS profile,
       a.name AS account,
       a.url AS site,
       s.jira_sprint_id AS jira_sprint_id,
       s.name AS name,
       s.state AS state,
       s.start_date AS start_date,
       s.end_date AS end_date,
       s.complete_date AS complete_date,
       s.goal AS goal,
       (SELECT count(*) FROM sprint_cards AS m
        WHERE m.sprint_id = s.id AND m.left_at IS NULL) AS cards,
       (SELECT count(*) FROM sprint_cards AS m
        WHERE m.sprint_id = s.id AND m.left_at IS NULL
            AND +m.card_id IN (SELECT id FROM jira_cards WHERE status_category = 'done')) AS done,
       (SELECT group_concat(name, ', ')
        FROM (SELECT b.name AS name
              FROM board_sprints AS bs JOIN boards AS b ON b.id = bs.board_id
              WHERE bs.sprint_id = s.id AND b.removed_at IS NULL
              ORDER BY b.name)) AS boards
FROM sprints AS s
JOIN accounts AS a ON a.id = s.account_id
JOIN profiles AS p ON p.id = a.profile_id
WHERE s.removed_at IS NULL;

-- One row a card; removed says whether the service still has it.
CREATE VIEW v_cards AS
SELECT p.name AS profile,
       a.name AS account,
       a.url AS site,
       c.card_key AS card_key,
       c.project_key AS project_key,
       c.summary AS summary,
       c.status AS status,
       c.status_category AS status_category,
       c.assignee AS assignee,
       c.issue_type AS issue_type,
       c.priority AS priority,
       c.story_points AS story_points,
       s.jira_sprint_id AS jira_sprint_id,
       s.name AS sprint,
       s.state AS sprint_state,
       c.created_at AS created_at,
       c.updated_at AS updated_at,
       c.removed AS removed,
       c.removed_at AS removed_at,
       c.first_seen_at AS first_seen_at,
       c.details_json AS details_json
FROM jira_cards AS c
JOIN accounts AS a ON a.id = c.account_id
JOIN profiles AS p ON p.id = a.profile_id
LEFT JOIN sprints AS s ON s.id = c.sprint_id;

-- One row for each key that a card has or once had (known_as); card_key is the present one.
CREATE VIEW v_card_keys AS
SELECT p.name AS profile,
       a.name AS account,
       c.card_key AS card_key,
       k.card_key AS known_as
FROM card_keys AS k
JOIN jira_cards AS c ON c.id = k.card_id
JOIN accounts AS a ON a.id = c.account_id
JOIN profiles AS p ON p.id = a.profile_id;

-- One row for each sprint that a card is in, or was in; left_at says when PDT saw that it had been taken out.
CREATE VIEW v_card_sprints AS
SELECT p.name AS profile,
       a.name AS account,
       c.card_key AS card_key,
       s.jira_sprint_id AS jira_sprint_id,
       s.name AS sprint,
       s.state AS sprint_state,
       m.left_at AS left_at
FROM sprint_cards AS m
JOIN sprints AS s ON s.id = m.sprint_id
JOIN jira_cards AS c ON c.id = m.card_id
JOIN accounts AS a ON a.id = c.account_id
JOIN profiles AS p ON p.id = a.profile_id;

-- One row for each field that a change touched.
CREATE VIEW v_card_changes AS
SELECT p.name AS profile,
       a.name AS account,
       c.card_key AS card_key,
       json_extract(change.value, '$.id') AS change_id,
       json_extract(change.value, '$.created') AS changed_at,
       json_extract(change.value, '$.author') AS author,
       json_extract(item.value, '$.field') AS field,
       json_extract(item.value, '$.from') AS from_value,
       json_extract(item.value, '$.from_string') AS from_text,
       json_extract(item.value, '$.to') AS to_value,
       json_extract(item.value, '$.to_string') AS to_text
FROM jira_cards AS c
JOIN accounts AS a ON a.id = c.account_id
JOIN profiles AS p ON p.id = a.profile_id
JOIN json_each(c.details_json, '$.changelog') AS change
JOIN json_each(change.value, '$.items') AS item;
