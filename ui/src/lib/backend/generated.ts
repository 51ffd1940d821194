// Made from crates/seam by `cargo run -p pdt-seam --example typescript`. A test keeps it true.

/**
 * Which PDT this is, and where it keeps its data.
 */
export type AboutDto = { 
/**
 * The version, as `0.1.0`.
 */
version: string, 
/**
 * The folder that holds the database.
 */
data_folder: string, 
/**
 * Settings that could not be read, a sentence each.
 */
warnings: Array<string>, };

/**
 * A connected account, with what the person should know about it.
 */
export type AccountAddedDto = { 
/**
 * Sentences for the person.
 */
notes: Array<string>, 
/**
 * Its name within the profile.
 */
name: string, 
/**
 * The service.
 */
provider: "github" | "gitlab" | "jira", 
/**
 * The service's address.
 */
url: string, 
/**
 * Whose token it is.
 */
login: string, 
/**
 * The e-mail address that Jira Cloud asks for.
 */
email: string | null, 
/**
 * The Jira projects it is limited to.
 */
projects: Array<string> | null, 
/**
 * `ok`, `refused` or `unchecked`.
 */
state: "ok" | "refused" | "unchecked", 
/**
 * Why it was refused.
 */
state_reason: string | null, 
/**
 * The token's scopes, where the service tells them.
 */
scopes: Array<string> | null, 
/**
 * When the token expires, where the service tells it.
 */
expires_at: string | null, 
/**
 * How good the token is, as far as is known without asking.
 */
health: AccountHealth, 
/**
 * The scopes that the token lacks, as far as they are named.
 */
missing_scopes: Array<string>, 
/**
 * The page of the service on which a token is made.
 */
token_page: string, 
/**
 * Until when the service wants no request; none where it may be asked.
 */
limited_until: string | null, 
/**
 * What is collected beside the cards of sprints: Jira only.
 */
collects: CollectsDto | null, };

/**
 * What a check of an account has found.
 */
export type AccountCheckDto = { 
/**
 * Whether the service accepts its token.
 */
ok: boolean, 
/**
 * What was found, in a sentence.
 */
message: string, 
/**
 * Its name within the profile.
 */
name: string, 
/**
 * The service.
 */
provider: "github" | "gitlab" | "jira", 
/**
 * The service's address.
 */
url: string, 
/**
 * Whose token it is.
 */
login: string, 
/**
 * The e-mail address that Jira Cloud asks for.
 */
email: string | null, 
/**
 * The Jira projects it is limited to.
 */
projects: Array<string> | null, 
/**
 * `ok`, `refused` or `unchecked`.
 */
state: "ok" | "refused" | "unchecked", 
/**
 * Why it was refused.
 */
state_reason: string | null, 
/**
 * The token's scopes, where the service tells them.
 */
scopes: Array<string> | null, 
/**
 * When the token expires, where the service tells it.
 */
expires_at: string | null, 
/**
 * How good the token is, as far as is known without asking.
 */
health: AccountHealth, 
/**
 * The scopes that the token lacks, as far as they are named.
 */
missing_scopes: Array<string>, 
/**
 * The page of the service on which a token is made.
 */
token_page: string, 
/**
 * Until when the service wants no request; none where it may be asked.
 */
limited_until: string | null, 
/**
 * What is collected beside the cards of sprints: Jira only.
 */
collects: CollectsDto | null, };

/**
 * An account as it is listed.
 */
export type AccountDto = { 
/**
 * Its name within the profile.
 */
name: string, 
/**
 * The service.
 */
provider: "github" | "gitlab" | "jira", 
/**
 * The service's address.
 */
url: string, 
/**
 * Whose token it is.
 */
login: string, 
/**
 * The e-mail address that Jira Cloud asks for.
 */
email: string | null, 
/**
 * The Jira projects it is limited to.
 */
projects: Array<string> | null, 
/**
 * `ok`, `refused` or `unchecked`.
 */
state: "ok" | "refused" | "unchecked", 
/**
 * Why it was refused.
 */
state_reason: string | null, 
/**
 * The token's scopes, where the service tells them.
 */
scopes: Array<string> | null, 
/**
 * When the token expires, where the service tells it.
 */
expires_at: string | null, 
/**
 * How good the token is, as far as is known without asking.
 */
health: AccountHealth, 
/**
 * The scopes that the token lacks, as far as they are named.
 */
missing_scopes: Array<string>, 
/**
 * The page of the service on which a token is made.
 */
token_page: string, 
/**
 * Until when the service wants no request; none where it may be asked.
 */
limited_until: string | null, 
/**
 * What is collected beside the cards of sprints: Jira only.
 */
collects: CollectsDto | null, };

/**
 * How good the token of an account is.
 */
export type AccountHealth = "valid" | "unchecked" | "refused" | "missing_scope" | "expires_soon" | "expired" | "blocked_by_sso";

/**
 * A repository that somebody asked to track.
 */
export type AddedRepositoryDto = { 
/**
 * Whether it was tracked before it was asked for.
 */
was_tracked: boolean, 
/**
 * Its row.
 */
id: number, 
/**
 * The owner, or the whole namespace at GitLab.
 */
owner: string, 
/**
 * The name within it.
 */
name: string, 
/**
 * The service.
 */
provider: "github" | "gitlab" | "jira", 
/**
 * Its page.
 */
url: string, 
/**
 * The account through which it is read.
 */
account: string, 
/**
 * Whether the service lets it be read.
 */
is_valid: boolean, 
/**
 * Why not.
 */
invalid_reason: string | null, 
/**
 * When it was last up to date.
 */
last_synced_at: string | null, 
/**
 * What went wrong the last time.
 */
last_error: string | null, };

/**
 * An error that is ready to be shown: what failed, for which thing, what to do.
 */
export type ApiErrorDto = { 
/**
 * What a shell does differently.
 */
code: "usage" | "unknown" | "keychain" | "refused" | "service" | "storage" | "conflict" | "desktop", 
/**
 * What failed.
 */
message: string, 
/**
 * What to do, where the message does not say it.
 */
hint: string | null, };

/**
 * The way out of something that needs the person.
 */
export type AttentionAction = { "kind": "replace_token", 
/**
 * The account's name.
 */
account: string, } | { "kind": "check_account", 
/**
 * The account's name.
 */
account: string, } | { "kind": "show_repository", 
/**
 * Its row.
 */
repository: number, } | { "kind": "show_board" } | { "kind": "unlock_keychain" } | { "kind": "show_run", 
/**
 * Its row.
 */
id: number, } | { "kind": "show_settings" } | { "kind": "sync" } | { "kind": "none" };

/**
 * Something that needs the person.
 */
export type AttentionDto = { 
/**
 * The same for the same thing, each time it is asked for.
 */
id: string, 
/**
 * Whether it works no more (`broken`), will stop or should be looked at (`warning`), or passes by itself and is
 * nobody's task (`passing`).
 */
severity: "broken" | "warning" | "passing", 
/**
 * What is wrong, in a few words.
 */
title: string, 
/**
 * More about it, in sentences.
 */
detail: string | null, 
/**
 * What the person can do about it.
 */
action: AttentionAction, };

/**
 * Somebody who wrote commits.
 */
export type AuthorDto = { 
/**
 * The name of the latest commit.
 */
name: string, 
/**
 * The e-mail address, which is what the filter goes by; the name where there is none.
 */
email: string, };

/**
 * Whether PDT shall start at login.
 */
export type Autostart = "on" | "off";

/**
 * A repository that an account can see.
 */
export type AvailableDto = { 
/**
 * The owner, or the whole namespace at GitLab.
 */
owner: string, 
/**
 * The name within it.
 */
name: string, 
/**
 * The service.
 */
provider: "github" | "gitlab" | "jira", 
/**
 * Its page, which `repo add` takes.
 */
url: string, 
/**
 * The account that sees it.
 */
account: string, 
/**
 * Whether it is tracked already.
 */
tracked: boolean, };

/**
 * What accounts can see.
 */
export type AvailableRepositoriesDto = { 
/**
 * The latest active first, account by account.
 */
repositories: Array<AvailableDto>, 
/**
 * Sentences for the person: what may be missing from the list.
 */
notes: Array<string>, };

/**
 * A change of what is left to do.
 */
export type BurndownChangeDto = { 
/**
 * When.
 */
at: string, 
/**
 * Which card.
 */
key: string, 
/**
 * What it is about.
 */
summary: string, 
/**
 * What happened to it.
 */
kind: BurndownKind, 
/**
 * By how much what is left became more, or less.
 */
delta: number, 
/**
 * What was left then.
 */
remaining: number, };

/**
 * What was left to do in a sprint, over time.
 */
export type BurndownDto = { 
/**
 * What is counted: story points, or cards where no card has points.
 */
unit: BurndownUnit, 
/**
 * When the sprint began.
 */
start: string, 
/**
 * When it ends or was completed; now, for one that goes on after its end.
 */
end: string, 
/**
 * What was left to do when it began.
 */
committed: number, 
/**
 * What is left to do now, or was at its end.
 */
remaining: number, 
/**
 * What was added after it had begun: cards that came, and estimates that grew. What was committed and added, less
 * what was removed and done, is what remains.
 */
added: number, 
/**
 * What was taken out after it had begun: cards that left, and estimates that shrank.
 */
removed: number, 
/**
 * What was done after it had begun, less what was opened again.
 */
done: number, 
/**
 * What changed, the oldest first, each with what was left after it.
 */
changes: Array<BurndownChangeDto>, 
/**
 * Whether a history of its cards is not complete yet, so that a change may be missing.
 */
is_partial: boolean, };

/**
 * What happens to a card of a sprint that goes on.
 */
export type BurndownKind = "added" | "removed" | "estimated" | "done" | "reopened";

/**
 * What a burndown counts.
 */
export type BurndownUnit = "points" | "cards";

/**
 * All that is known of a card, with its whole changelog. Keys may be added, never renamed.
 */
export type CardDetailsDto = { 
/**
 * Its key.
 */
key: string, 
/**
 * Its summary.
 */
summary: string, 
/**
 * Its description, in Jira's wiki markup.
 */
description: string | null, 
/**
 * The name of its status, in the site's language.
 */
status: string, 
/**
 * What that status means: `todo`, `in_progress` or `done`.
 */
status_category: "todo" | "in_progress" | "done" | null, 
/**
 * The display name of whom it is assigned to.
 */
assignee: string | null, 
/**
 * Its issue type.
 */
issue_type: string, 
/**
 * Its priority.
 */
priority: string | null, 
/**
 * Its labels.
 */
labels: Array<string>, 
/**
 * Its estimate.
 */
story_points: number | null, 
/**
 * The card it is a part of.
 */
parent: RelativeDto | null, 
/**
 * Its parts.
 */
subtasks: Array<RelativeDto>, 
/**
 * The sprints that it is or was in, the oldest first.
 */
sprints: Array<SprintRefDto>, 
/**
 * How many comments it has, where the service tells it.
 */
comments: number | null, 
/**
 * When it was made.
 */
created: string, 
/**
 * When it last changed.
 */
updated: string, 
/**
 * What was changed, oldest first.
 */
changelog: Array<ChangeDto>, };

/**
 * A card as it is listed.
 */
export type CardDto = { 
/**
 * Its present key.
 */
key: string, 
/**
 * Its summary.
 */
summary: string, 
/**
 * The name of its status, in the site's language.
 */
status: string, 
/**
 * What that status means: `todo`, `in_progress` or `done`.
 */
status_category: "todo" | "in_progress" | "done" | null, 
/**
 * The display name of whom it is assigned to.
 */
assignee: string | null, 
/**
 * Its issue type.
 */
issue_type: string, 
/**
 * Its priority.
 */
priority: string | null, 
/**
 * Its estimate.
 */
story_points: number | null, 
/**
 * Jira's number of the sprint that it is in, else of the last closed one that it was in.
 */
sprint: number | null, 
/**
 * That sprint's name.
 */
sprint_name: string | null, 
/**
 * The account that sees it.
 */
account: string, 
/**
 * `false`, or why the service shows it no more where it was: `"deleted"`, `"moved"`.
 */
removed: false | "deleted" | "moved", 
/**
 * When it last changed.
 */
updated_at: string, 
/**
 * Its page at the site.
 */
url: string, };

/**
 * Which cards are wanted.
 */
export type CardQuery = { 
/**
 * Jira's number of a sprint.
 */
sprint: number | null, 
/**
 * The name of an account.
 */
account: string | null, };

/**
 * A card with all that is known of it.
 */
export type CardShowDto = { 
/**
 * All that is known of it.
 */
details: CardDetailsDto, 
/**
 * Whether its history is here from the first entry to the last; the next syncs read what is missing.
 */
is_complete: boolean, 
/**
 * The keys that it once had.
 */
former_keys: Array<string>, 
/**
 * Its present key.
 */
key: string, 
/**
 * Its summary.
 */
summary: string, 
/**
 * The name of its status, in the site's language.
 */
status: string, 
/**
 * What that status means: `todo`, `in_progress` or `done`.
 */
status_category: "todo" | "in_progress" | "done" | null, 
/**
 * The display name of whom it is assigned to.
 */
assignee: string | null, 
/**
 * Its issue type.
 */
issue_type: string, 
/**
 * Its priority.
 */
priority: string | null, 
/**
 * Its estimate.
 */
story_points: number | null, 
/**
 * Jira's number of the sprint that it is in, else of the last closed one that it was in.
 */
sprint: number | null, 
/**
 * That sprint's name.
 */
sprint_name: string | null, 
/**
 * The account that sees it.
 */
account: string, 
/**
 * `false`, or why the service shows it no more where it was: `"deleted"`, `"moved"`.
 */
removed: false | "deleted" | "moved", 
/**
 * When it last changed.
 */
updated_at: string, 
/**
 * Its page at the site.
 */
url: string, };

/**
 * One entry of a changelog.
 */
export type ChangeDto = { 
/**
 * Jira's number.
 */
id: string, 
/**
 * The display name of who did it.
 */
author: string | null, 
/**
 * When.
 */
created: string, 
/**
 * What, field by field.
 */
items: Array<ChangeItemDto>, };

/**
 * One field of a change.
 */
export type ChangeItemDto = { 
/**
 * The field's name.
 */
field: string, 
/**
 * The field's id, where the service tells it.
 */
field_id?: string, 
/**
 * The value before, as the service keeps it.
 */
from: string | null, 
/**
 * The value before, for people.
 */
from_string: string | null, 
/**
 * The value after, as the service keeps it.
 */
to: string | null, 
/**
 * The value after, for people.
 */
to_string: string | null, };

/**
 * What a person wants when they close the window where the desktop has no tray.
 */
export type ClosingChoice = "stay" | "quit";

/**
 * What is collected of a Jira beside the cards of sprints.
 */
export type CollectsDto = { 
/**
 * Cards on boards without sprints.
 */
kanban: boolean, 
/**
 * Cards in backlogs and in planned sprints.
 */
backlog: boolean, };

/**
 * A commit as it is listed.
 */
export type CommitDto = { 
/**
 * Its number in this database: repositories may share a commit, and two services may have the same repository.
 */
id: number, 
/**
 * Its id in git.
 */
sha: string, 
/**
 * `owner/name`.
 */
repo: string, 
/**
 * The service.
 */
provider: "github" | "gitlab" | "jira", 
/**
 * The whole message.
 */
message: string, 
/**
 * The author's name.
 */
author: string, 
/**
 * The author's e-mail address.
 */
author_email: string, 
/**
 * The author's date.
 */
date: string, 
/**
 * The default branch if it reaches the commit, else the branch it was first seen on.
 */
branch: string | null, 
/**
 * The branches that reach it now.
 */
branches: Array<string>, 
/**
 * The branches that once did.
 */
former_branches: Array<string>, 
/**
 * The first of its card keys.
 */
jira_card_key: string | null, 
/**
 * All of its card keys.
 */
jira_card_keys: Array<string>, 
/**
 * Whether any card belongs to it.
 */
has_link: boolean, 
/**
 * Its page at the service; none where the service has no pages of commits.
 */
url: string | null, };

/**
 * What the commits of a profile can be filtered by.
 */
export type CommitFacetsDto = { 
/**
 * Those who wrote the latest commits, the busiest first.
 */
authors: Array<AuthorDto>, 
/**
 * Names of branches that are there now, each once, sorted; 500 at most.
 */
branches: Array<string>, };

/**
 * A card that a commit belongs to.
 */
export type CommitLinkDto = { 
/**
 * The card's key.
 */
key: string, 
/**
 * Where the link is from.
 */
provenance: "message" | "branch" | "manual", 
/**
 * What the card is about; none for a card that is not collected.
 */
summary: string | null, };

/**
 * Which commits are wanted.
 */
export type CommitQuery = { 
/**
 * `owner/name` in any letter case.
 */
repo: string | null, 
/**
 * The first day of the author's date, in local time.
 */
since: string | null, 
/**
 * The last day of the author's date, in local time.
 */
until: string | null, 
/**
 * A card key in any letter case.
 */
card: string | null, 
/**
 * Only commits that no card belongs to.
 */
unlinked: boolean, 
/**
 * Only commits that have each of its words in message, author, e-mail address, branch or id, in any letter case.
 */
text: string | null, 
/**
 * Only commits that a branch of this name reaches now.
 */
branch: string | null, 
/**
 * Only commits of this e-mail address or author's name, in any letter case.
 */
author: string | null, 
/**
 * At most so many, the newest first.
 */
limit: number | null, };

/**
 * What came of one repository.
 */
export type CommitResultDto = { 
/**
 * Its row.
 */
repo_id: number, 
/**
 * `owner/name`.
 */
repo_name: string, 
/**
 * Its service.
 */
provider: "github" | "gitlab" | "jira", 
/**
 * Commits that were not there before.
 */
new_commits: number, 
/**
 * Commits received.
 */
total_fetched: number, 
/**
 * What went wrong, in a sentence.
 */
error: string | null, };

/**
 * A commit as a row shows it.
 */
export type CommitRowDto = { 
/**
 * Its number in this database.
 */
id: number, 
/**
 * Its id.
 */
sha: string, 
/**
 * `owner/name`.
 */
repo: string, 
/**
 * The service.
 */
provider: "github" | "gitlab" | "jira", 
/**
 * The first line of its message that says something, 300 characters at most.
 */
subject: string, 
/**
 * The author's name.
 */
author: string, 
/**
 * The author's date.
 */
date: string, 
/**
 * The default branch if it reaches the commit, else the branch it was first seen on.
 */
branch: string | null, 
/**
 * All of its card keys.
 */
jira_card_keys: Array<string>, };

/**
 * A commit with its links.
 */
export type CommitShowDto = { 
/**
 * The cards it belongs to, in the order of its keys.
 */
links: Array<CommitLinkDto>, 
/**
 * Links that PDT found and a person took away, and may have back.
 */
removed_links: Array<CommitLinkDto>, 
/**
 * Cards that it may belong to, the likeliest first; for a commit without a card.
 */
suggestions: Array<SuggestionDto>, 
/**
 * Its number in this database: repositories may share a commit, and two services may have the same repository.
 */
id: number, 
/**
 * Its id in git.
 */
sha: string, 
/**
 * `owner/name`.
 */
repo: string, 
/**
 * The service.
 */
provider: "github" | "gitlab" | "jira", 
/**
 * The whole message.
 */
message: string, 
/**
 * The author's name.
 */
author: string, 
/**
 * The author's e-mail address.
 */
author_email: string, 
/**
 * The author's date.
 */
date: string, 
/**
 * The default branch if it reaches the commit, else the branch it was first seen on.
 */
branch: string | null, 
/**
 * The branches that reach it now.
 */
branches: Array<string>, 
/**
 * The branches that once did.
 */
former_branches: Array<string>, 
/**
 * The first of its card keys.
 */
jira_card_key: string | null, 
/**
 * All of its card keys.
 */
jira_card_keys: Array<string>, 
/**
 * Whether any card belongs to it.
 */
has_link: boolean, 
/**
 * Its page at the service; none where the service has no pages of commits.
 */
url: string | null, };

/**
 * A piece of a list of commits, by their numbers in this database.
 */
export type CommitWalkDto = { 
/**
 * The numbers of the commits that the query asks for, the newest first, from where the walk was.
 */
ids: Array<number>, 
/**
 * Where to go on; none at the end of the list. A piece may be empty and not be the last one: what fits may
 * lie further back.
 */
next: string | null, 
/**
 * The author's date of the last commit that was looked at, whether it fits or not.
 */
seen_until: string | null, };

/**
 * A repository that could not be read as it should.
 */
export type FailedDto = { 
/**
 * Its row.
 */
id: number, 
/**
 * `owner/name`.
 */
name: string, 
/**
 * What went wrong, in a sentence.
 */
error: string, };

/**
 * A card that was looked for.
 */
export type FoundCardDto = { 
/**
 * The card's key.
 */
key: string, 
/**
 * What it is about.
 */
summary: string, 
/**
 * Its status.
 */
status: string, 
/**
 * The account that sees it.
 */
account: string, };

/**
 * How a loop is, all in all.
 */
export type Health = "ok" | "partial" | "failing" | "rate_limited" | "offline" | "paused" | "disabled";

/**
 * Several of them.
 */
export type Ids = Array<number>;

/**
 * A board, a sprint or an account that could not be read as it should.
 */
export type JiraFailedDto = { 
/**
 * What it is: `board Team Alpha`, `sprint 42`.
 */
name: string, 
/**
 * What went wrong, in a sentence.
 */
error: string, };

/**
 * A board or a sprint that is being read.
 */
export type JiraReadingDto = { 
/**
 * Which account.
 */
account: string, 
/**
 * The board that is asked for its sprints.
 */
board: string | null, 
/**
 * The sprint whose cards are read.
 */
sprint: string | null, 
/**
 * How many of its cards were received.
 */
cards: number, };

/**
 * What came of one Jira account.
 */
export type JiraResultDto = { 
/**
 * The account's name.
 */
account: string, 
/**
 * Boards that it sees.
 */
boards: number, 
/**
 * Sprints that these boards show, whatever their state.
 */
sprints: number, 
/**
 * Cards in active sprints.
 */
cards: number, 
/**
 * Cards that were not there before.
 */
new_cards: number, 
/**
 * Known cards that have changed.
 */
changed_cards: number, 
/**
 * What went wrong, in a sentence.
 */
error: string | null, };

/**
 * A run of the Jira loop, as far as it has come. The numbers of boards and sprints grow while it finds out what
 * there is.
 */
export type JiraRunDto = { 
/**
 * Whose sites are read.
 */
profile: string, 
/**
 * When it began.
 */
started_at: string, 
/**
 * How many boards have been asked for their sprints.
 */
boards_done: number, 
/**
 * How many boards are asked.
 */
boards_of: number, 
/**
 * Of how many sprints the cards have been read.
 */
sprints_done: number, 
/**
 * Of how many sprints the cards are read; boards without sprints whose cards are collected count as well.
 */
sprints_of: number, 
/**
 * How many cards were not there before.
 */
new_cards: number, 
/**
 * How many known cards have changed.
 */
changed_cards: number, 
/**
 * What is being read, in the order in which it began.
 */
reading: Array<JiraReadingDto>, 
/**
 * What is done and could not be read as it should.
 */
failed: Array<JiraFailedDto>, };

/**
 * A link that was made or taken away.
 */
export type LinkDto = { 
/**
 * The commit.
 */
sha: string, 
/**
 * The repositories that have it, each `owner/name`.
 */
repos: Array<string>, 
/**
 * The card.
 */
key: string, 
/**
 * Whether the two belong together now.
 */
linked: boolean, 
/**
 * Whether this call changed that.
 */
changed: boolean, };

/**
 * The runs of this program that are going on.
 */
export type LiveDto = { 
/**
 * The run of the commits loop, while there is one.
 */
commits: RunDto | null, 
/**
 * The run of the Jira loop, while there is one.
 */
jira: JiraRunDto | null, };

/**
 * One loop's run.
 */
export type LoopDto<R> = { 
/**
 * How it ended.
 */
outcome: "ok" | "partial" | "failed" | "skipped", 
/**
 * Why it was skipped, cut short or must wait.
 */
reason: string | null, 
/**
 * Every HTTP request, tries and unchanged answers included.
 */
requests: number, 
/**
 * What came, one entry a repository or account.
 */
results: Array<R>, };

/**
 * The status of one loop.
 */
export type LoopStatusDto = { 
/**
 * The end of the last run, whatever its outcome.
 */
last_sync: string | null, 
/**
 * When the background loop runs next; `null` while no background loop is at work.
 */
next_sync: string | null, 
/**
 * `idle` or `syncing`.
 */
status: "idle" | "syncing", 
/**
 * The last run's error in one sentence; `null` after a clean run.
 */
last_error: string | null, 
/**
 * The end of the last run that brought everything.
 */
last_success: string | null, 
/**
 * How the last run ended.
 */
outcome: "ok" | "partial" | "failed" | "skipped" | null, 
/**
 * Why it was skipped, cut short or must wait.
 */
reason: string | null, 
/**
 * How the loop is, all in all.
 */
health: Health, 
/**
 * When a pause of the background loops ends by itself; `null` also for one without an end.
 */
paused_until: string | null, 
/**
 * How often it was due while a run was still going, and was skipped.
 */
skipped: number, };

/**
 * A profile's or an account's name among the parameters.
 */
export type NameParam = string;

/**
 * A number among the parameters: of a row, or of Jira's.
 */
export type Number = number;

/**
 * What a profile has done lately.
 */
export type OverviewDto = { 
/**
 * The local days that the figures are of, the oldest first; the last one is today.
 */
days: Array<string>, 
/**
 * Commits per day: the five busiest repositories, the busiest first, then all others together.
 */
commits: Array<SeriesDto>, 
/**
 * How many commits of these days belong to a card.
 */
linked: number, 
/**
 * How many commits these days have.
 */
total: number, 
/**
 * The latest commits.
 */
recent: Array<CommitRowDto>, 
/**
 * The sprints that go on.
 */
sprints: Array<SprintProgressDto>, 
/**
 * The cards of the sprints that go on, by status, in the order of the work: to do, in progress, done.
 */
statuses: Array<StatusCountDto>, };

/**
 * For how long the background loops pause.
 */
export type PauseChoice = "hour" | "tomorrow" | "open";

/**
 * A profile as it is listed.
 */
export type ProfileDto = { 
/**
 * Its name.
 */
name: string, 
/**
 * How many accounts it owns.
 */
accounts: number, 
/**
 * How many repositories are tracked through them.
 */
repositories: number, };

/**
 * A service among the parameters.
 */
export type ProviderParam = "github" | "gitlab" | "jira";

/**
 * A repository that is being read.
 */
export type ReadingDto = { 
/**
 * Its row.
 */
id: number, 
/**
 * `owner/name`.
 */
name: string, 
/**
 * The branch that is being read; none at the beginning, and while all are read at once.
 */
branch: string | null, 
/**
 * How many of its changed branches are done.
 */
branches_done: number, 
/**
 * How many of its branches have changed.
 */
branches_of: number, 
/**
 * How many commits were received.
 */
commits: number, };

/**
 * A parent or a subtask.
 */
export type RelativeDto = { 
/**
 * Its key.
 */
key: string, 
/**
 * Its summary.
 */
summary: string, 
/**
 * Its status.
 */
status: string | null, 
/**
 * Its issue type.
 */
type: string | null, };

/**
 * What would be deleted with a repository or an account.
 */
export type RemovalDto = { 
/**
 * Repositories.
 */
repositories: number, 
/**
 * Commits.
 */
commits: number, 
/**
 * Links that a person made or took away.
 */
manual_links: number, 
/**
 * Cards.
 */
cards: number, };

/**
 * A tracked repository as it is listed.
 */
export type RepositoryDto = { 
/**
 * Its row.
 */
id: number, 
/**
 * The owner, or the whole namespace at GitLab.
 */
owner: string, 
/**
 * The name within it.
 */
name: string, 
/**
 * The service.
 */
provider: "github" | "gitlab" | "jira", 
/**
 * Its page.
 */
url: string, 
/**
 * The account through which it is read.
 */
account: string, 
/**
 * Whether the service lets it be read.
 */
is_valid: boolean, 
/**
 * Why not.
 */
invalid_reason: string | null, 
/**
 * When it was last up to date.
 */
last_synced_at: string | null, 
/**
 * What went wrong the last time.
 */
last_error: string | null, };

/**
 * An account in a run.
 */
export type RunAccountDto = { 
/**
 * Its name.
 */
name: string, 
/**
 * Its requests in this run.
 */
requests: number, 
/**
 * How many requests the service allowed after the run, where it says so.
 */
remaining: number | null, 
/**
 * Of how many.
 */
limit: number | null, 
/**
 * When all of them are allowed again.
 */
resets_at: string | null, };

/**
 * A run of the commits loop, as far as it has come.
 */
export type RunDto = { 
/**
 * Whose repositories are read.
 */
profile: string, 
/**
 * When it began.
 */
started_at: string, 
/**
 * How many repositories are done.
 */
done: number, 
/**
 * How many there are.
 */
of: number, 
/**
 * How many commits of the repositories that are done were not there before.
 */
new_commits: number, 
/**
 * The repositories that are being read, in the order in which they began.
 */
reading: Array<ReadingDto>, 
/**
 * The repositories that are done and could not be read as they should.
 */
failed: Array<FailedDto>, };

/**
 * What a run did about a repository, or about a Jira account.
 */
export type RunEntryDto = { 
/**
 * What it is called.
 */
name: string, 
/**
 * Commits or cards that were received, known ones included.
 */
fetched: number, 
/**
 * Of these, new ones that were stored.
 */
new: number, 
/**
 * Of these, known ones that had changed and were stored.
 */
changed: number, 
/**
 * Branches on the server, or sprints.
 */
places: number, 
/**
 * Of these, those that were read since they had moved.
 */
read: number, 
/**
 * What could not be read, and why: a sentence each.
 */
skipped: Array<string>, 
/**
 * What went wrong, in a sentence.
 */
error: string | null, };

/**
 * Which runs are wanted, the latest first.
 */
export type RunQuery = { 
/**
 * Only those of a loop: `commits` or `jira`.
 */
loop: "commits" | "jira" | null, 
/**
 * Only those that brought not everything.
 */
troubled: boolean, 
/**
 * Only those that brought something new, or not everything.
 */
eventful: boolean, 
/**
 * Only those before a run, by its number.
 */
before: number | null, 
/**
 * At most so many, 200 where nothing is said and 500 at most.
 */
limit: number | null, };

/**
 * A run with its receipt.
 */
export type RunShowDto = { 
/**
 * What was read and is to be told of: of a repository, or of a Jira account.
 */
entries: Array<RunEntryDto>, 
/**
 * The repositories that had not changed, by name; those not tracked any more are left out.
 */
unchanged: Array<string>, 
/**
 * Each account with its requests and its limit. Runs of an older PDT have none.
 */
accounts: Array<RunAccountDto>, 
/**
 * All of it as text that can be shown to others: without names of repositories, accounts, hosts and branches.
 */
redacted_text: string, 
/**
 * Its number.
 */
id: number, 
/**
 * Which loop.
 */
loop: "commits" | "jira", 
/**
 * Why it started.
 */
trigger: "start" | "schedule" | "manual" | "wake", 
/**
 * When it started.
 */
started_at: string, 
/**
 * When it ended; none while it goes on.
 */
finished_at: string | null, 
/**
 * How it ended; none while it goes on.
 */
outcome: "ok" | "partial" | "failed" | "skipped" | null, 
/**
 * Why it was skipped, cut short or must wait.
 */
reason: string | null, 
/**
 * What went wrong, in a sentence.
 */
error: string | null, 
/**
 * Every HTTP request.
 */
requests: number, 
/**
 * New commits, or new cards.
 */
new: number, 
/**
 * Changed cards; 0 for commits, which never change.
 */
changed: number, };

/**
 * A run.
 */
export type RunSummaryDto = { 
/**
 * Its number.
 */
id: number, 
/**
 * Which loop.
 */
loop: "commits" | "jira", 
/**
 * Why it started.
 */
trigger: "start" | "schedule" | "manual" | "wake", 
/**
 * When it started.
 */
started_at: string, 
/**
 * When it ended; none while it goes on.
 */
finished_at: string | null, 
/**
 * How it ended; none while it goes on.
 */
outcome: "ok" | "partial" | "failed" | "skipped" | null, 
/**
 * Why it was skipped, cut short or must wait.
 */
reason: string | null, 
/**
 * What went wrong, in a sentence.
 */
error: string | null, 
/**
 * Every HTTP request.
 */
requests: number, 
/**
 * New commits, or new cards.
 */
new: number, 
/**
 * Changed cards; 0 for commits, which never change.
 */
changed: number, };

/**
 * The commits of one repository, a number a day.
 */
export type SeriesDto = { 
/**
 * `owner/name`; none for all others together.
 */
repo: string | null, 
/**
 * How many commits each day has, in the order of the days.
 */
counts: Array<number>, };

/**
 * A setting with the place it came from. Its value is text, as a variable would hold it.
 */
export type SettingDto = { 
/**
 * The value in force.
 */
value: string, 
/**
 * The value where nobody has said anything.
 */
default: string, 
/**
 * Where it came from. Only what nobody gave, or what was chosen in Settings, can be changed there.
 */
source: "flag" | "environment" | "env_file" | "stored" | "default", 
/**
 * The variable that would go before a choice.
 */
variable: string, };

/**
 * A setting that can be changed.
 */
export type SettingName = "sync_enabled" | "interval_commits" | "interval_jira" | "history_days" | "sync_on_metered" | "notify_failures" | "notify_recoveries" | "quiet_hours" | "theme";

/**
 * Every setting as it is in force.
 */
export type SettingsDto = { 
/**
 * Whether the background loops run: `true` or `false`.
 */
sync_enabled: SettingDto, 
/**
 * The interval of the commits loop, as `15m` or `1h30m`.
 */
interval_commits: SettingDto, 
/**
 * The interval of the Jira loop.
 */
interval_jira: SettingDto, 
/**
 * How many days back the first run of a repository looks.
 */
history_days: SettingDto, 
/**
 * Whether the background loops run while the network is metered.
 */
sync_on_metered: SettingDto, 
/**
 * Whether a notification tells of what begins to fail.
 */
notify_failures: SettingDto, 
/**
 * Whether a notification tells of what works again.
 */
notify_recoveries: SettingDto, 
/**
 * The hours without notifications, as `22:00-07:00`; empty: none.
 */
quiet_hours: SettingDto, 
/**
 * Whether the window is light or dark: `system`, `light` or `dark`.
 */
theme: SettingDto, 
/**
 * The folder that holds the database.
 */
data_folder: string, 
/**
 * The folder that holds the logs.
 */
logs_folder: string, 
/**
 * Whether the background loops pause.
 */
is_paused: boolean, 
/**
 * When the pause ends by itself.
 */
paused_until: string | null, };

/**
 * A sprint as it is listed.
 */
export type SprintDto = { 
/**
 * Jira's number.
 */
id: number, 
/**
 * Its name.
 */
name: string, 
/**
 * `active`, `future` or `closed`.
 */
state: "active" | "future" | "closed", 
/**
 * When it began or shall begin.
 */
start_date: string | null, 
/**
 * When it ends or shall end.
 */
end_date: string | null, 
/**
 * What it is for.
 */
goal: string | null, 
/**
 * The account that sees it.
 */
account: string, 
/**
 * The names of the boards that show it.
 */
boards: Array<string>, 
/**
 * How many of its cards are known.
 */
cards: number, 
/**
 * How many of these are done.
 */
done: number, };

/**
 * How far a sprint is.
 */
export type SprintProgressDto = { 
/**
 * Jira's number.
 */
id: number, 
/**
 * Its name.
 */
name: string, 
/**
 * The account that sees it.
 */
account: string, 
/**
 * When it ends.
 */
end_date: string | null, 
/**
 * How many cards it has.
 */
cards: number, 
/**
 * How many of these are done.
 */
done: number, 
/**
 * The story points of its cards; none where no card has any.
 */
points: number | null, 
/**
 * The story points of those done; likewise.
 */
points_done: number | null, };

/**
 * A sprint of a card.
 */
export type SprintRefDto = { 
/**
 * Jira's number.
 */
id: number, 
/**
 * Its name.
 */
name: string, 
/**
 * `active`, `future` or `closed`.
 */
state: "active" | "future" | "closed", };

/**
 * How many cards have a status.
 */
export type StatusCountDto = { 
/**
 * The status.
 */
status: string, 
/**
 * Its category.
 */
category: "todo" | "in_progress" | "done" | null, 
/**
 * How many cards have it.
 */
cards: number, };

/**
 * The status of a profile's loops.
 */
export type StatusDto = { 
/**
 * Commits of GitHub and GitLab.
 */
commits: LoopStatusDto, 
/**
 * Boards, sprints and cards of Jira.
 */
jira: LoopStatusDto, };

/**
 * A card that a commit may belong to.
 */
export type SuggestionDto = { 
/**
 * The card's key.
 */
key: string, 
/**
 * What it is about; none for a card that is not collected.
 */
summary: string | null, 
/**
 * Why it is suggested.
 */
why: Why, };

/**
 * The loops that ran.
 */
export type SyncDto = { 
/**
 * The commits loop, if it was asked for.
 */
commits?: LoopDto<CommitResultDto>, 
/**
 * The Jira loop, if it was asked for.
 */
jira?: LoopDto<JiraResultDto>, };

/**
 * Which loops are to run.
 */
export type SyncWhat = "both" | "commits" | "jira";

/**
 * A token among the parameters, as it was pasted. It goes into the keychain and nowhere else.
 */
export type TokenParam = string;

/**
 * Why a card is suggested for a commit.
 */
export type Why = "branch" | "neighbour" | "in_progress";

/** What the window may ask for. */
export interface Commands {
  /** PDT's version, where its data lies, and settings that could not be read. */
  about: { params: Record<string, never>; reply: AboutDto };
  /** Every profile, by name. */
  profiles: { params: Record<string, never>; reply: Array<ProfileDto> };
  /** The status of a profile's loops. */
  status: { params: { profile: NameParam }; reply: StatusDto };
  /** What is running now. */
  live: { params: Record<string, never>; reply: LiveDto };
  /** What needs the person, the worst first. */
  attention: { params: { profile: NameParam }; reply: Array<AttentionDto> };
  /** The accounts of a profile, by name. */
  accounts: { params: { profile: NameParam }; reply: Array<AccountDto> };
  /** Connects an account, or replaces its token. The token is checked before anything is stored. */
  add_account: { params: { profile: NameParam; provider: ProviderParam; url: string | null; name: string | null; token: TokenParam; email: string | null; projects: Array<string> | null; collects: CollectsDto | null }; reply: AccountAddedDto };
  /** Asks the account's service whether it accepts the token. */
  check_account: { params: { profile: NameParam; name: NameParam }; reply: AccountCheckDto };
  /** Removes an account with its repositories and their history. */
  remove_account: { params: { profile: NameParam; name: NameParam }; reply: AccountDto };
  /** The tracked repositories of a profile, by owner and name. */
  repositories: { params: { profile: NameParam }; reply: Array<RepositoryDto> };
  /** The repositories that one account, or every one, can see. */
  available_repositories: { params: { profile: NameParam; account: string | null }; reply: AvailableRepositoriesDto };
  /** Tracks a repository, after its service has let it be read. */
  add_repository: { params: { profile: NameParam; url: string; account: string | null }; reply: AddedRepositoryDto };
  /** Stops tracking a repository, and deletes what was collected from it. */
  remove_repository: { params: { profile: NameParam; url: string; account: string | null }; reply: RepositoryDto };
  /** Commits, newest first. */
  commits: { params: { profile: NameParam; query: CommitQuery }; reply: Array<CommitDto> };
  /** The numbers of commits, the newest first, piece by piece: `after` is where the last piece ended. */
  walk_commits: { params: { profile: NameParam; query: CommitQuery; after: string | null }; reply: CommitWalkDto };
  /** The rows of commits, in the order of their numbers. Those that are gone are left out. */
  commit_rows: { params: { profile: NameParam; ids: Ids }; reply: Array<CommitRowDto> };
  /** What commits can be filtered by. */
  commit_facets: { params: { profile: NameParam; repo: string | null }; reply: CommitFacetsDto };
  /** One commit with its links and the cards it may belong to. */
  commit: { params: { profile: NameParam; id: Number }; reply: CommitShowDto };
  /** Links a commit to a card, in every repository that has it. */
  link_commit: { params: { profile: NameParam; sha: string; key: string }; reply: LinkDto };
  /** Takes a link of a commit away. */
  unlink_commit: { params: { profile: NameParam; sha: string; key: string }; reply: LinkDto };
  /** Cards by key or by words of their summary, 20 at most. */
  find_cards: { params: { profile: NameParam; text: string }; reply: Array<FoundCardDto> };
  /** What was done in the last days, in figures. */
  overview: { params: { profile: NameParam; days: number }; reply: OverviewDto };
  /** The burndown of a sprint; none for one that has not begun. */
  burndown: { params: { profile: NameParam; sprint: Number; account: string | null }; reply: BurndownDto | null };
  /** The history of both loops, the latest run first. */
  runs: { params: { profile: NameParam; query: RunQuery }; reply: Array<RunSummaryDto> };
  /** One run with its receipt. */
  run: { params: { profile: NameParam; id: Number }; reply: RunShowDto };
  /** What removing a repository would delete. */
  repository_removal: { params: { profile: NameParam; id: Number }; reply: RemovalDto };
  /** What removing an account would delete. */
  account_removal: { params: { profile: NameParam; name: NameParam }; reply: RemovalDto };
  /** Sprints: active ones first, then planned ones, then closed ones, the latest first. */
  sprints: { params: { profile: NameParam }; reply: Array<SprintDto> };
  /** Cards, by key. */
  cards: { params: { profile: NameParam; query: CardQuery }; reply: Array<CardDto> };
  /** One card with all that is known of it. */
  card: { params: { profile: NameParam; key: string; account: string | null }; reply: CardShowDto };
  /** Runs the loops that are asked for. Answers when they have ended; `live` tells how far they are. */
  sync: { params: { profile: NameParam; what: SyncWhat }; reply: SyncDto };
  /** Ends running syncs. What was fetched is kept. */
  stop_sync: { params: Record<string, never>; reply: null };
  /** Asks the person, in the system's own window, to unlock the keychain. */
  unlock_keychain: { params: Record<string, never>; reply: null };
  /** Opens a page of a connected service in the person's browser. */
  open_link: { params: { profile: NameParam; url: string }; reply: null };
  /** Every setting as it is in force. */
  settings: { params: Record<string, never>; reply: SettingsDto };
  /** Changes a setting at once; no value goes back to the default. */
  change_setting: { params: { name: SettingName; value: string | null }; reply: SettingsDto };
  /** Pauses the background loops, and stops what runs. What was fetched is kept. */
  pause: { params: { choice: PauseChoice }; reply: null };
  /** Ends a pause. What has become due runs at once. */
  resume: { params: Record<string, never>; reply: null };
  /** Whether PDT starts at login. */
  autostart: { params: Record<string, never>; reply: boolean };
  /** Has PDT start at login, or not. */
  set_autostart: { params: { choice: Autostart }; reply: null };
  /** Shows a notification, to see what they look like. */
  test_notification: { params: Record<string, never>; reply: null };
  /** Shows the folder of the log files. */
  open_logs: { params: Record<string, never>; reply: null };
  /** Shows the folder of the database. */
  open_data: { params: Record<string, never>; reply: null };
  /** Answers what closing the window shall mean where there is no tray. It is remembered. */
  choose_closing: { params: { choice: ClosingChoice }; reply: null };
}

export const COMMANDS = [
  "about",
  "profiles",
  "status",
  "live",
  "attention",
  "accounts",
  "add_account",
  "check_account",
  "remove_account",
  "repositories",
  "available_repositories",
  "add_repository",
  "remove_repository",
  "commits",
  "walk_commits",
  "commit_rows",
  "commit_facets",
  "commit",
  "link_commit",
  "unlink_commit",
  "find_cards",
  "overview",
  "burndown",
  "runs",
  "run",
  "repository_removal",
  "account_removal",
  "sprints",
  "cards",
  "card",
  "sync",
  "stop_sync",
  "unlock_keychain",
  "open_link",
  "settings",
  "change_setting",
  "pause",
  "resume",
  "autostart",
  "set_autostart",
  "test_notification",
  "open_logs",
  "open_data",
  "choose_closing",
] as const satisfies readonly (keyof Commands)[];

/** What the window is told unasked. */
export interface Events {
  live: LiveDto;
  changed: null;
  navigate: string;
  ask_closing: null;
}
