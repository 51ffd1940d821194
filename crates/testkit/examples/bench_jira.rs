//! How long a first sync of a large Jira takes when every answer is 50 ms away, beside the plain way to do it: every
//! board, every sprint, every card of the active ones, and then each card by itself, one request after the other.
//! `cargo xtask bench jira` builds `pdt` for release and starts this with the path to it.

#![expect(clippy::print_stdout, reason = "a measurement is there to be read")]
#![expect(clippy::indexing_slicing, reason = "what a JSON document lacks reads as null")]

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use pdt_testkit::jira::World;
use pdt_testkit::{FakeJira, JiraSettings, NewToken};
use reqwest::Client;
use serde_json::Value;

/// How far away the site is.
const LATENCY: Duration = Duration::from_millis(50);

/// PDT is to be faster by this factor at least.
const LEAST: f64 = 10.0;

const EMAIL: &str = "ada@example.com";
const TOKEN: &str = "token-of-the-benchmark";

#[tokio::main]
async fn main() -> Result<ExitCode> {
    let pdt = std::env::args_os().nth(1).map(PathBuf::from);
    let pdt = pdt.context("it needs the path to pdt; `cargo xtask bench jira` knows it")?;
    let world = World::large(7);
    let site = FakeJira::with_world(JiraSettings::default(), &world)?;
    site.add_token(NewToken::new(TOKEN, "ada"));
    let home = tempfile::tempdir()?;
    run(
        &pdt,
        home.path(),
        &["account", "add", "jira", "--url", &site.site(), "--email", EMAIL, "--name", "site"],
    )?;
    site.latency(LATENCY);

    site.reset_requests();
    let begin = Instant::now();
    run(&pdt, home.path(), &["sync", "jira"])?;
    let (ours, our_requests) = (begin.elapsed(), site.requests().len());

    site.reset_requests();
    let begin = Instant::now();
    let cards = plainly(&site.site()).await?;
    let (plain, plain_requests) = (begin.elapsed(), site.requests().len());
    ensure!(cards == world.active_cards().len(), "the plain way saw {cards} cards");

    let ratio = plain.as_secs_f64() / ours.as_secs_f64();
    println!(
        "\n  the first sync of 12 boards, 400 sprints and 600 cards, {} ms a request\n",
        LATENCY.as_millis()
    );
    println!("  PDT            {:>7.2} s  {our_requests:>4} requests", ours.as_secs_f64());
    println!("  the plain way  {:>7.2} s  {plain_requests:>4} requests", plain.as_secs_f64());
    println!("\n  PDT is {ratio:.1} times as fast; {LEAST} times are promised.");
    Ok(if ratio < LEAST { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn run(pdt: &Path, home: &Path, arguments: &[&str]) -> Result<()> {
    let status = Command::new(pdt)
        .args(arguments)
        .env("HOME", home)
        .env("PDT_DATA_DIR", home.join("data"))
        .env("PDT_TOKEN_SITE", TOKEN)
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    ensure!(status.success(), "pdt {arguments:?} failed");
    Ok(())
}

/// Reads everything, one request after the other, and answers with the number of cards.
async fn plainly(site: &str) -> Result<usize> {
    // Nothing is encrypted here; the library wants to know all the same by what.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = Client::builder().no_proxy().build()?;
    let client = Plain { client, site: site.to_owned() };
    let mut active = std::collections::BTreeSet::new();
    for board in client.list("rest/agile/1.0/board", "values").await? {
        // Boards without sprints refuse the question, which the plain way finds out by asking.
        let path = format!("rest/agile/1.0/board/{}/sprint", board["id"]);
        for sprint in client.list(&path, "values").await.unwrap_or_default() {
            if sprint["state"] == "active" {
                active.insert(sprint["id"].to_string());
            }
        }
    }
    let mut cards = 0;
    for sprint in active {
        for card in client.list(&format!("rest/agile/1.0/sprint/{sprint}/issue"), "issues").await? {
            let key = card["key"].as_str().context("a card has a key")?;
            client.get(&format!("rest/api/2/issue/{key}?expand=changelog")).await?;
            cards += 1;
        }
    }
    Ok(cards)
}

struct Plain {
    client: Client,
    site: String,
}

impl Plain {
    async fn get(&self, path: &str) -> Result<Value> {
        let request = self.client.get(format!("{}/{path}", self.site)).basic_auth(EMAIL, Some(TOKEN));
        let answer = request.send().await?;
        if !answer.status().is_success() {
            bail!("{path}: {}", answer.status());
        }
        Ok(answer.json().await?)
    }

    /// A list to its end, fifty at a time.
    async fn list(&self, path: &str, field: &str) -> Result<Vec<Value>> {
        let mut items = Vec::new();
        loop {
            let page = self.get(&format!("{path}?startAt={}&maxResults=50", items.len())).await?;
            let page = page[field].as_array().cloned().unwrap_or_default();
            if page.is_empty() {
                return Ok(items);
            }
            items.extend(page);
        }
    }
}
