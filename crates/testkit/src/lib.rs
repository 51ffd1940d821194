//! The far end for tests and for the demo: a fake GitHub and a fake GitLab on real sockets, which serve any
//! git repository on disk as the real services would, errors and limits included; and a fake [`jira`], Cloud or
//! Data Center, which tells of a made-up [`World`].
//!
//! The `git` program is the source of truth. A repository is asked for its refs at every request, so whatever
//! changes it (a [`git::GitRepo`], a person, a push) is seen at once; its commits are kept in memory, because
//! they never change.
//!
//! For what needs a desktop, [`stage`] gives a test one of its own, with a real bus, keychain, display and tray.
//!
//! How the services behave comes from their documentation and from recorded answers; each rule stands as a
//! test in `tests/`. Development only: nothing that is shipped depends on this crate.

pub mod bystander;
pub mod demo;
mod dice;
pub mod far;
pub mod faults;
pub mod gate;
pub mod git;
pub mod github;
pub mod gitlab;
pub mod jira;
pub mod recorded;
#[cfg(target_os = "linux")]
pub mod stage;

pub use bystander::Bystander;
pub use demo::DemoWorld;
pub use dice::Dice;
pub use far::Fake;
pub use far::tokens::NewToken;
pub use faults::Fault;
pub use gate::Gate;
pub use git::{GitRepo, NewCommit, Plan};
pub use github::{FakeGithub, GithubSettings};
pub use gitlab::{FakeGitlab, GitlabSettings};
pub use jira::{FakeJira, JiraSettings, World};
pub use recorded::Recorded;
#[cfg(target_os = "linux")]
pub use stage::Stage;
