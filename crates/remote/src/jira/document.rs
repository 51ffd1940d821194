//! The text of what Jira's newer API keeps as a document, in Jira's older notation: its agile API describes the same card
//! in that, so a description reads the same whichever way it came. Nothing is escaped, because people and searches read
//! it too. Pure.
//!
//! - <https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/>
//! - <https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all>

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
            "text" => self.marked(),
            "hardBreak" => "\n".to_owned(),
            "mention" | "emoji" | "status" | "placeholder" => self.label(),
            "inlineCard" | "blockCard" | "embedCard" => self.attribute("url"),
            "media" | "mediaInline" => self.attribute("alt"),
            "date" => self.date(),
            "rule" => "----".to_owned(),
            "heading" => self.heading(),
            "codeBlock" => self.code(),
            "bulletList" | "orderedList" | "taskList" | "decisionList" => self.list(""),
            "table" => self.joined("\n"),
            "tableRow" => self.row(),
            "expand" | "nestedExpand" => with_title(&self.attribute("title"), &self.blocks("\n\n")),
            "blockquote" => within("{quote}", &self.blocks("\n\n")),
            "panel" => within("{panel}", &self.blocks("\n\n")),
            "doc" | "layoutSection" | "layoutColumn" => self.blocks("\n\n"),
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

    fn is_list(self) -> bool {
        self.kind().ends_with("List")
    }

    /// What is not known is the text in it; a paragraph is nothing else.
    fn unknown(self) -> String {
        let inside = self.blocks("\n");
        if inside.is_empty() { self.own("text") + &self.attribute("text") } else { inside }
    }

    /// Its parts: those that stand in a line side by side, the others with `between` in between.
    fn blocks(self, between: &str) -> String {
        parts(self.children(), between)
    }

    /// A piece of text with the marks around it. Spaces stay outside: next to a space, a mark is none.
    fn marked(self) -> String {
        let own = self.own("text");
        let words = own.trim();
        if words.is_empty() {
            return own;
        }
        let marks = self.marks().filter_map(|mark| pair(mark.get("type")?.as_str()?));
        let marked = marks.fold(words.to_owned(), |words, (open, close)| format!("{open}{words}{close}"));
        own.replacen(words, &marked, 1)
    }

    fn marks(self) -> impl Iterator<Item = &'d Value> {
        self.value.get("marks").and_then(Value::as_array).into_iter().flatten()
    }

    /// Where a piece of text leads.
    fn address(self) -> Option<&'d str> {
        let link = self.marks().find(|mark| mark.get("type").and_then(Value::as_str) == Some("link"))?;
        let address = link.pointer("/attrs/href")?.as_str()?;
        (address.starts_with("https://") || address.starts_with("http://")).then_some(address)
    }

    fn joined(self, between: &str) -> String {
        self.children().map(Node::text).collect::<Vec<_>>().join(between)
    }

    fn heading(self) -> String {
        let level = self.value.pointer("/attrs/level").and_then(Value::as_u64).unwrap_or(1).clamp(1, 6);
        match self.blocks(" ") {
            title if title.is_empty() => title,
            title => format!("h{level}. {title}"),
        }
    }

    /// Code is as it stands, marks or not.
    fn code(self) -> String {
        let code: String = self.children().map(|line| line.own("text")).collect();
        let language = self.attribute("language");
        let open = if language.is_empty() { "{code}".to_owned() } else { format!("{{code:{language}}}") };
        format!("{open}\n{code}\n{{code}}")
    }

    /// One item a line, after the marks of all the lists that it is in. The notation counts from one.
    fn list(self, outer: &str) -> String {
        let marks = format!("{outer}{}", if self.kind() == "orderedList" { '#' } else { '*' });
        let lines = self.children().map(|child| child.item(&marks)).filter(|line| !line.is_empty());
        lines.collect::<Vec<_>>().join("\n")
    }

    /// What is in an item stands below its first line, and a list in it has one mark more.
    fn item(self, marks: &str) -> String {
        if self.is_list() {
            return self.list(marks);
        }
        let words = parts(self.children().filter(|child| !child.is_list()), "\n");
        let words = format!("{marks} {}{words}", self.check());
        let lists = self.children().filter(|child| child.is_list()).map(|list| list.list(marks));
        std::iter::once(words).chain(lists).collect::<Vec<_>>().join("\n")
    }

    /// Whether a task is done.
    fn check(self) -> &'static str {
        match (self.kind(), self.attribute("state").as_str()) {
            ("taskItem", "DONE") => "[x] ",
            ("taskItem", _) => "[ ] ",
            _ => "",
        }
    }

    /// A row is one line, whatever stands in its cells.
    fn row(self) -> String {
        let mut row = String::new();
        let mut last = "";
        for cell in self.children() {
            last = if cell.kind() == "tableHeader" { "||" } else { "|" };
            row.push_str(last);
            row.push_str(&cell.blocks("\n").split_whitespace().collect::<Vec<_>>().join(" "));
        }
        row + last
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

/// The notation of a mark; those that only colour or place a text have none.
fn pair(mark: &str) -> Option<(&'static str, &'static str)> {
    match mark {
        "strong" => Some(("*", "*")),
        "em" => Some(("_", "_")),
        "strike" => Some(("-", "-")),
        "underline" => Some(("+", "+")),
        "code" => Some(("{{", "}}")),
        _ => None,
    }
}

/// Parts one after the other: those that stand in a line side by side, the others with `between` in between.
fn parts<'d>(nodes: impl Iterator<Item = Node<'d>>, between: &str) -> String {
    let mut text = String::new();
    let mut is_in_line = true;
    let mut nodes = nodes.peekable();
    while let Some(node) = nodes.next() {
        let mut part = node.text();
        if let Some(address) = node.address() {
            // A link may be in several pieces, such as a bold one and another.
            while let Some(next) = nodes.next_if(|next| next.address() == Some(address)) {
                part.push_str(&next.text());
            }
            part = linked(&part, address);
        }
        if part.is_empty() {
            continue;
        }
        let follows_in_line = is_in_line && node.is_inline();
        if !text.is_empty() && !follows_in_line {
            text.push_str(between);
        }
        is_in_line = node.is_inline();
        text.push_str(&part);
    }
    text
}

/// Words that lead somewhere. Often they are their address.
fn linked(words: &str, address: &str) -> String {
    if words.trim_end_matches('/') == address.trim_end_matches('/') {
        return words.to_owned();
    }
    format!("[{words}|{address}]")
}

fn with_title(title: &str, text: &str) -> String {
    let title = if title.is_empty() { String::new() } else { format!("*{title}*") };
    [&*title, text].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

/// A text between two of these marks; no text needs none.
fn within(mark: &str, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{mark}\n{text}\n{mark}") }
}

#[cfg(test)]
mod tests;
