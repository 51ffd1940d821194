//! PDT's values, identities and rules. Nothing here does input or output, and nothing is async: whoever
//! holds these values decides where they come from and where they go.

pub mod address;
pub mod burndown;
pub mod card_key;
pub mod commit;
pub mod duration;
pub mod graph;
pub mod ids;
pub mod jira;
pub mod provider;
pub mod quiet_hours;
pub mod run;
pub mod search;
pub mod secret;
pub mod suggestion;
pub mod theme;
pub mod words;
