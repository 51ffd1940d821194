//! `pdt commit`.

use pdt_engine::api::{CommitDto, CommitQuery, LinkDto};

use crate::args::{CommitCommand, CommitListArgs};
use crate::context::{Answer, Context};
use crate::failure::Failure;
use crate::output::table::{Entry, Listing, Tone};
use crate::output::terminal::Terminal;
use crate::output::text::{harmless, headline, shortened};
use crate::output::time::{day, minute};

/// Nobody reads more of a commit's first line in a table.
const HEADLINE: usize = 72;
/// Enough to tell branches apart.
const BRANCH: usize = 32;

pub(crate) async fn run(command: CommitCommand, context: &Context) -> Result<Answer, Failure> {
    match command {
        CommitCommand::List(args) => {
            let commits = context.engine.commits(&context.profile, query(args)).await?;
            context.answer(&commits, |terminal| show(&commits, terminal))
        }
        CommitCommand::Link(args) => {
            let link = context.engine.link_commit(&context.profile, &args.sha, args.key.as_str()).await?;
            context.answer(&link, |_| tell(&link))
        }
        CommitCommand::Unlink(args) => {
            let link = context.engine.unlink_commit(&context.profile, &args.sha, args.key.as_str()).await?;
            context.answer(&link, |_| tell(&link))
        }
    }
}

fn query(args: CommitListArgs) -> CommitQuery {
    CommitQuery {
        repo: args.repo,
        since: args.since,
        until: args.until,
        card: args.card.map(String::from),
        unlinked: args.unlinked,
        text: args.text,
        branch: args.branch,
        author: args.author,
        limit: args.limit,
    }
}

fn show(commits: &[CommitDto], terminal: Terminal) -> String {
    let listing = if terminal.is_narrow() { narrow(commits) } else { wide(commits) };
    listing.a_line_each().render(terminal, "No commits.")
}

fn wide(commits: &[CommitDto]) -> Listing {
    let headings = ["COMMIT", "DATE", "REPOSITORY", "BRANCH", "CARDS", "AUTHOR", "MESSAGE"];
    let mut listing = Listing::new(headings).keeping_whole([0, 1, 4]);
    for commit in commits {
        let [sha, repo, branch, cards, message] = columns(commit);
        listing.add([
            sha,
            minute(commit.date).into(),
            repo,
            branch,
            cards,
            commit.author.as_str().into(),
            message,
        ]);
    }
    listing
}

/// Without the author, who is most often the reader, and without the time of day.
fn narrow(commits: &[CommitDto]) -> Listing {
    let headings = ["COMMIT", "DATE", "REPOSITORY", "BRANCH", "CARDS", "MESSAGE"];
    let mut listing = Listing::new(headings).keeping_whole([0, 1, 4]);
    for commit in commits {
        let [sha, repo, branch, cards, message] = columns(commit);
        listing.add([sha, day(commit.date).into(), repo, branch, cards, message]);
    }
    listing
}

fn columns(commit: &CommitDto) -> [Entry; 5] {
    [
        Entry::toned(commit.sha.short(), Tone::Warning),
        commit.repo.as_str().into(),
        shortened(commit.branch.as_deref().unwrap_or("-"), BRANCH).into(),
        cards(commit),
        headline(&commit.message, HEADLINE).into(),
    ]
}

/// The first two cards, and how many there are beside them.
fn cards(commit: &CommitDto) -> Entry {
    match commit.jira_card_keys.as_slice() {
        [] => Entry::toned("-", Tone::Faint),
        [first, second, others @ ..] if !others.is_empty() => {
            format!("{first} {second} +{}", others.len()).into()
        }
        few => few.join(" ").into(),
    }
}

fn tell(link: &LinkDto) -> String {
    let what = match (link.linked, link.changed) {
        (true, true) => "is now linked to",
        (true, false) => "was already linked to",
        (false, _) => "is no longer linked to",
    };
    harmless(&format!("{} of {} {what} {}.", link.sha.short(), link.repos.join(" and "), link.key)) + "\n"
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use pdt_domain::ids::Sha;
    use pdt_domain::provider::Provider;

    use super::*;

    fn commit(message: &str, keys: &[&str]) -> CommitDto {
        CommitDto {
            id: 1,
            sha: Sha::parse(&"0123456789".repeat(4)).expect("a SHA"),
            repo: "acme/widgets".to_owned(),
            provider: Provider::Github,
            message: message.to_owned(),
            author: "Ada".to_owned(),
            author_email: "ada@example.com".to_owned(),
            date: DateTime::UNIX_EPOCH,
            branch: Some("main".to_owned()),
            branches: vec!["main".to_owned()],
            former_branches: Vec::new(),
            jira_card_key: keys.first().map(|&key| key.to_owned()),
            jira_card_keys: keys.iter().map(|&key| key.to_owned()).collect(),
            has_link: !keys.is_empty(),
            url: None,
        }
    }

    #[test]
    fn a_commit_is_one_line_with_its_cards() {
        let commits = [commit("Do it\n\nlong story", &["ABC-1", "DEF-2"]), commit("\u{1b}[2Jbad", &[])];
        let text = show(&commits, Terminal::None);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 3, "{text}");
        assert!(
            lines[1].starts_with("0123456789  ") && lines[1].ends_with("ABC-1 DEF-2  Ada     Do it"),
            "{text}"
        );
        assert!(lines[2].ends_with("\u{fffd}[2Jbad"), "{text}");
        let many = show(&[commit("x", &["A-1", "B-2", "C-3", "D-4"])], Terminal::None);
        assert!(many.contains("A-1 B-2 +2"), "{many}");
        assert!(!text.contains("example.com"), "nobody asked for addresses");
    }

    #[test]
    fn on_a_narrow_terminal_a_commit_is_still_one_line() {
        let message = "Make the long and winding description of this change fit on a terminal of its time";
        let commits = [commit(message, &["ABC-1", "DEF-2"]), commit("Short", &[])];
        let text = show(&commits, Terminal::Plain { width: 80 });
        assert_eq!(text.lines().count(), 3, "{text}");
        assert!(text.contains('…') && text.contains("0123456789"), "{text}");
        insta::assert_snapshot!(text);
    }
}
