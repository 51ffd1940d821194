//! The tables: one file each, with the type of its row and all SQL that is about it.

mod accounts;
mod branches;
mod commit_branches;
mod commit_graph;
mod commit_links;
mod commit_list;
mod commits;
mod jira_projects;
mod profiles;
mod repositories;
mod runs;
mod settings;
mod validators;

pub use accounts::{Account, AccountState, NewAccount, Standing};
pub use branches::{Branch, BranchEvent, BranchEventKind, Movement, RecordTip};
pub use commit_graph::GraphNode;
pub use commit_list::{CommitFilter, ListedCommit};
pub use commits::{FoundCommit, StoredPage, UnnamedCommit};
pub use profiles::Profile;
pub use repositories::{NewRepository, Repository};
pub use runs::{FinishedRun, Run};
pub use settings::PRINT_SALT;
