//! The site itself: what it is, its projects and its fields.

use serde_json::{Value, json};

use super::lists::Window;
use super::world::Project;
use super::{CLOUD_ID, Call};
use crate::far::Reply;

/// `GET /rest/api/2/serverInfo`: for everybody.
pub(super) fn server_info(call: &Call<'_>) -> Reply {
    let cloud = call.settings().is_cloud();
    let body = json!({
        "baseUrl": format!("{}{}", call.asked.origin, call.settings().context_path),
        "version": if cloud { "1001.0.0-SNAPSHOT" } else { "10.3.6" },
        "versionNumbers": if cloud { [1001, 0, 0] } else { [10, 3, 6] },
        "deploymentType": if cloud { "Cloud" } else { "Server" },
        "buildNumber": 100_286,
        "buildDate": "2026-02-01T00:00:00.000+0000",
        "serverTime": call.settings().stamp(call.jira.world.state().now()),
        "scmInfo": "0000000000000000000000000000000000000000",
        "serverTitle": "Jira",
    });
    Reply::json(200, &body)
}

/// `GET /_edge/tenant_info`: the site's number at the gateway; only Cloud has one.
pub(super) fn tenant_info() -> Reply {
    Reply::json(200, &json!({ "cloudId": CLOUD_ID }))
}

/// `GET /rest/api/3/field`. Which one holds story points differs from site to site, and so does its name.
/// <https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-fields/>
pub(super) fn fields(call: &Call<'_>) -> Reply {
    let mut fields: Vec<Value> = SYSTEM.iter().map(|(id, name, kind)| system_field(id, name, kind)).collect();
    if !call.login.is_empty() {
        fields.extend(custom_fields(call));
    }
    Reply::json(200, &fields.into())
}

const SYSTEM: &[(&str, &str, &str)] = &[
    ("summary", "Zusammenfassung", "string"),
    ("status", "Status", "status"),
    ("assignee", "Bearbeiter", "user"),
    ("description", "Beschreibung", "string"),
    ("priority", "Priorität", "priority"),
    ("labels", "Stichwörter", "array"),
    ("timeestimate", "Verbleibende Schätzung", "number"),
];

fn system_field(id: &str, name: &str, kind: &str) -> Value {
    json!({
        "id": id, "key": id, "name": name, "custom": false, "orderable": true, "navigable": true,
        "searchable": true, "clauseNames": [id], "schema": { "type": kind, "system": id },
    })
}

fn custom_fields(call: &Call<'_>) -> [Value; 4] {
    let settings = call.settings();
    let points = if settings.is_cloud() { JSW_POINTS } else { FLOAT };
    [
        custom_field("customfield_10030", "Story Points (alt)", "number", FLOAT),
        custom_field(&settings.story_points_field, "Story Points", "number", points),
        custom_field(&settings.sprint_field, "Sprint", "array", "com.pyxis.greenhopper.jira:gh-sprint"),
        custom_field("customfield_10019", "Rang", "any", "com.pyxis.greenhopper.jira:gh-lexo-rank"),
    ]
}

const JSW_POINTS: &str = "com.pyxis.greenhopper.jira:jsw-story-points";
const FLOAT: &str = "com.atlassian.jira.plugin.system.customfieldtypes:float";

fn custom_field(id: &str, name: &str, kind: &str, custom: &str) -> Value {
    let number: Option<u64> = id.rsplit_once('_').and_then(|(_, number)| number.parse().ok());
    json!({
        "id": id, "key": id, "name": name, "untranslatedName": name, "custom": true, "orderable": true,
        "navigable": true, "searchable": true, "clauseNames": [format!("cf[{}]", number.unwrap_or_default()), name],
        "schema": { "type": kind, "custom": custom, "customId": number },
    })
}

/// `GET /rest/api/3/project/search`: in pages. Only Cloud has it.
pub(super) fn projects_in_pages(call: &Call<'_>) -> Reply {
    let state = call.jira.world.state();
    let window = Window::asked(call.asked, call.settings().page_cap);
    let values = window.of(&state.projects).iter().map(|project| told(call, project)).collect();
    Reply::json(200, &window.page(values, state.projects.len()))
}

/// `GET /rest/api/2/project`: all at once.
pub(super) fn projects(call: &Call<'_>) -> Reply {
    let state = call.jira.world.state();
    let all: Vec<Value> = state.projects.iter().map(|project| told(call, project)).collect();
    Reply::json(200, &all.into())
}

fn told(call: &Call<'_>, project: &Project) -> Value {
    json!({
        "self": format!("{}/rest/api/3/project/{}", call.base, project.id),
        "id": project.id.to_string(),
        "key": project.key,
        "name": project.name,
        "projectTypeKey": "software",
        "simplified": false,
    })
}
