-- What the window asks of much history: lists that are walked through, figures, and the history of the runs.

-- All that a walk through the commits looks at before it reads one, so that it need not read the messages. They take
-- the places of indices by date alone.
CREATE INDEX commits_walked ON commits (date, id, repository_id, has_link, author, author_email);
CREATE INDEX commits_unlinked_walked ON commits (date, id, repository_id, author, author_email) WHERE has_link = 0;
CREATE INDEX commits_of_repository_walked ON commits (repository_id, date, id, has_link, author, author_email);
DROP INDEX commits_by_date;
DROP INDEX commits_unlinked_by_date;
DROP INDEX commits_by_repository_and_date;

-- How many commits a repository has here: counting a million of them takes longer than a person waits.
ALTER TABLE repositories ADD COLUMN commit_count INTEGER NOT NULL DEFAULT 0;

UPDATE repositories SET commit_count = (SELECT count(*) FROM commits WHERE repository_id = repositories.id);

CREATE TRIGGER commits_counted AFTER INSERT ON commits BEGIN
    UPDATE repositories SET commit_count = commit_count + 1 WHERE id = NEW.repository_id;
END;

CREATE TRIGGER commits_uncounted AFTER DELETE ON commits BEGIN
    UPDATE repositories SET commit_count = commit_count - 1 WHERE id = OLD.repository_id;
END;

-- The names of branches that are there, each with the repositories that have it.
CREATE INDEX branches_alive ON branches (name, repository_id) WHERE deleted_at IS NULL;

-- Cards that are looked for by words, the latest change first.
CREATE INDEX jira_cards_searched ON jira_cards (account_id, updated_at, card_key, summary, removed);

-- What each status of a site means.
CREATE INDEX jira_cards_by_status ON jira_cards (account_id, status, status_category);

-- The cards that are still to be done are few among those of all sprints.
CREATE INDEX jira_cards_undone ON jira_cards (id) WHERE status_category IS NOT 'done';

-- The sprints that go on, of which there are few.
CREATE INDEX sprints_active ON sprints (account_id) WHERE state = 'active';

-- The few links that a person made or took away.
CREATE INDEX commit_links_by_hand ON commit_links (commit_id) WHERE provenance = 'manual' OR removed = 1;

-- The cards of a person.
CREATE INDEX jira_cards_by_assignee ON jira_cards (assignee COLLATE NOCASE, updated_at, status_category, account_id)
WHERE assignee IS NOT NULL;

-- How much a run brought, and what a list of runs is filtered by: the receipts are too large to be read for it.
ALTER TABLE runs ADD COLUMN new_items INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN changed_items INTEGER NOT NULL DEFAULT 0;

UPDATE runs SET
    new_items = coalesce((SELECT sum(coalesce(value ->> '$.new_commits', value ->> '$.new_cards', 0))
        FROM json_each(receipt, CASE loop WHEN 'commits' THEN '$.repositories' ELSE '$.accounts' END)
        WHERE json_each.type = 'object'), 0),
    changed_items = coalesce((SELECT sum(coalesce(value ->> '$.changed_cards', 0))
        FROM json_each(receipt, CASE loop WHEN 'commits' THEN '$.repositories' ELSE '$.accounts' END)
        WHERE json_each.type = 'object'), 0)
WHERE receipt IS NOT NULL;

CREATE INDEX runs_listed ON runs (profile_id, id, loop, outcome, new_items, changed_items);

-- What a service has said that the token of an account lacks, in the last run or check: names, or none of them where
-- it named none; null: nothing is lacking.
ALTER TABLE accounts ADD COLUMN missing_scopes TEXT CHECK (missing_scopes IS NULL OR json_valid(missing_scopes));
ALTER TABLE accounts ADD COLUMN single_sign_on TEXT CHECK (single_sign_on IS NULL OR json_valid(single_sign_on));
