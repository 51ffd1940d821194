//! The fakes behave as the services do: each rule, asked over a real socket.

#[cfg(test)]
mod client;
#[cfg(test)]
mod demo;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod git;
#[cfg(test)]
mod github;
#[cfg(test)]
mod github_graphql;
#[cfg(test)]
mod github_headers;
#[cfg(test)]
mod gitlab;
#[cfg(test)]
mod gitlab_lists;
#[cfg(test)]
mod jira_cards;
#[cfg(test)]
mod jira_changelogs;
#[cfg(test)]
mod jira_entry;
#[cfg(test)]
mod jira_faults;
#[cfg(test)]
mod jira_lists;
#[cfg(test)]
mod jira_search;
#[cfg(test)]
mod jira_site;
#[cfg(test)]
mod jira_world;
