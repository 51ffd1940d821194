//! What PDT holds of a Jira equals what the Jira says, after anything, at no more requests than promised.

mod canary;
mod changes;
mod interrupted;
mod links;
mod outcomes;
mod requests;
mod sites;
mod whole;
mod zones;
