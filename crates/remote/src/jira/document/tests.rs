//! What a document's text is.

use serde_json::{Value, json};

use super::text;

fn of(content: Value) -> String {
    text(&json!({ "type": "doc", "version": 1, "content": content })).unwrap()
}

fn words(words: &str) -> Value {
    json!({ "type": "text", "text": words })
}

fn paragraph(inside: Value) -> Value {
    json!({ "type": "paragraph", "content": inside })
}

fn item(inside: Value) -> Value {
    json!({ "type": "listItem", "content": inside })
}

fn link(words: &str, href: &str) -> Value {
    json!({ "type": "text", "text": words, "marks": [{ "type": "link", "attrs": { "href": href } }] })
}

#[test]
fn a_link_leads_to_pages_only() {
    let mut bold = link("the page", "https://x.example/1");
    bold["marks"].as_array_mut().unwrap().push(json!({ "type": "strong" }));
    let pieces = paragraph(json!([words("See "), link("this, ", "https://x.example/1"), bold, words(".")]));
    assert_eq!(of(json!([pieces])), "See [this, *the page*|https://x.example/1].");
    let two = paragraph(json!([link("one", "https://x.example/1"), link("two", "https://x.example/2")]));
    assert_eq!(of(json!([two])), "[one|https://x.example/1][two|https://x.example/2]");
    let bare = paragraph(json!([link("https://x.example", "https://x.example/"), words(" too")]));
    assert_eq!(of(json!([bare])), "https://x.example too", "its words are its address");
    for href in [json!("javascript:alert(1)"), json!("mailto:ada@example.org"), json!(7), Value::Null] {
        let mut odd = link("here", "");
        odd["marks"][0]["attrs"]["href"] = href;
        assert_eq!(of(json!([paragraph(json!([odd]))])), "here", "no page");
    }
}

#[test]
fn a_text_is_a_text_and_nothing_is_nothing() {
    assert_eq!(text(&json!("h1. Wiki *markup*\r\n")).as_deref(), Some("h1. Wiki *markup*\r\n"), "as it came");
    assert_eq!(text(&Value::Null), None);
    assert_eq!(text(&json!([1])), None, "no description has this form");
    assert_eq!(of(json!([])), "");
}

#[test]
fn marks_stand_close_to_their_words() {
    let marked = |text: &str, marks: &[&str]| {
        let marks: Vec<Value> = marks.iter().map(|kind| json!({ "type": kind })).collect();
        json!({ "type": "text", "text": text, "marks": marks })
    };
    let line = paragraph(json!([
        words("a"),
        marked(" b ", &["strong"]),
        marked("c", &["em", "strong"]),
        marked("  ", &["em"]),
        marked("d e", &["code"]),
        marked("f", &["strike", "textColor"]),
        marked("g", &["underline"]),
    ]));
    assert_eq!(of(json!([line])), "a *b* *_c_*  {{d e}}-f-+g+");
}

#[test]
fn what_holds_nothing_leaves_no_mark() {
    let empty = |kind: &str| json!({ "type": kind, "content": [] });
    let kinds = ["heading", "blockquote", "panel", "bulletList", "table", "expand"];
    assert_eq!(of(kinds.map(empty).into_iter().collect()), "");
}

#[test]
fn paragraphs_and_headings_stand_apart() {
    let heading = json!({ "type": "heading", "attrs": { "level": 2 }, "content": [words("Why")] });
    let bold = json!({ "type": "text", "text": "very", "marks": [{ "type": "strong" }] });
    let body =
        paragraph(json!([words("It is "), bold, words(" slow."), { "type": "hardBreak" }, words("Très.")]));
    assert_eq!(
        of(json!([heading, body, paragraph(json!([])), { "type": "rule" }])),
        "h2. Why\n\nIt is *very* slow.\nTrès.\n\n----"
    );
}

#[test]
fn an_item_has_the_marks_of_its_lists() {
    let inner =
        json!({ "type": "bulletList", "content": [item(json!([paragraph(json!([words("inner")]))]))] });
    let outer = json!({ "type": "orderedList", "attrs": { "order": 9 }, "content": [
        item(json!([paragraph(json!([words("nine")])), inner])),
        item(json!([paragraph(json!([words("ten")])), paragraph(json!([words("more")]))])),
    ] });
    assert_eq!(of(json!([outer])), "# nine\n#* inner\n# ten\nmore");
    let task = |text| json!({ "type": "taskItem", "attrs": { "state": "DONE" }, "content": [words(text)] });
    let nested = json!({ "type": "taskList", "content": [task("below")] });
    let tasks = json!({ "type": "taskList", "content": [task("one"), nested, task("two")] });
    assert_eq!(of(json!([tasks])), "* [x] one\n** [x] below\n* [x] two");
}

#[test]
fn code_keeps_its_lines_and_a_quote_its_paragraphs() {
    let code = json!({ "type": "codeBlock", "attrs": { "language": "rust" }, "content": [words("fn x() {\n    y()\n}")] });
    let quote = json!({ "type": "blockquote", "content": [paragraph(json!([words("a")])), paragraph(json!([words("b")]))] });
    assert_eq!(
        of(json!([code, quote])),
        "{code:rust}\nfn x() {\n    y()\n}\n{code}\n\n{quote}\na\n\nb\n{quote}"
    );
}

#[test]
fn what_stands_in_a_line_is_what_a_person_sees_of_it() {
    let line = paragraph(json!([
        { "type": "mention", "attrs": { "id": "1", "text": "@Ada Lovelace" } },
        words(" "),
        { "type": "emoji", "attrs": { "shortName": ":tada:", "text": "🎉" } },
        { "type": "emoji", "attrs": { "shortName": ":own:" } },
        words(" see "),
        link("the page", "https://x.example"),
        words(" by "),
        { "type": "date", "attrs": { "timestamp": "1771372800000" } },
        words(" "),
        { "type": "status", "attrs": { "text": "In progress", "color": "blue" } },
        words(" "),
        { "type": "inlineCard", "attrs": { "url": "https://x.example/1" } },
    ]));
    assert_eq!(
        of(json!([line])),
        "@Ada Lovelace 🎉:own: see [the page|https://x.example] by 2026-02-18 In progress https://x.example/1"
    );
}

#[test]
fn a_row_of_a_table_is_a_line() {
    let cell = |kind: &str, text: &str| json!({ "type": kind, "content": [paragraph(json!([words(text)]))] });
    let two = json!({ "type": "tableCell", "content": [paragraph(json!([words("b")])), paragraph(json!([words("c")]))] });
    let table = json!({ "type": "table", "content": [
        { "type": "tableRow", "content": [cell("tableHeader", "Name"), cell("tableHeader", "Value")] },
        { "type": "tableRow", "content": [cell("tableCell", "a"), two] },
    ] });
    assert_eq!(of(json!([table])), "||Name||Value||\n|a|b c|");
}

#[test]
fn panels_and_what_can_be_folded_are_read() {
    let panel = json!({ "type": "panel", "attrs": { "panelType": "info" }, "content": [paragraph(json!([words("Note")]))] });
    let fold = json!({ "type": "expand", "attrs": { "title": "Log" }, "content": [paragraph(json!([words("line")]))] });
    let picture = json!({ "type": "mediaSingle", "content": [{ "type": "media", "attrs": { "id": "1", "alt": "a graph" } }] });
    assert_eq!(of(json!([panel, fold, picture])), "{panel}\nNote\n{panel}\n\n*Log*\nline\n\na graph");
}

#[test]
fn what_is_not_known_is_the_text_in_it() {
    let strange = json!({ "type": "hologram", "content": [paragraph(json!([words("one")])), paragraph(json!([words("two")]))] });
    let in_line =
        paragraph(json!([words("a "), { "type": "sparkle", "attrs": { "text": "b" } }, words(" c")]));
    assert_eq!(of(json!([strange, in_line, { "type": 7 }, 7, null])), "one\ntwo\n\na b c");
}

#[test]
fn a_document_without_bottom_has_an_end() {
    let mut deep = paragraph(json!([words("bottom")]));
    for _ in 0..300 {
        deep = json!({ "type": "blockquote", "content": [deep] });
    }
    assert_eq!(of(json!([words("top"), deep])), "top", "what lies deeper than anybody writes is left out");
}
