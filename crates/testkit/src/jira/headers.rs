//! Headers that every answer of Jira carries.

use super::Call;
use super::refusals::refuse;
use crate::far::Reply;
use crate::far::tokens::Allowance;
use crate::faults::Refusal;

/// Requests an hour; as many as anybody needs unless a test says otherwise.
const ALLOWED: u64 = 1_000_000;

pub(super) fn limit_reached(call: &Call<'_>) -> Option<Reply> {
    let left = allowance(call);
    (left.remaining == 0).then(|| refuse(call.jira, call.asked, &Refusal::PrimaryLimit(left.reset)))
}

fn allowance(call: &Call<'_>) -> Allowance {
    call.jira.realm.tokens.allowance(call.login, ALLOWED)
}

/// What answers to somebody who is known have.
pub(super) fn dress(call: &Call<'_>, reply: Reply) -> Reply {
    call.jira.realm.tokens.spend(call.login);
    let is_agile = call.below.get(1).is_some_and(|word| word == "agile");
    let reply = match (call.settings().is_cloud(), is_agile) {
        // Cloud says it on some answers.
        (true, false) => reply,
        (true, true) | (false, _) => reply.with("x-seraph-loginreason", "OK"),
    };
    let reply = if call.settings().is_cloud() { reply } else { with_bucket(call, reply) };
    common(call, reply)
}

/// Data Center tells of its bucket of tokens on every answer, a wait of nothing included.
fn with_bucket(call: &Call<'_>, reply: Reply) -> Reply {
    if reply.header("retry-after").is_some() {
        return reply;
    }
    reply
        .with("retry-after", 0)
        .with("x-ratelimit-limit", 50)
        .with("x-ratelimit-remaining", 49)
        .with("x-ratelimit-interval-seconds", 1)
        .with("x-ratelimit-fillrate", 50)
        .with("x-ausername", call.login)
        .with("x-anodeid", "node1")
}

/// What all answers have. The date is the world's where its clock stands still.
pub(super) fn common(call: &Call<'_>, reply: Reply) -> Reply {
    let stopped = call.jira.world.state().stopped_at();
    let reply = match stopped {
        Some(time) => reply.with("date", time.format("%a, %d %b %Y %H:%M:%S GMT")),
        None => reply,
    };
    reply
        .with("cache-control", "no-cache, no-store, no-transform")
        .with("vary", "Accept-Encoding")
        .with("x-arequestid", "5f2c9a")
        .with("x-content-type-options", "nosniff")
}
