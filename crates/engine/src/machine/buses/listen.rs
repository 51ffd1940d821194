//! Listening to one bus. Nothing is waited for but the next message, so that no queue can run full behind an answer
//! that does not come.

use std::convert::Infallible;
use std::io;

use futures::TryStreamExt;
use zbus::connection::Builder;
use zbus::message::{Flags, Message};
use zbus::zvariant::DynamicType;
use zbus::{Address, Connection, Error, MatchRule, MessageStream};

/// Who makes sense of what a bus says.
pub(super) trait Listener: Send {
    /// What to say first: what to be told of ([`tell_of`]), and first questions.
    fn begin(&mut self) -> zbus::Result<Vec<Message>>;

    /// Takes a message, and says what to ask for then.
    fn hear(&mut self, message: &Message) -> zbus::Result<Option<Message>>;

    /// The bus is not heard any more.
    fn deaf(&mut self);
}

/// Listens until the bus ends. Without a bus there is nothing to hear, and that is all.
pub(super) async fn to(bus: &'static str, address: zbus::Result<Address>, mut listener: impl Listener) {
    let Err(error) = listen(bus, address, &mut listener).await;
    listener.deaf();
    tracing::info!(bus, %error, "the bus is not heard; what it tells of the machine stays unknown");
}

async fn listen(
    bus: &'static str,
    address: zbus::Result<Address>,
    listener: &mut impl Listener,
) -> zbus::Result<Infallible> {
    let connection = Builder::address(address?)?.internal_executor(false).build().await?;
    tokio::select! {
        end = converse(bus, &connection, listener) => end,
        never = work(&connection) => match never {},
    }
}

/// Does the connection's own work, for which it would start a thread.
async fn work(connection: &Connection) -> Infallible {
    loop {
        connection.executor().tick().await;
    }
}

async fn converse(
    bus: &'static str,
    connection: &Connection,
    listener: &mut impl Listener,
) -> zbus::Result<Infallible> {
    let mut messages = MessageStream::from(connection);
    for message in listener.begin()? {
        connection.send(&message).await?;
    }
    while let Some(message) = messages.try_next().await? {
        match listener.hear(&message) {
            Ok(Some(question)) => connection.send(&question).await?,
            Ok(None) => {}
            // One message that cannot be read is no reason to be deaf to the next.
            Err(error) => tracing::debug!(bus, %error, "a message of the bus is passed over"),
        }
    }
    Err(Error::from(io::Error::from(io::ErrorKind::BrokenPipe)))
}

/// Asks the bus to be told what fits the rule. That starts no service.
pub(super) fn tell_of(rule: &MatchRule<'_>) -> zbus::Result<Message> {
    question("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "AddMatch", rule)
}

/// A call of a method. A service that does not run is not started for it.
pub(super) fn question<B>(
    service: &str,
    path: &str,
    interface: &str,
    method: &str,
    arguments: &B,
) -> zbus::Result<Message>
where
    B: serde::Serialize + DynamicType,
{
    Message::method_call(path, method)?
        .destination(service)?
        .interface(interface)?
        .with_flags(Flags::NoAutoStart)?
        .build(arguments)
}
