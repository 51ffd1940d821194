//! Git repositories on disk: built by tests, read by the fakes, and asked for the truth.

pub(crate) mod history;
mod new_commit;
mod plan;
mod program;
mod repo;
mod truth;
pub(crate) mod walk;
pub(crate) mod watched;

pub use new_commit::{NewCommit, Person};
pub use plan::Plan;
pub use repo::GitRepo;
pub use walk::Since;
