//! The signals that are the same for every service: it has come or gone, its properties have changed.

use std::collections::HashMap;

use zbus::MatchRule;
use zbus::match_rule::Builder;
use zbus::message::{Message, Type};
use zbus::zvariant::Value;

/// The bus itself.
const BUS: &str = "org.freedesktop.DBus";
const OWNER_CHANGED: &str = "NameOwnerChanged";
/// The interface behind which every service keeps its properties.
pub(super) const PROPERTIES: &str = "org.freedesktop.DBus.Properties";
const PROPERTIES_CHANGED: &str = "PropertiesChanged";

/// A service that comes or goes.
pub(super) struct Owner {
    pub(super) name: String,
    pub(super) is_there: bool,
}

/// Properties of an interface that have changed; of some, the new value is not told.
pub(super) type Changed<'m> = (&'m str, HashMap<&'m str, Value<'m>>, Vec<&'m str>);

/// The signals of a service, also of one that comes later.
pub(super) fn of(service: &str) -> zbus::Result<Builder<'_>> {
    MatchRule::builder().msg_type(Type::Signal).sender(service)
}

/// The coming and going of a service.
pub(super) fn of_owner(service: &str) -> zbus::Result<MatchRule<'_>> {
    Ok(of(BUS)?.interface(BUS)?.member(OWNER_CHANGED)?.arg(0, service)?.build())
}

/// The changes of the properties of `interface`.
pub(super) fn of_properties<'r>(service: &'r str, interface: &'r str) -> zbus::Result<Builder<'r>> {
    of(service)?.interface(PROPERTIES)?.member(PROPERTIES_CHANGED)?.arg(0, interface)
}

/// Whether this is a signal that `interface` declares.
pub(super) fn is_of(message: &Message, interface: &str) -> bool {
    let header = message.header();
    header.message_type() == Type::Signal && header.interface().is_some_and(|name| name.as_str() == interface)
}

/// Whether this is that signal.
pub(super) fn is(message: &Message, interface: &str, member: &str) -> bool {
    is_of(message, interface) && message.header().member().is_some_and(|name| name.as_str() == member)
}

/// Whether this tells of a service that comes or goes.
pub(super) fn is_owner(message: &Message) -> bool {
    is(message, BUS, OWNER_CHANGED)
}

/// Whether this tells of changed properties.
pub(super) fn is_properties(message: &Message) -> bool {
    is(message, PROPERTIES, PROPERTIES_CHANGED)
}

/// Which service has come or gone.
pub(super) fn owner(message: &Message) -> zbus::Result<Owner> {
    let (name, _old, new): (String, String, String) = message.body().deserialize()?;
    Ok(Owner { name, is_there: !new.is_empty() })
}
