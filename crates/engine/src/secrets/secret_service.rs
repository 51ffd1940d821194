//! Asks the Secret Service how it stands before the store is used.
//!
//! The store's search unlocks what it finds locked: it raises a window and blocks until somebody answers. So the
//! gate looks first, with calls that ask nobody, and says in time what is in the way.
//!
//! The interface: <https://specifications.freedesktop.org/secret-service/latest/>.

use std::collections::HashMap;
use std::io;
use std::time::Duration;

use zbus::blocking::connection::Builder;
use zbus::blocking::fdo::DBusProxy;
use zbus::blocking::{Connection, MessageIterator};
use zbus::message::{Message, Type};
use zbus::zvariant::{DynamicType, ObjectPath, OwnedObjectPath, OwnedValue, Value};
use zbus::{Error, MatchRule};

use super::keychain::{EntryName, Failure, SERVICE};

const NAME: &str = "org.freedesktop.secrets";
const PATH: &str = "/org/freedesktop/secrets";
const SERVICE_INTERFACE: &str = "org.freedesktop.Secret.Service";
const COLLECTION_INTERFACE: &str = "org.freedesktop.Secret.Collection";
const PROMPT_INTERFACE: &str = "org.freedesktop.Secret.Prompt";

/// The bus itself, and its signal that a name has a new owner, or none.
const BUS: &str = "org.freedesktop.DBus";
const OWNER_CHANGED: &str = "NameOwnerChanged";

/// What the service gives in the place of a path where there is none.
const NONE: &str = "/";

/// How long one answer of the service is waited for, so that the thread of a call that nobody waits for any more
/// ends. Starting the service, which the bus does on demand, is part of it.
const ANSWER: Duration = Duration::from_millis(1800);

/// A connection to the session bus, used to look at the Secret Service.
pub(super) struct Gate {
    bus: Connection,
}

impl Gate {
    /// Connects to the session bus. Whatever is wrong with the bus, to the person there is no keychain.
    pub(super) fn connect() -> Result<Self, Failure> {
        let bus = Builder::session().and_then(|builder| builder.method_timeout(ANSWER).build());
        bus.map(|bus| Self { bus }).map_err(|_| no_service())
    }

    /// Fails where looking for the entry would ask the person.
    ///
    /// Some services (KWallet) show nothing of a locked collection: an entry that is not to be seen while the
    /// default collection is locked counts as locked, not as missing.
    pub(super) fn before_reading(&self, entry: &EntryName) -> Result<(), Failure> {
        let found = self.search(entry)?;
        if !found.locked.is_empty() {
            return Err(Failure::locked());
        }
        match self.default_collection()? {
            Some(collection) if found.unlocked.is_empty() => self.must_be_unlocked(&collection),
            _ => Ok(()),
        }
    }

    /// Fails where storing the entry would ask the person, or where there is nothing to store it in.
    pub(super) fn before_writing(&self, entry: &EntryName) -> Result<(), Failure> {
        let found = self.search(entry)?;
        if !found.locked.is_empty() {
            return Err(Failure::locked());
        }
        if !found.unlocked.is_empty() {
            return Ok(());
        }
        let collection = self.default_collection()?.ok_or_else(no_collection)?;
        self.must_be_unlocked(&collection)
    }

    /// Has the service ask the person to unlock the default collection, or to make it, and waits for the answer.
    pub(super) fn unlock(&self) -> Result<(), Failure> {
        let prompt = match self.default_collection()? {
            Some(collection) => self.unlocking(&collection)?,
            None => self.making()?,
        };
        if prompt.as_str() == NONE { Ok(()) } else { self.answered(&prompt) }
    }

    fn search(&self, entry: &EntryName) -> Result<Found, Failure> {
        let attributes = HashMap::from([("service", SERVICE), ("username", entry.as_str())]);
        let reply = self.call(PATH, SERVICE_INTERFACE, "SearchItems", &(attributes,))?;
        let (unlocked, locked) = body(&reply)?;
        Ok(Found { unlocked, locked })
    }

    fn default_collection(&self) -> Result<Option<OwnedObjectPath>, Failure> {
        let reply = self.call(PATH, SERVICE_INTERFACE, "ReadAlias", &("default",))?;
        let path: OwnedObjectPath = body(&reply)?;
        Ok((path.as_str() != NONE).then_some(path))
    }

    fn must_be_unlocked(&self, collection: &ObjectPath<'_>) -> Result<(), Failure> {
        let properties = "org.freedesktop.DBus.Properties";
        let reply = self.call(collection.as_str(), properties, "Get", &(COLLECTION_INTERFACE, "Locked"))?;
        let locked: OwnedValue = body(&reply)?;
        match bool::try_from(locked) {
            Ok(false) => Ok(()),
            Ok(true) => Err(Failure::locked()),
            Err(error) => Err(Failure::broken(error.to_string())),
        }
    }

    fn unlocking(&self, collection: &ObjectPath<'_>) -> Result<OwnedObjectPath, Failure> {
        let reply = self.call(PATH, SERVICE_INTERFACE, "Unlock", &(vec![collection],))?;
        let (_unlocked, prompt): (Vec<OwnedObjectPath>, OwnedObjectPath) = body(&reply)?;
        Ok(prompt)
    }

    fn making(&self) -> Result<OwnedObjectPath, Failure> {
        let label = HashMap::from([("org.freedesktop.Secret.Collection.Label", Value::from("Login"))]);
        let reply = self.call(PATH, SERVICE_INTERFACE, "CreateCollection", &(label, "default"))?;
        let (_collection, prompt): (OwnedObjectPath, OwnedObjectPath) = body(&reply)?;
        Ok(prompt)
    }

    /// Shows the prompt and blocks until it is answered, or until its service is gone from the bus.
    fn answered(&self, prompt: &ObjectPath<'_>) -> Result<(), Failure> {
        let messages = self.listen(prompt).map_err(|error| failure(&error))?;
        self.call(prompt.as_str(), PROMPT_INTERFACE, "Prompt", &("",))?;
        for message in messages {
            if let Some(end) = end_of_prompt(&message.map_err(|error| failure(&error))?, prompt) {
                return end;
            }
        }
        Err(no_service())
    }

    /// What the bus sends us from now on, the prompt's answer and the end of its service included.
    fn listen(&self, prompt: &ObjectPath<'_>) -> Result<MessageIterator, Error> {
        let signal = || MatchRule::builder().msg_type(Type::Signal);
        let answer = signal().interface(PROMPT_INTERFACE)?.path(prompt.to_owned())?.build();
        let owner = signal().sender(BUS)?.member(OWNER_CHANGED)?.arg(0, NAME)?.build();
        let bus = DBusProxy::new(&self.bus)?;
        bus.add_match_rule(answer)?;
        bus.add_match_rule(owner)?;
        Ok(MessageIterator::from(&self.bus))
    }

    fn call<B>(&self, path: &str, interface: &str, method: &str, arguments: &B) -> Result<Message, Failure>
    where
        B: serde::Serialize + DynamicType,
    {
        self.bus
            .call_method(Some(NAME), path, Some(interface), method, arguments)
            .map_err(|error| failure(&error))
    }
}

/// The entries that a search found.
struct Found {
    unlocked: Vec<OwnedObjectPath>,
    locked: Vec<OwnedObjectPath>,
}

/// How the prompt ended, where this message tells it.
fn end_of_prompt(message: &Message, prompt: &ObjectPath<'_>) -> Option<Result<(), Failure>> {
    let header = message.header();
    match header.member()?.as_str() {
        "Completed" if header.path() == Some(prompt) => {
            let answer: Result<(bool, OwnedValue), _> = body(message);
            Some(answer.and_then(|(dismissed, _)| if dismissed { Err(Failure::refused()) } else { Ok(()) }))
        }
        OWNER_CHANGED => {
            let (_name, _old, new): (String, String, String) = body(message).ok()?;
            new.is_empty().then(|| Err(no_service()))
        }
        _ => None,
    }
}

fn body<T>(message: &Message) -> Result<T, Failure>
where
    T: for<'d> zbus::zvariant::DynamicDeserialize<'d>,
{
    message.body().deserialize().map_err(|error| failure(&error))
}

fn no_service() -> Failure {
    Failure::absent("There is no keychain in this session")
}

fn no_collection() -> Failure {
    Failure::absent("The keychain has no keyring yet that could hold a token")
}

/// A lost bus and no service are absent; what the two answer is told apart by the name of the error.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "zbus may learn new errors, and no one here tells them apart"
)]
fn failure(error: &Error) -> Failure {
    match error {
        Error::InputOutput(cause) if cause.kind() == io::ErrorKind::TimedOut => Failure::late(),
        Error::InputOutput(_) => no_service(),
        Error::MethodError(name, _, _) => failure_named(name.as_str()),
        other => Failure::broken(other.to_string()),
    }
}

/// The names are those of the D-Bus specification and of the Secret Service's.
fn failure_named(name: &str) -> Failure {
    match name.strip_prefix("org.freedesktop.DBus.Error.").unwrap_or(name) {
        "ServiceUnknown" | "NameHasNoOwner" | "NoReply" | "Disconnected" => no_service(),
        spawning if spawning.starts_with("Spawn.") => no_service(),
        "Timeout" | "TimedOut" => Failure::late(),
        "AccessDenied" => Failure::refused(),
        "org.freedesktop.Secret.Error.IsLocked" => Failure::locked(),
        other => Failure::broken(format!("it answered {other}")),
    }
}
