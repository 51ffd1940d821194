//! The session bus: whether the keychain is there, and whether its lock may have changed. The keychain itself is asked
//! nothing, since a question could start it.
//!
//! GNOME Keyring tells of a lock twice, by `CollectionChanged` and by the collection's property `Locked`; the Secret
//! Service's specification leaves it to each service. What is stored or read is told in other ways, and passed over.

use zbus::message::Message;

use super::super::teller::Teller;
use super::listen::{Listener, tell_of};
use super::signals::{self, Changed};

const NAME: &str = "org.freedesktop.secrets";
const SERVICE: &str = "org.freedesktop.Secret.Service";
const COLLECTION: &str = "org.freedesktop.Secret.Collection";
const LOCKED: &str = "Locked";

/// Hears of the keychain.
pub(super) struct Keychain<'t> {
    teller: &'t Teller,
}

impl<'t> Keychain<'t> {
    pub(super) fn new(teller: &'t Teller) -> Self {
        Self { teller }
    }
}

impl Listener for Keychain<'_> {
    fn begin(&mut self) -> zbus::Result<Vec<Message>> {
        Ok(vec![
            tell_of(&signals::of_owner(NAME)?)?,
            tell_of(&signals::of(NAME)?.interface(SERVICE)?.build())?,
            tell_of(&signals::of_properties(NAME, COLLECTION)?.build())?,
        ])
    }

    fn hear(&mut self, message: &Message) -> zbus::Result<Option<Message>> {
        if is_news(message)? {
            self.teller.keychain();
        }
        Ok(None)
    }

    fn deaf(&mut self) {}
}

/// Whether a token that was out of reach may be within it now, or the other way round.
fn is_news(message: &Message) -> zbus::Result<bool> {
    if signals::is_owner(message) {
        let owner = signals::owner(message)?;
        return Ok(owner.name == NAME && owner.is_there);
    }
    if signals::is_properties(message) {
        let body = message.body();
        let (_interface, changed, untold): Changed<'_> = body.deserialize()?;
        return Ok(changed.contains_key(LOCKED) || untold.contains(&LOCKED));
    }
    Ok(signals::is_of(message, SERVICE))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use zbus::zvariant::{DynamicType, Value};

    use super::*;

    fn news<B: serde::Serialize + DynamicType>(interface: &str, member: &str, body: &B) -> bool {
        let path = "/org/freedesktop/secrets/collection/login";
        is_news(&Message::signal(path, interface, member).unwrap().build(body).unwrap()).unwrap()
    }

    fn properties(changed: &[(&str, Value<'_>)], untold: &[&str]) -> bool {
        let changed: HashMap<&str, &Value<'_>> = changed.iter().map(|(name, value)| (*name, value)).collect();
        news(signals::PROPERTIES, "PropertiesChanged", &(COLLECTION, changed, untold))
    }

    #[test]
    fn what_is_stored_or_deleted_is_no_news() {
        let item = zbus::zvariant::ObjectPath::from_static_str_unchecked(
            "/org/freedesktop/secrets/collection/login/1",
        );
        assert!(!news(COLLECTION, "ItemCreated", &(&item,)), "or each token that is stored would be");
        assert!(!news(COLLECTION, "ItemDeleted", &(&item,)), "likewise");
        assert!(!properties(&[("Items", Value::from(vec![&item]))], &[]), "and so the list of them");
    }

    #[test]
    fn a_lock_that_changes_is_news_however_it_is_told() {
        assert!(properties(&[("Locked", Value::from(true))], &[]), "it is locked");
        assert!(
            properties(&[("Label", Value::from("Login")), ("Locked", Value::from(false))], &[]),
            "it is open"
        );
        assert!(properties(&[], &["Locked"]), "it is one or the other");
        let collection = zbus::zvariant::ObjectPath::from_static_str_unchecked("/org/freedesktop/secrets/x");
        assert!(news(SERVICE, "CollectionChanged", &(&collection,)), "something is different");
        assert!(news(SERVICE, "CollectionCreated", &(&collection,)), "there is a place for tokens now");
    }

    #[test]
    fn a_keychain_that_comes_is_news_and_one_that_goes_is_not() {
        let owner =
            |name: &str, new: &str| news("org.freedesktop.DBus", "NameOwnerChanged", &(name, ":1.4", new));
        assert!(owner(NAME, ":1.7"), "it is there, or another one is");
        assert!(!owner(NAME, ""), "a token is not to be had now, and nothing is to be tried");
        assert!(!owner("org.example", ":1.7"), "somebody else");
    }
}
