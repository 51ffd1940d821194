//! What two buses tell: the system's of sleep and network, the session's of the keychain.

mod listen;
mod routes;
mod session;
mod signals;
mod system;

use std::path::PathBuf;
use std::sync::Arc;

use zbus::Address;

use super::teller::Teller;
use routes::Routes;
use session::Keychain;
use system::System;

/// Where the system tells of itself.
#[derive(Debug)]
pub struct Buses {
    system: zbus::Result<Address>,
    session: zbus::Result<Address>,
    routes: Routes,
}

impl Buses {
    /// The buses that the environment names.
    pub(super) fn of_this_session() -> Self {
        let routes = Routes::of(PathBuf::from("/proc/net"));
        Self { system: Address::system(), session: Address::session(), routes }
    }

    /// Buses at these addresses, whether somebody is there or not, and the folder in which the kernel lists its routes.
    #[must_use]
    pub fn at(system: &str, session: &str, routes: PathBuf) -> Self {
        Self { system: system.try_into(), session: session.try_into(), routes: Routes::of(routes) }
    }
}

/// Listens to both buses for as long as they last and somebody wants to know.
pub(super) async fn follow(buses: Buses, teller: Arc<Teller>) {
    let Buses { system, session, routes } = buses;
    let listening = async {
        tokio::join!(
            listen::to("system", system, System::new(&teller, routes)),
            listen::to("session", session, Keychain::new(&teller)),
        )
    };
    tokio::select! {
        ((), ()) = listening => {}
        () = teller.unheard() => {}
    }
}
