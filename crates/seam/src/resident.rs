//! The resident process's end of the way: answers calls, and tells what has changed.

use std::time::Duration;

use futures::stream::{self, Stream};
use futures::{SinkExt, StreamExt};
use pdt_engine::api::{ApiError, ClosingChoice};
use serde::Serialize;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_util::codec::{FramedRead, FramedWrite};

use crate::calls::{self, Host};
use crate::typescript::{ASK_CLOSING, CHANGED, LIVE, NAVIGATE};
use crate::wire::{FromWindow, ToWindow, document, lines};

/// The pause between two pictures of a running sync: quicker than anybody can read is of no use.
const LIVE_PAUSE: Duration = Duration::from_millis(100);

/// What the resident process wants of the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// Come to the front.
    Focus,
    /// Show the view with this address, as in `#/accounts`.
    Navigate(String),
    /// End.
    Close,
}

/// Serves one window until it ends, or until it was told to. Calls that are still going then are given up; running syncs go on, because the
/// supervisor owns them.
///
/// # Errors
/// A way that broke in the middle of a message; a database that cannot be read.
pub async fn serve<R, W>(
    from: R,
    to: W,
    host: Host,
    orders: &mut UnboundedReceiver<Order>,
) -> anyhow::Result<()>
where
    R: AsyncRead + Unpin,
    W: AsyncWrite + Unpin,
{
    let mut heard = FramedRead::new(from, lines());
    let mut said = FramedWrite::new(to, lines());
    let mut live = std::pin::pin!(pictures(host.supervisor.live()));
    let mut changes = host.engine.changes().await?;
    let mut answers = JoinSet::new();
    loop {
        let message = tokio::select! {
            line = heard.next() => match line {
                Some(line) => receive(&line?, &host, &mut answers).await,
                None => return Ok(()),
            },
            Some(answer) = answers.join_next() => answer.ok(),
            Some(order) = orders.recv() => Some(obey(order)),
            Some(picture) = live.next() => Some(picture),
            Ok(()) = changes.next() => event(CHANGED, &()),
        };
        let Some(message) = message else { continue };
        if let Ok(text) = serde_json::to_string(&message) {
            said.send(text).await?;
        }
        // What is ordered from now on is for the next window.
        if matches!(message, ToWindow::Close) {
            return Ok(());
        }
    }
}

/// Takes what the window says; the answer to a call comes later.
async fn receive(line: &str, host: &Host, answers: &mut JoinSet<ToWindow>) -> Option<ToWindow> {
    match serde_json::from_str(line) {
        Ok(FromWindow::Call { id, name, params }) => {
            let host = host.clone();
            answers.spawn(async move {
                match calls::answer(&host, &name, params).await {
                    Ok(document) => ToWindow::Answer { id, document },
                    Err(error) => failure(id, &error),
                }
            });
            None
        }
        Ok(FromWindow::Closing) => closing(host).await,
        Err(_) => {
            tracing::warn!(bytes = line.len(), "the window said something that cannot be read");
            None
        }
    }
}

fn failure(id: u64, error: &ApiError) -> ToWindow {
    ToWindow::Failure { id, error: serde_json::to_value(error).unwrap_or_default() }
}

/// With a tray, closing the window closes the window. Without one, the person has said what it means, or is asked.
async fn closing(host: &Host) -> Option<ToWindow> {
    if host.desktop.has_tray() {
        return Some(ToWindow::Close);
    }
    match host.engine.closing_choice().await {
        Ok(Some(ClosingChoice::Stay)) => Some(ToWindow::Close),
        Ok(Some(ClosingChoice::Quit)) => {
            host.desktop.quit();
            None
        }
        Ok(None) => event(ASK_CLOSING, &()),
        Err(error) => {
            tracing::warn!(%error, "what closing means could not be looked up");
            Some(ToWindow::Close)
        }
    }
}

fn obey(order: Order) -> ToWindow {
    match order {
        Order::Focus => ToWindow::Focus,
        Order::Navigate(route) => event(NAVIGATE, &route).unwrap_or(ToWindow::Focus),
        Order::Close => ToWindow::Close,
    }
}

/// Pictures of what is running, each as it is when the last one has been seen for long enough.
fn pictures<T: Clone + Serialize>(live: watch::Receiver<T>) -> impl Stream<Item = ToWindow> {
    stream::unfold(live, |mut live| async move {
        tokio::time::sleep(LIVE_PAUSE).await;
        live.changed().await.ok()?;
        let picture = live.borrow_and_update().clone();
        Some((event(LIVE, &picture), live))
    })
    .filter_map(std::future::ready)
}

fn event(name: &str, payload: &impl Serialize) -> Option<ToWindow> {
    let payload = document(payload).ok()?;
    Some(ToWindow::Event { name: name.to_owned(), payload })
}
