//! The messages on the way, one line of JSON each.

use pdt_engine::api::{ApiError, Code};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use tokio_util::codec::LinesCodec;

/// No message is longer, in bytes: the longest are lists of commits with their whole messages.
const LONGEST: usize = 256 << 20;

/// What the window says. It may hold a token, so that there is no `Debug`.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FromWindow {
    /// Asks for something.
    Call {
        /// Comes back with the answer.
        id: u64,
        /// One of [`crate::calls::COMMANDS`].
        name: String,
        /// An object with the call's parameters.
        params: Value,
    },
    /// The person wants to close the window.
    Closing,
}

/// What the resident process says.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ToWindow {
    /// The call went well.
    Answer {
        /// The call's.
        id: u64,
        /// Its document.
        document: Box<RawValue>,
    },
    /// The call failed.
    Failure {
        /// The call's.
        id: u64,
        /// An [`ApiError`].
        error: Value,
    },
    /// Something for the web view.
    Event {
        /// One of [`crate::typescript::EVENTS`].
        name: String,
        /// Its document.
        payload: Box<RawValue>,
    },
    /// Come to the front.
    Focus,
    /// End.
    Close,
}

/// Cuts and joins lines.
pub(crate) fn lines() -> LinesCodec {
    LinesCodec::new_with_max_length(LONGEST)
}

/// A document as JSON.
pub(crate) fn document(value: &impl Serialize) -> Result<Box<RawValue>, ApiError> {
    serde_json::value::to_raw_value(value)
        .map_err(|_| ApiError::new(Code::Service, "The answer could not be written down."))
}
