//! The desktop's notification service. What is sent to it goes out in the background, where nobody hears of a failure:
//! so it is asked first whether it is there.

use std::time::Duration;

use pdt_engine::api::ApiError;
use tokio::time::timeout;
use zbus::Connection;

/// The service's name and interface, and its path
/// (<https://specifications.freedesktop.org/notification-spec/latest/protocol.html>).
const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// How long it may take to start, where the bus starts it.
const PATIENCE: Duration = Duration::from_secs(10);

/// A service that answers.
#[derive(Debug, Clone, Copy)]
pub(super) enum Service {
    /// It shows a text as it is.
    Plain,
    /// It takes some characters for markup.
    Markup,
}

/// Asks what the service can do; the bus starts it where it does not run.
pub(super) async fn ready() -> Result<Service, ApiError> {
    let asked = timeout(PATIENCE, capabilities()).await;
    let capabilities = asked.map_err(|_| refused("it does not answer"))?.map_err(refused)?;
    let has_markup = capabilities.iter().any(|capability| capability == "body-markup");
    Ok(if has_markup { Service::Markup } else { Service::Plain })
}

async fn capabilities() -> zbus::Result<Vec<String>> {
    let connection = Connection::session().await?;
    let reply = connection.call_method(Some(NAME), PATH, Some(NAME), "GetCapabilities", &()).await?;
    reply.body().deserialize()
}

fn refused(cause: impl std::fmt::Display) -> ApiError {
    ApiError::desktop(format!("The desktop's notification service cannot be reached: {cause}."))
        .with_hint("The tray and the window tell the same.")
}

impl Service {
    /// A text that is shown as it is written, whatever others have put into it.
    pub(super) fn plain(self, text: &str) -> String {
        match self {
            Self::Plain => text.to_owned(),
            Self::Markup => text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_have_written_is_text_and_not_markup() {
        let text = "The board <b>A & B</b> refuses access.";
        assert_eq!(Service::Plain.plain(text), text, "this service knows no markup");
        assert_eq!(Service::Markup.plain(text), "The board &lt;b&gt;A &amp; B&lt;/b&gt; refuses access.");
    }
}
