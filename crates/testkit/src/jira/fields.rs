//! Which fields of a card were asked for.

use serde_json::{Map, Value};

use super::Call;

/// Which fields of a card were asked for.
#[derive(Debug, Clone)]
pub(super) enum Fields {
    All,
    AllBut(Vec<String>),
    These(Vec<String>),
}

impl Fields {
    /// `fields` of the query, which may stand there several times; all where nothing is said.
    pub(super) fn of_query(call: &Call<'_>) -> Self {
        let said = call.asked.query.iter().filter(|(name, _)| name == "fields");
        let names: Vec<String> =
            said.flat_map(|(_, list)| list.split(',').map(|name| name.trim().to_owned())).collect();
        if names.is_empty() { Self::All } else { Self::named(names) }
    }

    pub(super) fn named(names: Vec<String>) -> Self {
        let names: Vec<String> = names.into_iter().filter(|name| !name.is_empty()).collect();
        let without: Vec<String> =
            names.iter().filter_map(|name| name.strip_prefix('-')).map(str::to_owned).collect();
        let is_all = |name: &String| name == "*all" || name == "*navigable";
        match (without.is_empty(), names.iter().any(is_all)) {
            (false, _) => Self::AllBut(without),
            (true, true) => Self::All,
            (true, false) => Self::These(names),
        }
    }

    /// Whether nothing but identities was asked for, which makes for long pages.
    pub(super) fn are_identities(&self) -> bool {
        match self {
            Self::All | Self::AllBut(_) => false,
            Self::These(names) => names.iter().all(|name| name == "id" || name == "key"),
        }
    }

    pub(super) fn names_key(&self) -> bool {
        match self {
            Self::All | Self::AllBut(_) => true,
            Self::These(names) => names.iter().any(|name| name != "id"),
        }
    }

    pub(super) fn keep(&self, call: &Call<'_>, fields: &mut Map<String, Value>) {
        if call.settings().ignores_fields {
            return;
        }
        match self {
            Self::All => {}
            Self::AllBut(names) => fields.retain(|name, _| !names.contains(name)),
            Self::These(names) => fields.retain(|name, _| names.contains(name)),
        }
    }
}
