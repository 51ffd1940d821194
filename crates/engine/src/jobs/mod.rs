//! The work of the two loops. Each has a folder of its own; what they share is how a run begins and ends
//! ([`run`]), how an account is asked ([`account`]), what went wrong ([`fault`]), what is left behind
//! ([`receipt`]), what a token lacks ([`lacks`]), and how commits are linked anew when other projects are known ([`links`]).

pub(crate) mod account;
pub(crate) mod commits;
pub(crate) mod fault;
pub(crate) mod jira;
pub(crate) mod lacks;
pub(crate) mod links;
pub(crate) mod receipt;
pub(crate) mod run;
