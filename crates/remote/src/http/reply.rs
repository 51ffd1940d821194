//! What came back for one request, before anybody judged it, and the words in it.

use http::{HeaderMap, StatusCode};
use serde_json::Value;

use super::fault::Fault;

/// How a body ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum End {
    /// It is all there.
    Whole,
    /// It stopped before its end.
    Broken(Fault),
    /// Reading stopped, because it is longer than PDT takes.
    TooLarge,
}

/// One answer.
pub(super) struct Reply {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
    pub(super) end: End,
}

impl Reply {
    /// A header as text.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body as JSON, if it is.
    pub(super) fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// Whether this is a page for people: nothing that an API sends.
    pub(super) fn is_html(&self) -> bool {
        let declared =
            self.header("content-type").is_some_and(|kind| kind.trim_start().starts_with("text/html"));
        declared || self.body.trim_ascii_start().first() == Some(&b'<')
    }

    /// The service's own words: the message of its JSON, or its plain text. Not cleaned yet.
    pub(super) fn message(&self) -> Option<String> {
        let words = match self.json() {
            Some(json) => message_in(&json)?,
            None if self.is_html() => return None,
            None => self.text().into_owned(),
        };
        (!words.trim().is_empty()).then_some(words)
    }

    /// What kind of body this is, for a sentence about one that should have been JSON.
    pub(super) fn description(&self) -> String {
        if self.is_html() {
            return match title(&self.text()) {
                Some(title) => format!("an HTML page titled \"{title}\""),
                None => "an HTML page without a title".to_owned(),
            };
        }
        match self.text().trim() {
            "" => "an empty answer".to_owned(),
            text => format!("no JSON but \"{}\"", text.chars().take(80).collect::<String>()),
        }
    }

    fn text(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }
}

/// GitHub: `{"message": "…"}`. GitLab: `{"message": "…"}`, `{"message": {"field": ["…"]}}` or
/// `{"error": "…", "error_description": "…"}`. Jira: `{"errorMessages": ["…"]}` or `{"errors": {"field": "…"}}`.
fn message_in(json: &Value) -> Option<String> {
    let candidates = [
        json.get("message"),
        json.get("error_description"),
        json.get("error"),
        json.pointer("/errorMessages/0"),
        json.get("errors").and_then(|errors| errors.as_object()?.values().next()),
    ];
    candidates.into_iter().flatten().find_map(|value| match value {
        Value::String(words) => Some(words.clone()),
        Value::Object(_) | Value::Array(_) => Some(value.to_string()),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    })
}

/// What stands in the page's `title` element.
fn title(page: &str) -> Option<String> {
    let lower = page.to_ascii_lowercase();
    let opened = lower.find("<title")?;
    let begin = opened + lower.get(opened..)?.find('>')? + 1;
    let end = begin + lower.get(begin..)?.find("</title")?;
    let words: Vec<&str> = page.get(begin..end)?.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(body: &str) -> Reply {
        Reply {
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body: body.as_bytes().to_vec(),
            end: End::Whole,
        }
    }

    #[test]
    fn a_services_words_are_found_in_every_shape_it_uses() {
        for (body, words) in [
            (r#"{"message":"Bad credentials","documentation_url":"x"}"#, Some("Bad credentials")),
            (r#"{"message":{"base":["no"]}}"#, Some(r#"{"base":["no"]}"#)),
            (
                r#"{"error":"invalid_token","error_description":"Token was revoked."}"#,
                Some("Token was revoked."),
            ),
            (r#"{"error":"404 Not Found"}"#, Some("404 Not Found")),
            (r#"{"errorMessages":["No board"],"errors":{}}"#, Some("No board")),
            (r#"{"errorMessages":[],"errors":{"jql":"No such field"}}"#, Some("No such field")),
            ("Retry later\n", Some("Retry later\n")),
            ("<html><title>Sign in</title>", None),
            (r#"{"message":null}"#, None),
            ("[]", None),
            ("  ", None),
        ] {
            assert_eq!(reply(body).message().as_deref(), words, "{body}");
        }
    }

    #[test]
    fn what_is_no_json_is_described() {
        for (body, words) in [
            ("\n<!DOCTYPE html><head><TITLE lang=en>\n Sign  in </TITLE>", "an HTML page titled \"Sign in\""),
            ("<html><title></title>", "an HTML page without a title"),
            ("<title>never closed", "an HTML page without a title"),
            ("", "an empty answer"),
            ("upstream down", "no JSON but \"upstream down\""),
        ] {
            assert_eq!(reply(body).description(), words, "{body:?}");
        }
    }
}
