//! The document for programs.

use serde::Serialize;

/// The value as one JSON document that ends with a line end.
pub(crate) fn document(value: &impl Serialize) -> anyhow::Result<String> {
    let mut text = serde_json::to_string_pretty(value)?;
    text.push('\n');
    Ok(text)
}
