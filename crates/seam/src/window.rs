//! The window's end of the way: asks, and hears what has changed.

use std::collections::HashMap;

use futures::{SinkExt, StreamExt};
use pdt_engine::api::{ApiError, Code};
use serde_json::Value;
use serde_json::value::RawValue;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::{mpsc, oneshot};
use tokio_util::codec::{FramedRead, FramedWrite};

use crate::wire::{FromWindow, ToWindow, lines};

/// Asks the resident process. Cheap to clone; clones ask over the same way.
#[derive(Debug, Clone)]
pub struct Client {
    asked: mpsc::UnboundedSender<Asked>,
}

/// What the resident process says unasked.
#[derive(Debug)]
pub enum Push {
    /// Something for the web view.
    Event {
        /// The event's name.
        name: String,
        /// Its document, as JSON.
        payload: Box<RawValue>,
    },
    /// Come to the front.
    Focus,
    /// End: it was asked for, or the resident process is gone.
    Close,
}

enum Asked {
    Call { name: String, params: Value, answer: oneshot::Sender<Answer> },
    Closing,
}

/// A call's document as JSON, or an error as the web view takes it.
pub type Answer = Result<Box<RawValue>, Value>;

impl Client {
    /// A client over a way to the resident process, and what that says unasked. `work` is to be run as a task; it ends
    /// with the way, after a last [`Push::Close`].
    pub fn over<R, W>(
        from: R,
        to: W,
    ) -> (Self, mpsc::UnboundedReceiver<Push>, impl Future<Output = ()> + Send)
    where
        R: AsyncRead + Unpin + Send,
        W: AsyncWrite + Unpin + Send,
    {
        let (asked, to_ask) = mpsc::unbounded_channel();
        let (push, pushed) = mpsc::unbounded_channel();
        (Self { asked }, pushed, converse(from, to, to_ask, push))
    }

    /// A client without a resident process, because that could not start: every call fails with `error`, and closing
    /// closes. To be used as what [`Client::over`] gives.
    pub fn after(
        error: &ApiError,
    ) -> (Self, mpsc::UnboundedReceiver<Push>, impl Future<Output = ()> + Send + use<>) {
        let (asked, mut to_ask) = mpsc::unbounded_channel();
        let (push, pushed) = mpsc::unbounded_channel();
        let error = serde_json::to_value(error).unwrap_or_default();
        let work = async move {
            while let Some(Asked::Call { answer, .. }) = to_ask.recv().await {
                // Who asked may have stopped waiting.
                let _ = answer.send(Err(error.clone()));
            }
            let _ = push.send(Push::Close);
        };
        (Self { asked }, pushed, work)
    }

    /// Asks for something.
    ///
    /// # Errors
    /// The error's document, to be handed to the web view as it is.
    pub async fn call(&self, name: String, params: Value) -> Answer {
        let (answer, answered) = oneshot::channel();
        // Where the way has ended, the sender is dropped, and the next line tells.
        let _ = self.asked.send(Asked::Call { name, params, answer });
        answered.await.unwrap_or_else(|_| Err(gone()))
    }

    /// Says that the person wants to close the window. The answer comes as a [`Push`].
    ///
    /// # Errors
    /// [`ResidentIsGone`] where nobody hears it.
    pub fn closing(&self) -> Result<(), ResidentIsGone> {
        self.asked.send(Asked::Closing).map_err(|_| ResidentIsGone)
    }
}

/// The resident process has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResidentIsGone;

async fn converse<R, W>(
    from: R,
    to: W,
    mut to_ask: mpsc::UnboundedReceiver<Asked>,
    push: mpsc::UnboundedSender<Push>,
) where
    R: AsyncRead + Unpin + Send,
    W: AsyncWrite + Unpin + Send,
{
    let mut heard = FramedRead::new(from, lines());
    let mut said = FramedWrite::new(to, lines());
    let mut waiting: HashMap<u64, oneshot::Sender<Answer>> = HashMap::new();
    let mut last_id = 0;
    loop {
        tokio::select! {
            line = heard.next() => {
                let Some(Ok(line)) = line else { break };
                receive(&line, &mut waiting, &push);
            }
            asked = to_ask.recv() => {
                let Some(asked) = asked else { break };
                let message = match asked {
                    Asked::Closing => FromWindow::Closing,
                    Asked::Call { name, params, answer } => {
                        last_id += 1;
                        waiting.insert(last_id, answer);
                        FromWindow::Call { id: last_id, name, params }
                    }
                };
                let Ok(text) = serde_json::to_string(&message) else { continue };
                if said.send(text).await.is_err() {
                    break;
                }
            }
        }
    }
    let _ = push.send(Push::Close);
}

fn receive(
    line: &str,
    waiting: &mut HashMap<u64, oneshot::Sender<Answer>>,
    push: &mpsc::UnboundedSender<Push>,
) {
    // Who asked may have stopped waiting, and the window may be on its way out: neither is an error.
    match serde_json::from_str(line) {
        Ok(ToWindow::Answer { id, document }) => {
            let _ = waiting.remove(&id).map(|answer| answer.send(Ok(document)));
        }
        Ok(ToWindow::Failure { id, error }) => {
            let _ = waiting.remove(&id).map(|answer| answer.send(Err(error)));
        }
        Ok(ToWindow::Event { name, payload }) => {
            let _ = push.send(Push::Event { name, payload });
        }
        Ok(ToWindow::Focus) => {
            let _ = push.send(Push::Focus);
        }
        Ok(ToWindow::Close) => {
            let _ = push.send(Push::Close);
        }
        Err(_) => {
            tracing::warn!(bytes = line.len(), "the resident process said something that cannot be read")
        }
    }
}

fn gone() -> Value {
    let error =
        ApiError::new(Code::Service, "PDT has ended, and this window with it.").with_hint("Start PDT again.");
    serde_json::to_value(error).unwrap_or_default()
}
