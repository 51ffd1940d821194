//! Scoped tokens of Jira Cloud, which the site itself refuses and Atlassian's gateway takes.

use std::sync::Arc;

use pdt_domain::provider::Provider;
use pdt_domain::run::{Outcome, Trigger};
use pdt_domain::secret::Token;
use pdt_engine::api::{AddAccount, Code, Engine, Parts, Startup, SyncWhat};
use pdt_engine::clock::SystemClock;
use pdt_engine::environment::Environment;
use pdt_engine::secrets::{MemoryKeychain, Secrets};
use pdt_testkit::jira::World;
use pdt_testkit::{FakeJira, JiraSettings, NewToken};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use crate::stage::{TOKEN, profile};

fn engine(folder: &TempDir, gateway: &str) -> Engine {
    let environment = Environment::of(std::iter::empty::<(&str, &str)>());
    let secrets = Secrets::with(environment.clone(), Arc::new(MemoryKeychain::default()));
    let jira_gateway = gateway.parse().unwrap();
    let parts = Parts { environment, secrets, clock: Arc::new(SystemClock), jira_gateway };
    Engine::open_with(Startup { data_dir: Some(folder.path().join("data")) }, parts).unwrap()
}

fn account(site: &FakeJira, token: &str) -> AddAccount {
    AddAccount {
        profile: profile(),
        provider: Provider::Jira,
        url: Some(site.site()),
        name: Some("acme".to_owned()),
        token: Some(Token::new(token.to_owned())),
        email: Some("ada@example.com".to_owned()),
        projects: None,
        collects: None,
    }
}

#[tokio::test]
async fn a_token_that_the_site_refuses_is_used_at_the_gateway_and_links_lead_to_the_site() {
    let world = World::small();
    let settings = JiraSettings { scoped_only: true, ..JiraSettings::default() };
    let site = FakeJira::with_world(settings, &world).unwrap();
    site.add_token(NewToken::new(TOKEN, "ada"));
    let folder = TempDir::new().unwrap();
    let engine = engine(&folder, site.url());

    let refused = engine.add_account(account(&site, "another-token")).await.unwrap_err();
    assert_eq!(refused.code, Code::Refused, "refused at both places: {refused}");

    engine.add_account(account(&site, TOKEN)).await.unwrap();
    site.reset_requests();
    let (progress, cancel) = (Arc::new(|_| {}), CancellationToken::new());
    let ran = engine.sync(&profile(), SyncWhat::Jira, Trigger::Manual, progress, cancel).await.unwrap();
    let jira = ran.jira.unwrap();
    assert_eq!(jira.outcome, Outcome::Ok, "{jira:?}");
    assert!(jira.results[0].cards > 0, "{jira:?}");
    let gateway = format!("/ex/jira/{}/", site.cloud_id());
    let asked = site.requests();
    assert!(
        asked.iter().all(|request| request.path.starts_with(&gateway)),
        "every request went to the gateway"
    );

    let key = world.active_cards()[0].clone();
    let card = engine.card(&profile(), &key, None).await.unwrap();
    assert_eq!(card.card.url, format!("{}/browse/{key}", site.site()), "where a person looks");
}
