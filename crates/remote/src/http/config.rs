//! What an account's client is made of.

use std::path::PathBuf;
use std::time::Duration;

use pdt_domain::provider::Provider;
use pdt_domain::secret::Token;
use tokio_util::sync::CancellationToken;
use url::Url;

/// How many requests of one account may be under way at once. GitHub recommends one after the other and bears
/// a hundred; four hide the network's delay and stay far from any limit.
/// <https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api>
pub const DEFAULT_IN_FLIGHT: usize = 4;

/// How long things may take and how often they are tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timing {
    /// To open a connection: 10 seconds.
    pub connect: Duration,
    /// Between two pieces of an answer, and before the first: 30 seconds.
    pub read: Duration,
    /// For a call with all its tries, without the waits that the service asked for: 120 seconds.
    pub total: Duration,
    /// The wait before the second try; it doubles with each: 500 milliseconds.
    pub first_backoff: Duration,
    /// How often a call is tried in all: 4.
    pub tries: u32,
    /// The longest wait for a service that one call waits, in all: 60 seconds.
    pub longest_wait: Duration,
    /// The wait for a limit that names no time: a minute, and longer each time.
    pub unnamed_wait: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            read: Duration::from_secs(30),
            total: Duration::from_secs(120),
            first_backoff: Duration::from_millis(500),
            tries: 4,
            longest_wait: Duration::from_secs(60),
            unnamed_wait: Duration::from_secs(60),
        }
    }
}

/// What an account's client is made of.
#[derive(Debug, Clone)]
pub struct ClientConfig {
    /// The account's name, for sentences.
    pub account: String,
    /// Which service it is at.
    pub provider: Provider,
    /// Where that service's API begins: `https://api.github.com`, `https://gitlab.example/api/v4`.
    pub api_root: Url,
    /// The e-mail address to sign in with, together with the token: Jira Cloud. `None`: the token alone.
    pub login: Option<String>,
    /// Its token.
    pub token: Token,
    /// Salt of the token's fingerprint, chosen once for a database.
    pub print_salt: String,
    /// PEM files with certificates to trust in addition to the system's.
    pub certificates: Vec<PathBuf>,
    /// Ends every wait and every transfer at once.
    pub cancel: CancellationToken,
    /// Time limits and tries.
    pub timing: Timing,
    /// How many requests may be under way at once: [`DEFAULT_IN_FLIGHT`]. Zero counts as one.
    pub in_flight: usize,
}
