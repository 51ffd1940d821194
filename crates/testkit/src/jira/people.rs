//! People on the wire.

use serde_json::{Value, json};

use super::Call;
use super::world::{Person, State};
use crate::far::Reply;

/// Somebody as a card or a changelog names them. Addresses are hidden, as most sites have it.
pub(super) fn person(call: &Call<'_>, person: &Person) -> Value {
    if call.settings().is_cloud() {
        json!({
            "self": format!("{}/rest/api/2/user?accountId={}", call.base, person.account_id),
            "accountId": person.account_id,
            "displayName": person.name,
            "active": true,
            "timeZone": call.settings().zone_name(),
            "accountType": "atlassian",
        })
    } else {
        json!({
            "self": format!("{}/rest/api/2/user?username={}", call.base, person.user_key),
            "name": person.user_key.to_lowercase(),
            "key": person.user_key,
            "displayName": person.name,
            "active": true,
            "timeZone": call.settings().zone_name(),
        })
    }
}

pub(super) fn person_or_null(call: &Call<'_>, state: &State, number: Option<usize>) -> Value {
    let found = number.and_then(|number| state.people.get(number));
    found.map_or(Value::Null, |found| person(call, found))
}

/// `GET /rest/api/3/myself`: the one whose token it is, with their own address.
pub(super) fn myself(call: &Call<'_>) -> Reply {
    let state = call.jira.world.state();
    let known = state.person_of(call.login).or(state.people.first());
    let mut body = known.map_or_else(|| json!({}), |known| person(call, known));
    if let Some(fields) = body.as_object_mut() {
        fields.insert("emailAddress".to_owned(), call.email.into());
        fields.insert("locale".to_owned(), "de_DE".into());
    }
    Reply::json(200, &body)
}
