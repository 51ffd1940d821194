//! Searches.

use pdt_testkit::jira::NewCard;
use pdt_testkit::{JiraSettings, World};
use serde_json::{Value, json};

use crate::jira_site::{Site, each};

const SEARCH: &str = "/rest/api/3/search/jql";

async fn keys(site: &Site, jql: &str) -> Vec<String> {
    let answer = site.get_with(SEARCH, &[("jql", jql), ("fields", "key"), ("maxResults", "5000")]).await;
    assert_eq!(answer.status, 200, "{jql}: {}", answer.text);
    each(answer.json()["issues"].as_array().unwrap(), "key")
}

#[tokio::test]
async fn the_old_search_is_gone_from_cloud() {
    let site = Site::cloud(&World::small());
    for version in ["2", "3"] {
        let answer = site.get_with(&format!("/rest/api/{version}/search"), &[("jql", "project = PDT")]).await;
        let wanted = "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API.";
        assert_eq!(
            (answer.status, answer.json()["errorMessages"][0].as_str()),
            (410, Some(wanted)),
            "{version}"
        );
    }
}

#[tokio::test]
async fn a_search_brings_ids_alone_unless_fields_are_named() {
    let site = Site::cloud(&World::small());
    let first = async |more: &[(&str, &str)]| {
        let parameters = [&[("jql", "key = PDT-121")], more].concat();
        site.get_with(SEARCH, &parameters).await.json()["issues"][0].clone()
    };
    assert_eq!(first(&[]).await, json!({ "id": "10011" }), "nothing else");
    let with_key = first(&[("fields", "key")]).await;
    assert_eq!((with_key["key"].clone(), with_key.get("fields")), (json!("PDT-121"), None), "the key");
    assert_eq!(
        first(&[("fields", "summary")]).await["fields"],
        json!({ "summary": "Export a month as CSV" })
    );
}

#[tokio::test]
async fn pages_go_by_token_and_have_no_total() {
    let world = World::small();
    let site = Site::with(JiraSettings { ids_page_cap: 6, ..JiraSettings::default() }, &world);
    let mut found = Vec::new();
    let mut token: Option<String> = None;
    loop {
        let mut body = json!({ "jql": "project in (PDT, OPS)", "fields": ["id"], "maxResults": 5000 });
        body["nextPageToken"] = token.map_or(Value::Null, Value::from);
        let page = site.post(SEARCH, &body).await.json();
        assert!(page.get("total").is_none() && page.get("startAt").is_none(), "nobody counts");
        found.extend(each(page["issues"].as_array().unwrap(), "id"));
        assert!(page["issues"].as_array().unwrap().len() <= 6, "the cap");
        token = page["nextPageToken"].as_str().map(str::to_owned);
        assert_eq!(page["isLast"], token.is_none(), "the two agree");
        if token.is_none() {
            break;
        }
    }
    assert_eq!(found.len(), world.all_cards().len(), "all of them");
    let bad = site.get_with(SEARCH, &[("jql", "project = PDT"), ("nextPageToken", "x")]).await;
    assert_eq!(bad.status, 400, "no token of this site");
}

#[tokio::test]
async fn fields_make_pages_short() {
    let world = World::large(1);
    let site = Site::cloud(&world);
    let count = async |fields: &str| {
        let parameters = [("jql", "project = PDT"), ("fields", fields), ("maxResults", "5000")];
        site.get_with(SEARCH, &parameters).await.json()["issues"].as_array().unwrap().len()
    };
    assert_eq!(count("summary").await, 100, "with fields");
    assert!(count("id,key").await > 100, "without");
}

#[tokio::test]
async fn queries_without_a_restriction_are_refused() {
    let site = Site::cloud(&World::small());
    for jql in ["", "ORDER BY created ASC"] {
        assert_eq!(site.get_with(SEARCH, &[("jql", jql)]).await.status, 400, "unbounded: {jql:?}");
    }
}

#[tokio::test]
async fn clauses_and_orders_are_understood() {
    let world = World::small();
    let site = Site::cloud(&world);
    assert_eq!(
        keys(&site, "sprint in (1, '2') ORDER BY key ASC").await.len(),
        14,
        "in either, quoted or not"
    );
    assert_eq!(keys(&site, "Sprint = 3 order by key desc").await, ["PDT-128", "PDT-116"], "upside down");
    assert_eq!(
        keys(&site, "sprint = \"PDT Sprint 9\" AND key in (PDT-128, \"PDT-121\")").await,
        ["PDT-128"],
        "both"
    );
    assert_eq!(
        keys(&site, "project = ops AND id in (10019, 10020) ORDER BY created DESC, key").await,
        ["OPS-11", "OPS-10"]
    );
    assert_eq!(keys(&site, "issuekey = pdt-121 AND created <= -1h").await, ["PDT-121"], "some time ago");
    world.rekey("PDT-121", "OPS").unwrap();
    assert_eq!(keys(&site, "key = PDT-121").await, ["OPS-13"], "an old key finds it");
}

#[tokio::test]
async fn dates_are_in_the_accounts_zone_to_the_minute_and_milliseconds_are_exact() {
    let world = World::new();
    world.add_project("PDT", "Development tracker");
    world.stop_clock_at("2026-02-18T16:15:30.500Z".parse().unwrap());
    world.add_card(NewCard::new("PDT", "One")).unwrap();
    let found = async |zone: &str, jql: &str| {
        let settings = JiraSettings {
            account_zone: zone.to_owned(),
            zone: "+0000".to_owned(),
            ..JiraSettings::default()
        };
        !keys(&Site::with(settings, &world), &format!("project = PDT AND updated {jql}")).await.is_empty()
    };
    assert!(found("+0700", ">= \"2026-02-18 23:15\"").await, "where the account is");
    assert!(!found("+0700", ">= \"2026-02-18 23:16\"").await, "a minute later");
    assert!(!found("-0500", ">= '2026-02-18 23:15'").await, "elsewhere that is hours later");
    assert!(
        found("-0500", ">= '2026/02/18 11:15'").await && found("-0500", ">= 2026-02-18").await,
        "other forms"
    );
    for zone in ["+0700", "-0500"] {
        assert!(
            found(zone, ">= 1771431330500").await && !found(zone, "> 1771431330500").await,
            "in any zone"
        );
        assert!(
            found(zone, "<= \"1771431330500\"").await && !found(zone, "< 1771431330500").await,
            "quoted or not"
        );
    }
    let bad = Site::cloud(&world).get_with(SEARCH, &[("jql", "updated >= \"2026-02-18 23:15:30\"")]).await;
    assert_eq!(bad.status, 400, "seconds cannot be said");
}

#[tokio::test]
async fn what_is_not_there_or_not_understood_is_400() {
    let site = Site::cloud(&World::small());
    for (jql, part) in [
        ("sprint in (1, 99)", "Sprint with id '99' does not exist"),
        ("project = NOPE", "The value 'NOPE' does not exist for the field 'project'."),
        ("key in (PDT-999)", "An issue with key 'PDT-999' does not exist"),
        ("colour = red", "Field 'colour' does not exist"),
        ("sprint > 3", "The operator '>' is not supported by the 'sprint' field."),
        ("sprint in 3", "Expecting '(' and a list of values but got '3'"),
        ("sprint in (3", "Expecting ',' or ')'"),
        ("sprint = 3 OR sprint = 2", "Expecting either 'AND' or 'ORDER BY' but got 'OR'"),
        ("project = \"PDT", "the end of a quoted string"),
        ("project = PDT ORDER BY colour", "Field 'colour' does not exist"),
        ("project = PDT ORDER BY created sideways", "'ASC' or 'DESC'"),
        ("updated >= soon", "Date value 'soon' for field 'updated' is invalid."),
    ] {
        let answer = site.get_with(SEARCH, &[("jql", jql)]).await;
        assert_eq!(answer.status, 400, "{jql}");
        let sentence = answer.json()["errorMessages"][0].as_str().unwrap().to_owned();
        assert!(sentence.contains(part), "{jql}: {sentence}");
    }
}

#[tokio::test]
async fn data_center_searches_by_offset_and_counts() {
    let world = World::small();
    let site = Site::data_center(&world);
    let path = "/rest/api/2/search";
    let page = site
        .get_with(path, &[("jql", "sprint in (2)"), ("fields", "key"), ("maxResults", "5000")])
        .await
        .json();
    assert_eq!((page["maxResults"].clone(), page["startAt"].clone()), (json!(1000), json!(0)), "the cap");
    assert_eq!(page["total"], world.cards_of_sprint(2).len(), "counted");
    let body = json!({ "jql": "sprint in (2) ORDER BY key ASC", "startAt": 3, "maxResults": 2, "fields": ["summary"] });
    let page = site.post(path, &body).await.json();
    assert_eq!(
        each(page["issues"].as_array().unwrap(), "key"),
        world.cards_of_sprint(2)[3..5],
        "by either way"
    );
    assert_eq!(
        site.get_with("/rest/api/2/search/jql", &[("jql", "project = PDT")]).await.status,
        404,
        "Cloud's"
    );
    assert_eq!(
        site.get_with(path, &[("jql", "")]).await.json()["total"],
        world.all_cards().len(),
        "everything"
    );
}

#[tokio::test]
async fn cards_by_the_hundred_come_ascending_and_without_those_that_are_missing() {
    let world = World::small();
    let site = Site::cloud(&world);
    world.delete("PDT-118").unwrap();
    let path = "/rest/api/3/issue/bulkfetch";
    let wanted = json!({ "issueIdsOrKeys": ["OPS-10", "PDT-121", "PDT-118", "10011"], "fields": ["summary"], "expand": ["changelog"] });
    let page = site.post(path, &wanted).await.json();
    assert_eq!(
        each(page["issues"].as_array().unwrap(), "key"),
        ["PDT-121", "OPS-10"],
        "each once, by number"
    );
    assert!(page["issues"][0]["changelog"]["total"].is_u64(), "with what was wanted");
    let many: Vec<String> = (0..101).map(|number| number.to_string()).collect();
    assert_eq!(site.post(path, &json!({ "issueIdsOrKeys": many })).await.status, 400, "one too many");
}
