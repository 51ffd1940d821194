//! What PDT holds of a Jira equals what the Jira says, after anything, at no more requests than promised.

mod changes;
mod requests;
mod whole;
