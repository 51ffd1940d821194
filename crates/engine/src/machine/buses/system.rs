//! The system bus: sleep, from logind, and the network, from NetworkManager.
//!
//! The interfaces: <https://www.freedesktop.org/software/systemd/man/latest/org.freedesktop.login1.html> and
//! <https://networkmanager.dev/docs/api/latest/gdbus-org.freedesktop.NetworkManager.html>.

use std::collections::HashMap;
use std::num::NonZeroU32;

use zbus::message::{Message, Type};
use zbus::zvariant::Value;

use super::super::teller::{Teller, Witness};
use super::listen::{Listener, question, tell_of};
use super::routes::Routes;
use super::signals::{self, Changed};

const LOGIND: &str = "org.freedesktop.login1";
const LOGIND_MANAGER: &str = "org.freedesktop.login1.Manager";
const PREPARE_FOR_SLEEP: &str = "PrepareForSleep";

/// Both NetworkManager's name and its interface.
const NETWORK: &str = "org.freedesktop.NetworkManager";
const NETWORK_PATH: &str = "/org/freedesktop/NetworkManager";

/// `NM_STATE_UNKNOWN`: NetworkManager itself does not know.
const UNKNOWN: u32 = 0;
/// `NM_STATE_CONNECTED_SITE`: there is a default route, whether or not it leads into the internet. A company's own
/// network is enough. Less than this (a bridge of virtual machines, say) leads nowhere.
const CONNECTED: u32 = 60;
/// `NM_METERED_YES` and `NM_METERED_GUESS_YES`.
const METERED: [u32; 2] = [1, 3];

/// Hears of sleep and of the network.
pub(super) struct System<'t> {
    teller: &'t Teller,
    routes: Routes,
    /// What NetworkManager last said.
    network: Network,
    /// The question to NetworkManager whose answer is still to come.
    asked: Option<NonZeroU32>,
}

/// NetworkManager's own numbers; 0 is unknown.
#[derive(Debug, Clone, Copy, Default)]
struct Network {
    state: u32,
    metered: u32,
}

impl<'t> System<'t> {
    pub(super) fn new(teller: &'t Teller, routes: Routes) -> Self {
        Self { teller, routes, network: Network::default(), asked: None }
    }

    /// Asks NetworkManager how things stand.
    fn ask(&mut self) -> zbus::Result<Message> {
        let question = question(NETWORK, NETWORK_PATH, signals::PROPERTIES, "GetAll", &(NETWORK,))?;
        self.asked = Some(question.primary_header().serial_num());
        Ok(question)
    }

    fn signal(&mut self, message: &Message) -> zbus::Result<Option<Message>> {
        if signals::is_owner(message) {
            let owner = signals::owner(message)?;
            return self.came_or_went(&owner);
        }
        if signals::is_properties(message) {
            let body = message.body();
            let (_interface, changed, _untold): Changed<'_> = body.deserialize()?;
            self.take(&changed);
        } else if signals::is(message, LOGIND_MANAGER, PREPARE_FOR_SLEEP) {
            self.sleep(message.body().deserialize()?);
        }
        Ok(None)
    }

    /// Services restart, and what the last one said is void.
    fn came_or_went(&mut self, owner: &signals::Owner) -> zbus::Result<Option<Message>> {
        if owner.name == LOGIND {
            self.teller.sleep_is_unknown();
            return Ok(None);
        }
        self.forget_network();
        if owner.is_there { self.ask().map(Some) } else { Ok(None) }
    }

    fn sleep(&self, is_beginning: bool) {
        if is_beginning { self.teller.sleeps() } else { self.teller.woke(Witness::System) }
    }

    fn answer(&mut self, message: &Message) -> zbus::Result<()> {
        let to = message.header().reply_serial();
        if to.is_some() && to == self.asked {
            self.asked = None;
            let body = message.body();
            let properties: HashMap<&str, Value<'_>> = body.deserialize()?;
            self.take(&properties);
        }
        Ok(())
    }

    /// Takes what is among these properties; of the rest, the last word holds.
    fn take(&mut self, properties: &HashMap<&str, Value<'_>>) {
        let number = |name| properties.get(name).and_then(|value| u32::try_from(value).ok());
        self.network.state = number("State").unwrap_or(self.network.state);
        self.network.metered = number("Metered").unwrap_or(self.network.metered);
        self.teller.network(self.is_connected(), METERED.contains(&self.network.metered));
    }

    /// NetworkManager does not know of a network that somebody else looks after (Debian's `ifupdown`): it is believed
    /// that there is none only where the kernel knows of none either.
    fn is_connected(&self) -> Option<bool> {
        match self.network.state {
            UNKNOWN => None,
            CONNECTED.. => Some(true),
            _ if self.routes.lead_out() => None,
            _ => Some(false),
        }
    }

    fn forget_network(&mut self) {
        self.asked = None;
        self.network = Network::default();
        self.take(&HashMap::new());
    }
}

impl Listener for System<'_> {
    fn begin(&mut self) -> zbus::Result<Vec<Message>> {
        let sleep = signals::of(LOGIND)?.interface(LOGIND_MANAGER)?.member(PREPARE_FOR_SLEEP)?;
        let network = signals::of_properties(NETWORK, NETWORK)?.path(NETWORK_PATH)?;
        Ok(vec![
            tell_of(&signals::of_owner(LOGIND)?)?,
            tell_of(&sleep.build())?,
            tell_of(&signals::of_owner(NETWORK)?)?,
            tell_of(&network.build())?,
            self.ask()?,
        ])
    }

    fn hear(&mut self, message: &Message) -> zbus::Result<Option<Message>> {
        match message.message_type() {
            Type::Signal => self.signal(message),
            Type::MethodReturn => self.answer(message).map(|()| None),
            // Nobody calls us, and a NetworkManager that is not there tells nothing.
            Type::MethodCall | Type::Error => Ok(None),
        }
    }

    fn deaf(&mut self) {
        self.teller.sleep_is_unknown();
        self.forget_network();
    }
}
