//! The one way to the services. [`ApiClient::send`] is the only function in PDT that sends a request: what it
//! may send where, how often it tries, how long it waits and what an answer means is decided here, and the
//! same for every service.
//!
//! - `policy` decides what an answer means; it is pure, and `limits` reads the limit headers for it.
//! - `client` does what was decided: sends, waits, follows redirects, and stops when told to.
//! - `page` walks lists page by page; `error` says in a sentence what went wrong; `redact` keeps secrets out
//!   of everything that is printed.
//!
//! Nothing outside this module names the HTTP library.

mod answer;
mod call;
mod certificates;
mod client;
mod error;
mod fault;
mod gate;
mod limits;
mod link;
mod page;
mod policy;
mod redact;
mod sentence;

pub use answer::Answer;
pub use call::Call;
pub use client::{ApiClient, ClientConfig, DEFAULT_IN_FLIGHT, Timing};
pub use error::{Kind, RemoteError};
pub use page::{Page, Pages};
