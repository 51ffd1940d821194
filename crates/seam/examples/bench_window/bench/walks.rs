//! Walks through the list of commits, from its first piece to its end.

use std::time::{Duration, Instant};

use anyhow::Result;
use pdt_seam::calls::Host;
use serde_json::{Value, json};

use super::figures::{Figure, Report, ms};
use super::large::RARE;
use super::sample::{PROFILE, Sample, ask};

/// A list that is walked through.
pub(super) struct Walk {
    pub(super) label: String,
    query: Value,
}

/// Each filter, and none.
pub(super) fn all(sample: &Sample) -> Vec<Walk> {
    let walk = |what: &str, query: Value| Walk { label: format!("walk_commits, {what}"), query };
    let repository = sample.repositories.first().cloned().unwrap_or_default();
    let repo = format!(
        "{}/{}",
        repository["owner"].as_str().unwrap_or_default(),
        repository["name"].as_str().unwrap_or_default()
    );
    let card = Sample::pick(&sample.cards, 1)["key"].clone();
    let sha = Sample::pick(&sample.commits, 1)["sha"].as_str().unwrap_or_default().to_owned();
    let year_ago = (chrono::Utc::now() - chrono::TimeDelta::days(365)).date_naive();
    vec![
        walk("all", json!({})),
        walk("a repository", json!({ "repo": repo })),
        walk("a year long ago", json!({ "until": year_ago, "since": year_ago - chrono::Days::new(365) })),
        walk("a card", json!({ "card": card })),
        walk("unlinked", json!({ "unlinked": true })),
        walk("a text that many have", json!({ "text": "the search" })),
        walk("a text that few have", json!({ "text": RARE })),
        walk("a text that none has", json!({ "text": "qqqqq" })),
        walk("a text beyond ASCII", json!({ "text": "UMLAUTE STRASSENNAMEN" })),
        walk("an id", json!({ "text": sha.get(..9).unwrap_or_default() })),
        walk("a branch", json!({ "branch": "main" })),
        walk("a rare branch", json!({ "branch": "feature/orders" })),
        walk("an unknown branch", json!({ "branch": "nobody/has-this" })),
        walk("an author", json!({ "author": sample.authors.last() })),
        walk("an author of a repository", json!({ "author": sample.authors.first(), "repo": repo })),
        walk("a text in a repository's branch", json!({ "text": "cache", "repo": repo, "branch": "main" })),
        walk("an author's unlinked", json!({ "author": sample.authors.first(), "unlinked": true })),
    ]
}

/// Walks once to the end, and then again until there are enough pieces.
pub(super) async fn measure(host: &Host, walk: &Walk, rounds: usize, report: &mut Report) -> Result<()> {
    let mut figure = Figure::new(&walk.label);
    let begun = Instant::now();
    let mut found = 0;
    let mut first = Duration::ZERO;
    let mut whole = None;
    let mut after = Value::Null;
    while whole.is_none() || figure.times.len() < rounds {
        let params = json!({ "profile": PROFILE, "query": walk.query, "after": after });
        let asked = Instant::now();
        let piece = match ask(host, "walk_commits", params).await {
            Ok(piece) => piece,
            Err(error) => {
                figure.trouble = error.to_string().lines().next().map(str::to_owned);
                break;
            }
        };
        figure.add(asked.elapsed(), piece.to_string().len());
        if figure.times.len() == 1 {
            first = asked.elapsed();
        }
        if whole.is_none() {
            found += piece["ids"].as_array().map_or(0, Vec::len);
        }
        after = piece["next"].clone();
        if after.is_null() && whole.is_none() {
            whole = Some((figure.times.len(), begun.elapsed()));
        }
    }
    if let Some((pieces, total)) = whole {
        report.walk(format!(
            "{:<44} {found:>9} commits in {pieces:>4} pieces, {:>6.2} s, the first piece {:>8}",
            walk.label,
            total.as_secs_f64(),
            ms(first)
        ));
    }
    report.call(figure);
    Ok(())
}
