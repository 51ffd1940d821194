//! A client of a fake Jira, and what the site tells of itself.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pdt_testkit::{FakeJira, JiraSettings, NewToken, World};
use serde_json::{Value, json};

use crate::client::{Answer, TOKEN, answer, http};

/// A fake Jira, and somebody who may read it.
pub(crate) struct Site {
    pub(crate) jira: FakeJira,
    http: reqwest::Client,
    base: String,
    authorization: String,
}

pub(crate) fn basic(email: &str, token: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{email}:{token}")))
}

impl Site {
    pub(crate) fn cloud(world: &World) -> Self {
        Self::with(JiraSettings::default(), world)
    }

    pub(crate) fn data_center(world: &World) -> Self {
        let site = Self::with(JiraSettings::data_center(), world);
        Self { authorization: format!("Bearer {TOKEN}"), ..site }
    }

    pub(crate) fn with(settings: JiraSettings, world: &World) -> Self {
        let jira = FakeJira::with_world(settings, world).unwrap();
        jira.add_token(NewToken::new(TOKEN, "ada"));
        let base = jira.site();
        Self { jira, http: http(), base, authorization: basic("ada@example.com", TOKEN) }
    }

    /// The same site by the gateway.
    pub(crate) fn at_gateway(self) -> Self {
        let base = format!("{}/ex/jira/{}", self.jira.url(), self.jira.cloud_id());
        Self { base, ..self }
    }

    /// With this header instead; with none where it is empty.
    pub(crate) fn signed(self, authorization: &str) -> Self {
        Self { authorization: authorization.to_owned(), ..self }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(self.http.get(format!("{}{path}", self.base))).await
    }

    pub(crate) async fn get_with(&self, path: &str, parameters: &[(&str, &str)]) -> Answer {
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish();
        self.get(&format!("{path}?{query}")).await
    }

    pub(crate) async fn get_german(&self, path: &str) -> Answer {
        let request = self.http.get(format!("{}{path}", self.base)).header("accept-language", "en");
        answer(request.header("authorization", &self.authorization)).await.unwrap()
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(self.http.post(format!("{}{path}", self.base)).json(body)).await
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let request = request.header("accept-language", "en").header("x-force-accept-language", "true");
        let request = match self.authorization.as_str() {
            "" => request,
            value => request.header("authorization", value),
        };
        answer(request).await.unwrap()
    }

    /// The items of all pages of a list that is read by `startAt`, as far as the answers say.
    pub(crate) async fn all(&self, path: &str, parameters: &[(&str, &str)], list: &str) -> Vec<Value> {
        let mut items: Vec<Value> = Vec::new();
        loop {
            let start = items.len().to_string();
            let parameters = [parameters, &[("startAt", start.as_str())]].concat();
            let page = self.get_with(path, &parameters).await.json();
            let found = page[list].as_array().unwrap().clone();
            let is_last = found.is_empty() || page["isLast"] == true;
            items.extend(found);
            if is_last {
                return items;
            }
        }
    }
}

/// One field of every item, as text.
pub(crate) fn each(items: &[Value], field: &str) -> Vec<String> {
    items
        .iter()
        .map(|item| item[field].as_str().map_or_else(|| item[field].to_string(), str::to_owned))
        .collect()
}

#[tokio::test]
async fn everybody_may_ask_what_kind_of_server_it_is() {
    let cloud = Site::cloud(&World::new()).signed("");
    for version in ["2", "3"] {
        let told = cloud.get(&format!("/rest/api/{version}/serverInfo")).await.json();
        assert_eq!(told["deploymentType"], "Cloud", "by version {version}");
    }
    let data_center = Site::data_center(&World::new()).signed("");
    let told = data_center.get("/rest/api/2/serverInfo").await.json();
    assert_eq!(told["deploymentType"], "Server", "whatever the shops call it");
    assert_eq!(told["baseUrl"], data_center.jira.site(), "with its context path");
    assert_eq!(data_center.get("/rest/api/3/serverInfo").await.status, 404, "version 3 is Cloud's");
}

#[tokio::test]
async fn only_cloud_has_a_number_at_the_gateway() {
    let cloud = Site::cloud(&World::new()).signed("");
    assert_eq!(
        cloud.get("/_edge/tenant_info").await.json()["cloudId"],
        cloud.jira.cloud_id(),
        "for everybody"
    );
    let data_center = Site::data_center(&World::new());
    assert_eq!(data_center.get("/_edge/tenant_info").await.status, 404, "there is none");
}

#[tokio::test]
async fn myself_has_an_address_and_a_time_zone_and_nobody_else_has_an_address() {
    let world = World::small();
    let cloud = Site::cloud(&world);
    let me = cloud.get("/rest/api/3/myself").await.json();
    assert_eq!(me["displayName"], "Ada Example", "by the login");
    assert_eq!(
        (me["emailAddress"].as_str(), me["timeZone"].as_str()),
        (Some("ada@example.com"), Some("Etc/GMT-7"))
    );
    assert!(me["accountId"].is_string() && me["name"].is_null(), "Cloud has account ids");
    let card = cloud.get("/rest/agile/1.0/issue/PDT-121").await.json();
    assert!(card["fields"]["assignee"]["emailAddress"].is_null(), "hidden");
    let other = Site::data_center(&world).get("/rest/api/2/myself").await.json();
    assert!(other["key"].is_string() && other["accountId"].is_null(), "Data Center has user keys");
}

#[tokio::test]
async fn the_story_points_have_another_field_on_each_site() {
    let world = World::small();
    let points = async |site: &Site| {
        let fields = site.get("/rest/api/2/field").await.list();
        let field = fields.iter().find(|field| field["name"] == "Story Points").unwrap().clone();
        (field["id"].as_str().unwrap().to_owned(), field["schema"]["custom"].clone())
    };
    let cloud = Site::cloud(&world);
    let (id, custom) = points(&cloud).await;
    assert_eq!(custom, "com.pyxis.greenhopper.jira:jsw-story-points", "by its kind");
    let card = cloud.get("/rest/agile/1.0/issue/PDT-121").await.json();
    assert_eq!(card["fields"][&id], 13.0, "the estimate");
    let (other, custom) = points(&Site::data_center(&world)).await;
    assert!(other != id && custom.as_str().unwrap().ends_with(":float"), "only its name tells");
}

#[tokio::test]
async fn projects_come_in_pages_on_cloud_and_at_once_everywhere() {
    let world = World::new();
    for number in 0..120 {
        world.add_project(&format!("P{number}"), "A project");
    }
    let cloud = Site::cloud(&world);
    let page = cloud.get("/rest/api/3/project/search?maxResults=500").await.json();
    assert_eq!((page["maxResults"].clone(), page["total"].clone()), (json!(50), json!(120)), "the cap");
    assert_eq!(cloud.all("/rest/api/3/project/search", &[], "values").await.len(), 120, "all of them");
    assert_eq!(cloud.get("/rest/api/2/project").await.list().len(), 120, "at once");
    let data_center = Site::data_center(&world);
    assert_eq!(data_center.get("/rest/api/2/project").await.list().len(), 120, "likewise");
    assert_eq!(data_center.get("/rest/api/2/project/search").await.status, 404, "not there");
}
