//! The sentences of errors: what failed, for which thing, and what to do about it.

use pdt_domain::provider::Provider;

use super::Kind;
use super::error::Facts;

/// One or two sentences for a person.
pub(super) fn of(kind: &Kind, facts: &Facts) -> String {
    let host = &facts.who.host;
    let service = facts.who.provider.title();
    let account = format!("account {}", facts.who.account);
    let about = about(facts);
    let thing = facts.subject.as_deref().unwrap_or("what was asked for");
    let said = said(facts);
    match kind {
        Kind::Passing => format!(
            "{service} at {host} gave no usable answer{about}{}{said}. PDT tries again at the next run.",
            status(facts)
        ),
        Kind::Offline => {
            format!(
                "{host} cannot be reached{about}{said}. This machine seems to be offline; PDT goes on when it is not."
            )
        }
        Kind::Limited { until } => format!(
            "{service} at {host} wants no more requests of {account} until {}{said}. PDT goes on after that.",
            until.format("%Y-%m-%d %H:%M:%S UTC")
        ),
        Kind::TokenRefused if facts.status.is_none() => {
            format!("The token of {account} cannot be used{said}. Give the account its token again.")
        }
        Kind::TokenRefused => format!(
            "{service} at {host} refused the token of {account}{said}. It may be wrong, expired or revoked: give the account a new one."
        ),
        Kind::MissingScope { scope: Some(scope) } => format!(
            "The token of {account} at {host} lacks the right \"{scope}\"{about}{said}. Give the account a token that has it."
        ),
        Kind::MissingScope { scope: None } => format!(
            "The token of {account} at {host} lacks a right{about}{said}. Give the account a token that may read {}.",
            things(facts)
        ),
        Kind::SingleSignOn { organization, url } => {
            let who = organization
                .as_ref()
                .map_or("The organisation".to_owned(), |name| format!("The organisation {name}"));
            let place = url.as_deref().map_or(String::new(), |url| format!(" at {}", without_query(url)));
            format!("{who} asks for single sign-on{about}. Authorise the token of {account} for it{place}.")
        }
        Kind::Forbidden => format!(
            "{service} at {host} does not allow {account} to read {thing}{said}. Ask its owner for access, or use another account."
        ),
        Kind::NotFound => format!(
            "{service} at {host} does not have {thing}, or does not show it to {account}{said}. It may have been deleted or renamed, or the token may lack access."
        ),
        Kind::Gone => format!("{service} at {host} says that {thing} is gone for good{said}."),
        Kind::Blocked => format!("For legal reasons {service} at {host} blocks {thing}{said}."),
        Kind::EmptyRepository => format!("There is nothing yet in {thing} at {host}."),
        Kind::Unprocessable => format!(
            "{service} at {host} did not accept the request{about}{}{said}. Check {}; if {}, this is a mistake in PDT.",
            status(facts),
            addresses(facts).0,
            addresses(facts).1
        ),
        Kind::Unreadable => format!(
            "What answered at {host}{about}{} is not what {service} sends{said}. A proxy or a sign-in page may stand between: check the address and the network.",
            status(facts)
        ),
        Kind::TooLarge => {
            format!("The answer of {host}{about} is larger than 64 MB, more than PDT reads.")
        }
        Kind::ForeignOrigin { origin } => format!(
            "{host} sent PDT to {origin}{about}. The token of {account} is for {host} only, so nothing was sent there; if the service has moved, add the account with its new address; if that is a sign-in page, your network wants you to sign in first."
        ),
        Kind::PageLoop => {
            format!(
                "{service} at {host} sent PDT round in circles{about}: its pages or redirects do not end. Nothing of that list is taken as complete."
            )
        }
        Kind::Certificate if facts.tries == 0 => format!("{service} at {host} cannot be asked safely{said}."),
        Kind::Certificate => format!(
            "The certificate of {host} is not trusted{said}. If it is your company's own, give PDT its certificate file; if not, somebody may be listening in."
        ),
        Kind::Cancelled => format!("PDT stopped before {service} at {host} had answered{about}."),
    }
}

/// What a token of this service is for.
fn things(facts: &Facts) -> &'static str {
    match facts.who.provider {
        Provider::Github | Provider::Gitlab => "repositories",
        Provider::Jira => "projects and boards",
    }
}

/// What a person may have written wrong, and when it is not that.
fn addresses(facts: &Facts) -> (&'static str, &'static str) {
    match facts.who.provider {
        Provider::Github | Provider::Gitlab => ("the addresses of account and repository", "they are right"),
        Provider::Jira => ("the address of the account", "it is right"),
    }
}

fn about(facts: &Facts) -> String {
    facts.subject.as_ref().map_or(String::new(), |subject| format!(" for {subject}"))
}

/// `: words (4 tries in 12 s)`, or as much of it as there is.
fn said(facts: &Facts) -> String {
    let words = facts.said.as_deref().map(|words| words.trim_end_matches(['.', ' ']));
    let words = words.filter(|words| !words.is_empty()).map_or(String::new(), |words| format!(": {words}"));
    if facts.tries > 1 {
        format!("{words} ({} tries in {} s)", facts.tries, facts.lasted.as_secs_f64().ceil())
    } else {
        words
    }
}

fn status(facts: &Facts) -> String {
    facts.status.map_or(String::new(), |status| format!(" (status {status})"))
}

/// The query of a sign-on address is for the person's browser, not for logs.
fn without_query(url: &str) -> &str {
    url.split('?').next().unwrap_or(url)
}
