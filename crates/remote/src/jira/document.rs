//! Text out of what Jira's newer API keeps as a document, for people and for search: what stands there, without how
//! it looks. Pure.
//!
//! <https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/>

use chrono::DateTime;
use serde_json::Value;

/// How deep a document is read; nobody writes one that is deeper.
const MOST_DEPTH: usize = 100;

/// The text of a description, whichever form it has; `None` where there is none.
pub(super) fn text(description: &Value) -> Option<String> {
    match description {
        Value::String(text) => Some(text.clone()),
        Value::Object(_) => Some(Node { value: description, depth: 0 }.text().trim_end().to_owned()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => None,
    }
}

/// A part of a document.
#[derive(Clone, Copy)]
struct Node<'d> {
    value: &'d Value,
    depth: usize,
}

impl<'d> Node<'d> {
    fn text(self) -> String {
        match self.kind() {
            "text" => self.own("text"),
            "hardBreak" => "\n".to_owned(),
            "mention" | "emoji" | "status" | "placeholder" => self.label(),
            "inlineCard" | "blockCard" | "embedCard" => self.attribute("url"),
            "media" | "mediaInline" => self.attribute("alt"),
            "date" => self.date(),
            "rule" => "---".to_owned(),
            "bulletList" | "taskList" | "decisionList" => self.items(|_| "- ".to_owned()),
            "orderedList" => self.items(|at| format!("{}. ", self.first_number() + at)),
            "table" => self.joined("\n"),
            "tableRow" => self.cells(),
            "expand" | "nestedExpand" => with_title(&self.attribute("title"), &self.blocks("\n\n")),
            "doc" | "blockquote" | "panel" | "layoutSection" | "layoutColumn" => self.blocks("\n\n"),
            _ => self.unknown(),
        }
    }

    fn kind(self) -> &'d str {
        self.value.get("type").and_then(Value::as_str).unwrap_or_default()
    }

    fn children(self) -> impl Iterator<Item = Node<'d>> {
        let children = self.value.get("content").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let depth = self.depth + 1;
        let readable = if depth <= MOST_DEPTH { children } else { &[] };
        readable.iter().map(move |value| Node { value, depth })
    }

    /// Whether it stands in a line with its neighbours.
    fn is_inline(self) -> bool {
        let is_block = matches!(self.kind(), "rule" | "media" | "blockCard" | "embedCard" | "extension");
        !is_block && self.value.get("content").is_none()
    }

    /// What is not known is the text in it; paragraphs, headings and code are nothing else.
    fn unknown(self) -> String {
        let inside = self.blocks("\n");
        if inside.is_empty() { self.own("text") + &self.attribute("text") } else { inside }
    }

    /// Its parts: those that stand in a line side by side, the others with `between` in between.
    fn blocks(self, between: &str) -> String {
        let mut text = String::new();
        let mut is_in_line = true;
        let mut children = self.children().peekable();
        while let Some(child) = children.next() {
            let part = child.text();
            if part.is_empty() {
                continue;
            }
            let follows_in_line = is_in_line && child.is_inline();
            if !text.is_empty() && !follows_in_line {
                text.push_str(between);
            }
            is_in_line = child.is_inline();
            text.push_str(&part);
            // A link may be in several pieces, such as a bold one and another. Often its words are its address.
            if let Some(address) = child.address()
                && children.peek().and_then(|next| next.address()) != Some(address)
                && !text.trim_end_matches('/').ends_with(address.trim_end_matches('/'))
            {
                text.extend([" (", address, ")"]);
            }
        }
        text
    }

    /// Where a piece of text leads.
    fn address(self) -> Option<&'d str> {
        let marks = self.value.get("marks")?.as_array()?;
        let link = marks.iter().find(|mark| mark.get("type").and_then(Value::as_str) == Some("link"))?;
        let address = link.pointer("/attrs/href")?.as_str()?;
        (address.starts_with("https://") || address.starts_with("http://")).then_some(address)
    }

    fn joined(self, between: &str) -> String {
        self.children().map(Node::text).collect::<Vec<_>>().join(between)
    }

    /// One item a line; what is inside an item stands below it, indented.
    fn items(self, mark: impl Fn(u64) -> String) -> String {
        let mut lines = Vec::new();
        let mut number = 0;
        for child in self.children() {
            if child.kind().ends_with("List") {
                lines.push(format!("  {}", hanging(&child.text(), 2)));
                continue;
            }
            let mark = mark(number);
            number += 1;
            lines.push(format!("{mark}{}", hanging(&child.blocks("\n"), mark.len())));
        }
        lines.join("\n")
    }

    /// A row is one line, whatever stands in its cells.
    fn cells(self) -> String {
        let cell = |cell: Node<'d>| cell.blocks("\n").split_whitespace().collect::<Vec<_>>().join(" ");
        self.children().map(cell).collect::<Vec<_>>().join(" | ")
    }

    fn first_number(self) -> u64 {
        self.value.pointer("/attrs/order").and_then(Value::as_u64).unwrap_or(1)
    }

    /// What a person sees of it: its text, else its short name.
    fn label(self) -> String {
        let text = self.attribute("text");
        if text.is_empty() { self.attribute("shortName") } else { text }
    }

    /// Milliseconds since 1970, as text; a day is meant.
    fn date(self) -> String {
        let stamp = self.attribute("timestamp").parse().ok().and_then(DateTime::from_timestamp_millis);
        stamp.map(|time| time.format("%Y-%m-%d").to_string()).unwrap_or_default()
    }

    fn own(self, name: &str) -> String {
        self.value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    fn attribute(self, name: &str) -> String {
        let attribute = self.value.get("attrs").and_then(|attributes| attributes.get(name));
        attribute.and_then(Value::as_str).unwrap_or_default().to_owned()
    }
}

fn with_title(title: &str, text: &str) -> String {
    [title, text].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

/// All lines but the first indented.
fn hanging(text: &str, by: usize) -> String {
    let between = format!("\n{}", " ".repeat(by));
    text.lines().collect::<Vec<_>>().join(&between)
}

#[cfg(test)]
mod tests;
