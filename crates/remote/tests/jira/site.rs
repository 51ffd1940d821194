//! The server, the account, and what a site has once.

use pdt_domain::jira::Deployment;
use pdt_remote::http::Kind;
use pdt_remote::jira::ServerInfo;
use serde_json::json;

use crate::server::{Play, Server};
use crate::{cloud, data_center, refusal, saying, start_at};

#[tokio::test]
async fn a_server_says_whose_it_is_and_one_that_does_not_is_a_companys_own() {
    let (cloud_word, own) = (Deployment::Cloud, Deployment::DataCenter);
    for (said, expected) in [
        (json!({ "deploymentType": "Cloud" }), cloud_word),
        (json!({ "deploymentType": "cloud" }), cloud_word),
        (json!({ "deploymentType": "Server" }), own),
        (json!({ "deploymentType": "Data Center" }), own),
        (json!({ "deploymentType": null }), own),
        (json!({}), own),
    ] {
        let server = saying(said.clone()).await;
        assert_eq!(data_center(&server).server_info().await.unwrap().deployment, expected, "{said}");
    }
    let said =
        json!({ "baseUrl": "https://tools.example/jira", "version": "10.3.2", "versionNumbers": [10, 3, 2] });
    let info = data_center(&saying(said).await).server_info().await.unwrap();
    let base_url = Some("https://tools.example/jira".to_owned());
    assert_eq!(info, ServerInfo { deployment: own, base_url, version: Some("10.3.2".to_owned()) });
}

#[tokio::test]
async fn a_server_that_tells_strangers_nothing_is_asked_by_name() {
    for status in [401, 403] {
        let server = Server::start(move |seen, _| match seen.header("authorization") {
            None => refusal(status),
            Some(_) => Play::json(r#"{"deploymentType":"Server"}"#),
        })
        .await;
        let info = data_center(&server).server_info().await.unwrap();
        assert_eq!((info.deployment, server.count()), (Deployment::DataCenter, 2), "{status}");
    }
    let server = Server::start(|_, _| refusal(401)).await;
    let error = data_center(&server).server_info().await.unwrap_err();
    assert_eq!(error.kind, Kind::TokenRefused, "and then the token was refused");
}

#[tokio::test]
async fn a_cloud_id_is_taken_only_if_it_is_one() {
    let good = "11223344-a1b2-3b33-c444-def123456789";
    let server = saying(json!({ "cloudId": good })).await;
    assert_eq!(cloud(&server).cloud_id().await.unwrap(), good);
    let long = "a".repeat(65);
    for bad in
        ["", "..", "a/b", "a/../../x", "a?b", "a#b", "a%2f", "a b", "ä", "a@evil.example", long.as_str()]
    {
        let error = cloud(&saying(json!({ "cloudId": bad })).await).cloud_id().await.unwrap_err();
        assert_eq!(error.kind, Kind::Unreadable, "{bad:?} would lead elsewhere");
        assert!(error.to_string().contains("a site without a usable cloud id"), "{error}");
    }
    let error = cloud(&saying(json!({})).await).cloud_id().await.unwrap_err();
    assert_eq!(error.kind, Kind::Unreadable, "there is none");
}

#[tokio::test]
async fn an_account_is_called_by_the_best_name_it_has() {
    let ada = json!({ "accountId": "5b10", "displayName": "Ada Lovelace", "emailAddress": "ada@example.com", "timeZone": "Asia/Jakarta" });
    let server = Server::start(move |_, _| {
        Play::answer(200, &[("Date", "Wed, 18 Feb 2026 16:15:00 GMT")], ada.to_string())
    })
    .await;
    let myself = cloud(&server).myself().await.unwrap();
    assert_eq!((myself.login.as_str(), myself.id.as_deref()), ("Ada Lovelace", Some("5b10")));
    assert_eq!(myself.time_zone.as_deref(), Some("Asia/Jakarta"));
    assert_eq!(myself.server_time, Some("2026-02-18T16:15:00Z".parse().unwrap()), "the server's clock");
    assert_eq!(server.targets(), ["/rest/api/3/myself"]);

    let server = saying(json!({ "key": "JIRAUSER10100", "name": "ada", "displayName": "" })).await;
    let myself = data_center(&server).myself().await.unwrap();
    assert_eq!((myself.login.as_str(), myself.id.as_deref()), ("ada", Some("JIRAUSER10100")));
    assert_eq!(server.targets(), ["/rest/api/2/myself"]);

    let server = saying(json!({ "emailAddress": "ada@example.com" })).await;
    assert_eq!(data_center(&server).myself().await.unwrap().login, "ada@example.com");
    let error = data_center(&saying(json!({})).await).myself().await.unwrap_err();
    assert_eq!(error.kind, Kind::Unreadable, "nobody is nobody");
}

#[tokio::test]
async fn projects_come_in_pages_from_a_cloud_site_and_in_one_list_from_a_companys_own() {
    let server = Server::start(|seen, _| {
        let start = start_at(seen);
        let values: Vec<_> = (start..70.min(start + 50)).map(|at| json!({ "id": at.to_string(), "key": format!("P{at}") })).collect();
        Play::json(&json!({ "startAt": start, "maxResults": 50, "total": 70, "isLast": start > 0, "values": values }).to_string())
    })
    .await;
    let keys = cloud(&server).projects().await.unwrap();
    assert_eq!((keys.len(), keys[0].as_str(), keys[69].as_str()), (70, "P0", "P69"));
    assert_eq!(
        server.targets(),
        [
            "/rest/api/3/project/search?startAt=0&maxResults=50",
            "/rest/api/3/project/search?startAt=50&maxResults=50"
        ]
    );
    let server = saying(json!([{ "id": "1", "key": "ABC" }, { "id": 2, "key": "X_Y" }])).await;
    assert_eq!(data_center(&server).projects().await.unwrap(), ["ABC", "X_Y"]);
    assert_eq!(server.targets(), ["/rest/api/2/project"]);
    let server = Server::start(|seen, _| match seen.target.contains("/search") {
        true => refusal(404),
        false => Play::json(r#"[{ "id": "1", "key": "ABC" }]"#),
    })
    .await;
    assert_eq!(cloud(&server).projects().await.unwrap(), ["ABC"], "where there are no pages, in one list");
    let error = data_center(&saying(json!([{ "id": "1" }])).await).projects().await.unwrap_err();
    assert!(error.to_string().contains("a project without its key"), "{error}");
}

#[tokio::test]
async fn the_field_for_estimates_is_found_by_its_type_before_its_name() {
    let field = |id: &str, name: &str, kind: &str, custom: &str| json!({ "id": id, "name": name, "schema": { "type": kind, "custom": custom, "customId": 1 } });
    let float = "com.atlassian.jira.plugin.system.customfieldtypes:float";
    let text = "com.atlassian.jira.plugin.system.customfieldtypes:textfield";
    let server = saying(json!([
        { "id": "summary", "name": "Summary", "schema": { "type": "string", "system": "summary" } },
        { "id": "thumbnail", "name": "Images" },
        field("customfield_1", "Story Points", "string", text),
        field("customfield_2", "Story point estimate", "number", float),
        { "id": "customfield_3", "name": "Punkte", "untranslatedName": " story points ", "schema": { "type": "number", "custom": float } },
        field("customfield_4", "Cost", "number", float),
        field("customfield_5", "Schätzung", "number", "com.pyxis.greenhopper.jira:jsw-story-points"),
        field("customfield_6", "Story Points", "number", float),
    ]))
    .await;
    let expected = ["customfield_5", "customfield_3", "customfield_6", "customfield_2"];
    assert_eq!(cloud(&server).story_point_fields().await.unwrap(), expected, "a text is no estimate");
    assert_eq!(data_center(&server).story_point_fields().await.unwrap(), expected);
    assert_eq!(server.targets(), ["/rest/api/3/field", "/rest/api/2/field"]);
}

#[tokio::test]
async fn requests_are_counted_and_credentials_told_apart() {
    let server = saying(json!({ "displayName": "Ada" })).await;
    let jira = cloud(&server);
    jira.clone().myself().await.unwrap();
    assert_eq!(jira.requests(), 1, "clones count together");
    assert_eq!(jira.deployment(), Deployment::Cloud);
    assert_ne!(
        jira.credential_print(),
        data_center(&server).credential_print(),
        "with and without an address"
    );
}
