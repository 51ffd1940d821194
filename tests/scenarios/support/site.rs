//! A fake Jira and a person who has an account there.

use std::collections::BTreeMap;

use pdt_testkit::jira::World;
use pdt_testkit::{FakeJira, JiraSettings, NewToken};
use rusqlite::Connection;
use serde_json::Value;

use super::Pdt;

/// What a canary looks like at Jira: found anywhere but in a request's header, it is a leak.
pub(crate) const JIRA_CANARY: &str = "ATATT3xFfGF0Canary5hVq8ZsKw2Lm7Rt";

/// The address to sign in with at Cloud.
pub(crate) const EMAIL: &str = "ada@example.com";

/// A fake Jira.
pub(crate) struct Site {
    pub(crate) fake: FakeJira,
    is_cloud: bool,
}

impl Site {
    /// A Cloud site that tells of this world.
    pub(crate) fn cloud(world: &World) -> Self {
        Self::with(JiraSettings::default(), world)
    }

    /// A Data Center that tells of this world.
    pub(crate) fn data_center(world: &World) -> Self {
        Self::with(JiraSettings::data_center(), world)
    }

    /// A Jira of another kind.
    pub(crate) fn with(settings: JiraSettings, world: &World) -> Self {
        let is_cloud = settings.flavour == pdt_testkit::jira::Flavour::Cloud;
        let fake = FakeJira::with_world(settings, world).expect("a socket");
        fake.add_token(NewToken::new(JIRA_CANARY, "ada"));
        Self { fake, is_cloud }
    }

    /// A person whose PDT knows this site as `acme`.
    pub(crate) fn person(&self) -> Pdt {
        self.person_with(&[])
    }

    /// The same with more arguments at connecting.
    pub(crate) fn person_with(&self, more: &[&str]) -> Pdt {
        let pdt = Pdt::new().with("PDT_TOKEN_ACME", JIRA_CANARY);
        self.connect(&pdt, "acme", more);
        pdt
    }

    /// Connects this site under a name.
    pub(crate) fn connect(&self, pdt: &Pdt, name: &str, more: &[&str]) {
        let site = self.fake.site();
        let mut arguments = vec!["account", "add", "jira", "--url", &site, "--name", name];
        if self.is_cloud {
            arguments.extend(["--email", EMAIL]);
        }
        arguments.extend(more);
        pdt.json(&arguments);
        self.fake.reset_requests();
    }

    /// Every request since the last call of this kind, a line each.
    pub(crate) fn take_requests(&self) -> Vec<String> {
        let lines = self.fake.request_lines();
        self.fake.reset_requests();
        lines
    }

    /// Syncs, which must bring everything, and answers with the requests that it cost, which the document must tell.
    pub(crate) fn requests_of_sync(&self, pdt: &Pdt) -> Vec<String> {
        self.fake.reset_requests();
        let jira = pdt.sync_jira_ok();
        let arrived = self.take_requests();
        assert_eq!(jira["requests"], arrived.len(), "the document counts what arrived: {arrived:#?}");
        arrived
    }

    /// Whether what PDT holds of these cards is what the site says of them.
    pub(crate) fn holds(&self, pdt: &Pdt, keys: &[String]) -> bool {
        let (held, nothing) = (stored_details(pdt), Value::Null);
        keys.iter().all(|key| {
            let here = held.get(key).unwrap_or(&nothing);
            differences(&self.fake.world().card(key), here, key).is_empty()
        })
    }

    /// What PDT holds of these cards is what the site says of them.
    pub(crate) fn assert_held(&self, pdt: &Pdt, keys: &[String]) {
        let held = stored_details(pdt);
        for key in keys {
            let there = self.fake.world().card(key);
            let here = held.get(key).unwrap_or_else(|| panic!("{key} is not held"));
            let differences = differences(&there, here, key);
            assert!(differences.is_empty(), "{differences:#?}");
        }
    }
}

impl Pdt {
    /// Syncs Jira, and answers with the loop's part of the document and the exit status.
    pub(crate) fn sync_jira(&self) -> (Value, Option<i32>) {
        let finished = self.run(&["sync", "jira", "--json"]);
        (finished.json()["jira"].clone(), finished.status)
    }

    /// Syncs Jira, which must bring everything.
    pub(crate) fn sync_jira_ok(&self) -> Value {
        let (jira, status) = self.sync_jira();
        assert_eq!((jira["outcome"].as_str(), status), (Some("ok"), Some(0)), "{jira:#}");
        jira
    }

    /// A card as `pdt card show` tells of it.
    pub(crate) fn card(&self, key: &str) -> Value {
        self.json(&["card", "show", key])
    }
}

/// The details of every card in the database, by its present key.
pub(crate) fn stored_details(pdt: &Pdt) -> BTreeMap<String, Value> {
    let database = Connection::open(pdt.database()).unwrap();
    let mut statement = database.prepare("SELECT card_key, details_json FROM jira_cards").unwrap();
    let rows =
        statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))).unwrap();
    rows.map(|row| {
        let (key, json) = row.unwrap();
        (key, serde_json::from_str(&json).unwrap())
    })
    .collect()
}

/// Where what is held differs from what should be. More keys may stand in an object than should be.
pub(crate) fn differences(there: &Value, here: &Value, at: &str) -> Vec<String> {
    match (there, here) {
        (Value::Object(there), Value::Object(here)) => there
            .iter()
            .flat_map(|(key, value)| {
                let found = here.get(key).unwrap_or(&Value::Null);
                differences(value, found, &format!("{at}.{key}"))
            })
            .collect(),
        (Value::Array(there), Value::Array(here)) if there.len() == here.len() => there
            .iter()
            .zip(here)
            .enumerate()
            .flat_map(|(n, (there, here))| differences(there, here, &format!("{at}[{n}]")))
            .collect(),
        (Value::Array(there), Value::Array(here)) => {
            vec![format!("{at} has {} items instead of {}", here.len(), there.len())]
        }
        (there, here) if there == here => Vec::new(),
        (there, here) => vec![format!("{at} is {here} instead of {there}")],
    }
}
