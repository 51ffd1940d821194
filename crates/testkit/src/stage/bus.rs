//! The session bus.

use std::fs;
use std::io::{BufRead, BufReader};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use zbus::blocking::{Connection, Proxy, connection};
use zbus::names::BusName;

use super::{Running, Stage, wait_until};

/// How long a service may take to answer or to appear.
pub(super) const READY: Duration = Duration::from_secs(20);

/// A connection to the stage's session bus.
#[derive(Debug, Clone)]
pub struct Bus {
    pub(super) connection: Connection,
}

impl Bus {
    /// Whether somebody owns this name.
    ///
    /// # Errors
    /// Where the bus is gone.
    pub fn has(&self, name: &str) -> Result<bool> {
        Ok(self.daemon()?.name_has_owner(BusName::try_from(name)?)?)
    }

    /// The process behind a name.
    ///
    /// # Errors
    /// Where nobody owns it.
    pub fn process_of(&self, name: &str) -> Result<u32> {
        Ok(self.daemon()?.get_connection_unix_process_id(BusName::try_from(name)?)?)
    }

    fn daemon(&self) -> Result<zbus::blocking::fdo::DBusProxy<'_>> {
        Ok(zbus::blocking::fdo::DBusProxy::new(&self.connection)?)
    }

    pub(super) fn proxy(&self, service: &str, path: &str, interface: &str) -> Result<Proxy<'static>> {
        let builder = zbus::blocking::proxy::Builder::<Proxy<'_>>::new(&self.connection)
            .destination(service.to_owned())?
            .path(path.to_owned())?
            .interface(interface.to_owned())?
            // A property that another program changed without saying so must be seen all the same.
            .cache_properties(zbus::proxy::CacheProperties::No);
        Ok(builder.build()?)
    }
}

impl Stage {
    /// Connects to the session bus.
    ///
    /// # Errors
    /// Where nobody is there.
    pub fn bus(&self) -> Result<Bus> {
        let address = self.place.bus_address();
        let builder = connection::Builder::address(address.as_str())?.method_timeout(READY);
        Ok(Bus { connection: builder.build().context("the stage's session bus does not answer")? })
    }

    /// Waits until somebody owns this name on the bus.
    ///
    /// # Errors
    /// Where nobody does in time.
    pub fn wait_for_name(&self, name: &str) -> Result<()> {
        let bus = self.bus()?;
        wait_until(&format!("{name} on the bus"), READY, || bus.has(name).unwrap_or(false))
    }

    /// Starts the session bus as a desktop has it: it starts services on demand.
    pub(super) fn start_bus(&self) -> Result<Running> {
        self.run_bus(&["--session"])
    }

    /// Starts a bus at the session's address that starts no service by itself.
    ///
    /// # Errors
    /// Where it does not come up.
    pub fn start_bare_bus(&self) -> Result<Running> {
        let config = self.home().join("bus.conf");
        let text = format!(
            "<busconfig><type>session</type><listen>{}</listen><policy context=\"default\">\
             <allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/><allow own=\"*\"/>\
             </policy></busconfig>",
            self.place.bus_address()
        );
        fs::write(&config, text)?;
        self.run_bus(&[&format!("--config-file={}", config.display())])
    }

    fn run_bus(&self, configuration: &[&str]) -> Result<Running> {
        let address = format!("--address={}", self.place.bus_address());
        let mut command = self.command("dbus-daemon");
        command.args(configuration).args(["--nofork", "--nopidfile", &address, "--print-address=1"]);
        let (daemon, output) = Running::start_talking(&mut command)?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        ensure!(!line.trim().is_empty(), "dbus-daemon ended before it listened");
        Ok(daemon)
    }
}
