//! A fake service on a real socket, whichever it is: what all of them have in common.

pub(crate) mod asked;
mod basic;
mod changed;
pub(crate) mod page;
pub(crate) mod reply;
mod serve;
pub(crate) mod shelf;
mod socket;
pub(crate) mod tokens;

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use anyhow::Result;
use chrono::{DateTime, Utc};
use tokio::runtime::Runtime;

pub use asked::Asked;
pub use reply::Reply;

use crate::faults::{Fault, Happened, Refusal};
use crate::git::GitRepo;
use crate::recorded::Recorded;
use serve::Core;
use shelf::Shelf;
use tokens::{Allowance, NewToken, Tokens};

/// How long the answers that are being made when a fake ends may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// What a fake service knows: its repositories and its people.
#[derive(Debug, Default)]
pub struct Realm {
    pub(crate) shelf: Shelf,
    pub(crate) tokens: Tokens,
}

/// How one kind of service speaks. Only this crate's own services implement it usefully.
pub trait Service: Send + Sync + 'static {
    /// What it knows.
    fn realm(&self) -> &Realm;
    /// The right answer. May block: it is called on a thread of its own.
    fn answer(&self, asked: &Asked) -> Reply;
    /// A refusal in its own words.
    fn refuse(&self, asked: &Asked, refusal: &Refusal) -> Reply;
    /// The path's segments below the API's prefix, with the repository's name in place of its number.
    fn route(&self, asked: &Asked) -> Vec<String>;
}

/// A running fake service. It lives on threads of its own, so that a test may block or use any runtime, and
/// ends when it is dropped.
pub struct Fake<S: Service> {
    core: Arc<Core<S>>,
    /// Taken when dropped; always there before.
    runtime: Option<Runtime>,
}

impl<S: Service> Fake<S> {
    pub(crate) fn run(service: S) -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("pdt-testkit")
            .enable_all()
            .build()?;
        let core = serve::start(&runtime, service)?;
        Ok(Self { core, runtime: Some(runtime) })
    }

    pub(crate) fn service(&self) -> &S {
        &self.core.service
    }

    /// `http://127.0.0.1:PORT`, without a slash at its end: the base URL that a person would give.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.core.url
    }

    /// Serves `repo` as `full_name`: `owner/name`, at GitLab with any depth of groups. Returns its number.
    pub fn add_repository(&self, full_name: &str, repo: &GitRepo) -> u64 {
        self.service().realm().shelf.add(full_name, repo)
    }

    /// Renames or moves a repository; its old name then redirects to its number.
    pub fn rename_repository(&self, old: &str, new: &str) {
        self.service().realm().shelf.rename(old, new);
    }

    /// Removes a repository for everybody: 404 from now on.
    pub fn remove_repository(&self, full_name: &str) {
        self.service().realm().shelf.remove(full_name);
    }

    /// Shows a repository to this login (and to those named before) only: 404 for all others.
    pub fn limit_repository_to(&self, full_name: &str, login: &str) {
        self.service().realm().shelf.limit_to(full_name, login);
    }

    /// Makes a token known.
    pub fn add_token(&self, token: NewToken) {
        self.service().realm().tokens.add(token);
    }

    /// Refuses this token from now on.
    pub fn revoke_token(&self, token: &str) {
        self.service().realm().tokens.revoke(token);
    }

    /// Leaves a login this many requests until `reset`; the next one after them is refused as limited.
    pub fn set_remaining(&self, login: &str, remaining: u64, reset: DateTime<Utc>) {
        let allowance = Allowance { limit: 5000.max(remaining), remaining, reset };
        self.service().realm().tokens.set_allowance(login, allowance);
    }

    /// Orders a fault; the answer tells how often it has happened.
    pub fn order(&self, fault: Fault) -> Happened {
        self.core.faults.order(fault)
    }

    /// Forgets all ordered faults.
    pub fn clear_faults(&self) {
        self.core.faults.clear();
    }

    /// Lets every answer take this much longer from now on, as a network would.
    pub fn latency(&self, latency: Duration) {
        let millis = u64::try_from(latency.as_millis()).unwrap_or(u64::MAX);
        self.core.latency_millis.store(millis, Ordering::SeqCst);
    }

    /// All requests since the start or the last [`reset_requests`](Self::reset_requests), in the order of
    /// their arrival.
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        self.core.log.all()
    }

    /// The same, a line each: `GET /repos/acme/widgets/commits?page=2 200`.
    #[must_use]
    pub fn request_lines(&self) -> Vec<String> {
        self.requests().iter().map(ToString::to_string).collect()
    }

    /// Forgets the requests so far.
    pub fn reset_requests(&self) {
        self.core.log.clear();
    }
}

impl<S: Service> Drop for Fake<S> {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // On a thread of its own, since waiting is not allowed where the test itself is asynchronous. Waited for
            // it must be: tasks that outlive the process's end would leave the folders of their repositories behind.
            let ending = std::thread::spawn(move || runtime.shutdown_timeout(PATIENCE));
            // It cannot fail; and if it did, only a folder would stay.
            let _ = ending.join();
        }
    }
}

impl<S: Service> std::fmt::Debug for Fake<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fake").field("url", &self.core.url).finish_non_exhaustive()
    }
}
