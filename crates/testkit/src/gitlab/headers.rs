//! Headers that every answer of GitLab carries.

use sha2::{Digest, Sha256};

use super::Call;
use super::refusals::refuse;
use crate::far::Reply;
use crate::far::page::Page;
use crate::far::tokens::{Allowance, hex};
use crate::faults::Refusal;

/// Requests a minute on gitlab.com; the fake counts them by the hour, or as the test says.
const ALLOWED: u64 = 2000;

/// Longer lists than this do not tell their length.
const COUNTED: usize = 10_000;

pub(super) fn limit_reached(call: &Call<'_>) -> Option<Reply> {
    let left = allowance(call);
    (left.remaining == 0).then(|| refuse(&Refusal::PrimaryLimit(left.reset)))
}

fn allowance(call: &Call<'_>) -> Allowance {
    call.gitlab.realm.tokens.allowance(&call.grant.login, ALLOWED)
}

/// Adds what every answer has, and turns it into a 304 where the client knows it already. That counts, too.
pub(super) fn dress(call: &Call<'_>, reply: Reply) -> Reply {
    let reply = common(conditional(call, reply));
    if reply.header("ratelimit-limit").is_some() {
        return reply;
    }
    call.gitlab.realm.tokens.spend(&call.grant.login);
    let left = allowance(call);
    reply
        .with("ratelimit-limit", left.limit)
        .with("ratelimit-observed", left.limit - left.remaining)
        .with("ratelimit-remaining", left.remaining)
        .with("ratelimit-reset", left.reset.timestamp())
        .with("ratelimit-resettime", left.reset.format("%a, %d %b %Y %H:%M:%S GMT"))
        .with("ratelimit-name", "throttle_authenticated_api")
}

/// What answers to nobody in particular have.
pub(super) fn common(reply: Reply) -> Reply {
    reply
        .with("server", "nginx")
        .with("vary", "Origin")
        .with("x-content-type-options", "nosniff")
        .with("x-frame-options", "SAMEORIGIN")
        .with("x-gitlab-meta", r#"{"correlation_id":"01HZY0","version":"1"}"#)
        .with("x-request-id", "01HZY0")
        .with("x-runtime", "0.051")
}

/// The validator is weak, and belongs to the content alone.
fn conditional(call: &Call<'_>, reply: Reply) -> Reply {
    if call.asked.method != "GET" || reply.status != 200 {
        return reply;
    }
    let digest = hex(&Sha256::digest(&reply.body));
    let etag = format!("W/\"{}\"", digest.get(..32).unwrap_or(&digest));
    let known = call.asked.header("if-none-match").unwrap_or_default();
    let matches = known.split(',').any(|one| one.trim() == etag);
    let reply = reply.with("etag", etag).with("cache-control", "max-age=0, private, must-revalidate");
    if matches { reply.not_modified() } else { reply }
}

/// The reply with the headers of a list whose length is known, unless it is too long to be counted.
pub(super) fn with_counted_pages(call: &Call<'_>, reply: Reply, page: Page, length: usize) -> Reply {
    let last = page.last(length);
    let counted = length <= COUNTED;
    let reply = with_pages(
        call,
        reply,
        page,
        page.number < last,
        if counted { vec![(last, "last")] } else { vec![] },
    );
    if counted { reply.with("x-total", length).with("x-total-pages", last) } else { reply }
}

/// The reply with the headers of a list whose length nobody counts: a full page announces a next one, which
/// may turn out empty.
pub(super) fn with_uncounted_pages(call: &Call<'_>, reply: Reply, page: Page, shown: usize) -> Reply {
    with_pages(call, reply, page, shown == page.size, Vec::new())
}

/// URLs are those of the request, with all parameters in alphabetical order, the project's among them.
fn with_pages(call: &Call<'_>, reply: Reply, page: Page, more: bool, last: Vec<(usize, &str)>) -> Reply {
    let next = more.then_some(page.number + 1);
    let previous = page.number.checked_sub(1).filter(|number| *number > 0);
    let mut links = Vec::new();
    links.extend(previous.map(|number| (number, "prev")));
    links.extend(next.map(|number| (number, "next")));
    links.push((1, "first"));
    links.extend(last);
    let links: Vec<String> = links
        .into_iter()
        .map(|(number, relation)| format!("<{}>; rel=\"{relation}\"", page_url(call, page, number)))
        .collect();
    let number = |number: Option<usize>| number.map(|number| number.to_string()).unwrap_or_default();
    reply
        .with("x-per-page", page.size)
        .with("x-page", page.number)
        .with("x-next-page", number(next))
        .with("x-prev-page", number(previous))
        .with("link", links.join(", "))
}

fn page_url(call: &Call<'_>, page: Page, number: usize) -> String {
    let paging = [("page", number.to_string()), ("per_page", page.size.to_string())];
    let project = match call.asked.segments.as_slice() {
        [_, _, projects, id, ..] if projects == "projects" => Some(("id", id.clone())),
        _ => None,
    };
    let own = paging.into_iter().chain(project);
    let kept = call.asked.query.iter().map(|(name, value)| (name.as_str(), value.clone()));
    let kept = kept.filter(|(name, _)| !matches!(*name, "page" | "per_page" | "id"));
    let mut parameters: Vec<(&str, String)> = own.chain(kept).collect();
    parameters.sort();
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish();
    format!("{}{}?{query}", call.asked.origin, call.asked.path)
}
