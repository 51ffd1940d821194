//! What there is to ask for, as the window finds it out: by asking.

use anyhow::{Result, anyhow};
use pdt_seam::calls::{Host, answer};
use serde_json::{Value, json};

/// The profile that is looked at.
pub(super) const PROFILE: &str = "default";

/// Things of the database, of which each round takes others.
#[derive(Debug, Default)]
pub(super) struct Sample {
    /// Repositories as they are listed.
    pub(super) repositories: Vec<Value>,
    /// Some commits from all years, as they are listed.
    pub(super) commits: Vec<Value>,
    /// Sprints as they are listed.
    pub(super) sprints: Vec<Value>,
    /// Cards of sprints that go on.
    pub(super) cards: Vec<Value>,
    /// Numbers of commits, the newest first.
    pub(super) ids: Vec<Value>,
    /// Numbers of runs.
    pub(super) runs: Vec<Value>,
    pub(super) authors: Vec<Value>,
    pub(super) branches: Vec<Value>,
}

impl Sample {
    pub(super) async fn take(host: &Host) -> Result<Self> {
        let mut sample = Self {
            repositories: list(host, "repositories", json!({ "profile": PROFILE })).await?,
            sprints: list(host, "sprints", json!({ "profile": PROFILE })).await?,
            ..Self::default()
        };
        for year in 0..5 {
            let until = (chrono::Utc::now() - chrono::TimeDelta::days(365 * year + 9)).date_naive();
            let query = json!({ "until": until, "limit": 100 });
            let found = list(host, "commits", json!({ "profile": PROFILE, "query": query })).await?;
            sample.commits.extend(found);
        }
        for sprint in sample.sprints.iter().filter(|sprint| sprint["state"] == "active") {
            let query = json!({ "sprint": sprint["id"] });
            sample.cards.extend(list(host, "cards", json!({ "profile": PROFILE, "query": query })).await?);
        }
        let piece = json!({ "profile": PROFILE, "query": {}, "after": null });
        sample.ids =
            ask(host, "walk_commits", piece).await.map(|piece| array(&piece["ids"])).unwrap_or_default();
        let query = json!({ "profile": PROFILE, "query": {} });
        let runs = list(host, "runs", query).await.unwrap_or_default();
        sample.runs = runs.iter().map(|run| run["id"].clone()).collect();
        let facets = ask(host, "commit_facets", json!({ "profile": PROFILE, "repo": null })).await;
        let facets = facets.unwrap_or_default();
        sample.authors = array(&facets["authors"]).iter().map(|author| author["email"].clone()).collect();
        sample.branches = array(&facets["branches"]);
        Ok(sample)
    }

    /// The one of a round, and another one each round.
    pub(super) fn pick(list: &[Value], round: usize) -> &Value {
        const NONE: &Value = &Value::Null;
        // A prime, so that neighbours do not follow each other.
        list.get(round * 7919 % list.len().max(1)).unwrap_or(NONE)
    }
}

async fn list(host: &Host, name: &str, params: Value) -> Result<Vec<Value>> {
    Ok(array(&ask(host, name, params).await?))
}

fn array(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

/// Asks as the window does.
pub(super) async fn ask(host: &Host, name: &str, params: Value) -> Result<Value> {
    let text = answer(host, name, params).await.map_err(|error| anyhow!("{name}: {error}"))?;
    Ok(serde_json::from_str(text.get())?)
}
