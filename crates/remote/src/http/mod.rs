//! The one way to the services. [`ApiClient::send`] is the only function in PDT that sends a request: what it
//! may send where, how often it tries, how long it waits and what an answer means is decided here, and the
//! same for every service.
//!
//! - `verdict` says what one answer means, with `refusal` for the meanings of 403 and `limits` for the limit
//!   headers; `policy` decides what to do next. All of them are pure.
//! - `client` is what the rest of PDT sees, made of a `config`; `sender` does what was decided. `exchange` sends
//!   one request, `journey` keeps where a call stands, `gate` what the account's calls have to know of each
//!   other, `quota` how many more the service allows, `origin` where they may go, `credential` what they sign in with, `certificates` whom they trust,
//!   `fault` why no answer came.
//! - `page` walks lists page by page; `error` and `sentence` say what went wrong; `redact` keeps secrets out of
//!   everything that is printed.
//!
//! Nothing outside this module names the HTTP library.

mod answer;
mod call;
mod certificates;
mod client;
mod config;
mod credential;
mod error;
mod exchange;
mod fault;
mod gate;
mod journey;
mod limits;
mod link;
mod origin;
mod page;
mod policy;
mod quota;
mod redact;
mod refusal;
mod reply;
mod sender;
mod sentence;
mod verdict;

pub use answer::Answer;
pub use call::Call;
pub use client::ApiClient;
pub use config::{ClientConfig, DEFAULT_IN_FLIGHT, Timing};
pub use error::{Kind, RemoteError};
pub use page::{Page, Pages};
pub use quota::Quota;
