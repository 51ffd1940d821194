//! Descriptions as documents, which is how version 3 has them.
//! <https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/>

use serde_json::{Value, json};

/// A text with a paragraph for each block of lines, and a list where lines begin with `* `.
pub(super) fn document(text: &str) -> Value {
    let text = text.replace("\r\n", "\n");
    let content: Vec<Value> = text.split("\n\n").filter(|block| !block.is_empty()).map(block).collect();
    json!({ "version": 1, "type": "doc", "content": content })
}

fn block(block: &str) -> Value {
    let lines: Vec<&str> = block.lines().collect();
    let points: Option<Vec<&str>> = lines.iter().map(|line| line.strip_prefix("* ")).collect();
    match points {
        Some(points) => {
            let point = |text: &&str| json!({ "type": "listItem", "content": [paragraph(&[text])] });
            json!({ "type": "bulletList", "content": points.iter().map(point).collect::<Vec<_>>() })
        }
        None => paragraph(&lines),
    }
}

fn paragraph(lines: &[&str]) -> Value {
    let mut content = Vec::new();
    for line in lines {
        if !content.is_empty() {
            content.push(json!({ "type": "hardBreak" }));
        }
        // A text of no length is not allowed.
        if !line.is_empty() {
            content.push(json!({ "type": "text", "text": line }));
        }
    }
    json!({ "type": "paragraph", "content": content })
}
