//! Two buses of a test's own, and who speaks on them.

use std::fs;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use chrono::DateTime;
use pdt_engine::clock::TestClock;
use pdt_engine::machine::{self, Buses, Machine, Watchman};
use pdt_testkit::stage::{Running, StagePlan, wait_until};
use tokio::sync::watch;
use tokio::time::timeout;
use zbus::Connection;
use zbus::connection::Builder;

/// How long something is waited for that must come.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

const LOGIND: &str = "org.freedesktop.login1";
const NETWORK_PATH: &str = "/org/freedesktop/NetworkManager";

/// A session bus, and a system bus that starts services on demand as a real one does.
pub(crate) struct Stage {
    pub(crate) stage: pdt_testkit::Stage,
    pub(crate) clock: TestClock,
}

impl Stage {
    /// A stage with nobody at the two addresses.
    pub(crate) fn empty() -> Self {
        Self::raise(pdt_testkit::Stage::plan().without_bus())
    }

    pub(crate) fn raise(plan: StagePlan) -> Self {
        let stage = plan.raise().unwrap();
        for folder in ["routes", "services"] {
            fs::create_dir(stage.home().join(folder)).unwrap();
        }
        let clock = TestClock::at(DateTime::from_timestamp(1_771_456_500, 0).unwrap());
        Self { stage, clock }
    }

    pub(crate) fn follow(&self) -> Watchman {
        let buses = Buses::at(&self.system(), &self.session(), self.routes());
        machine::follow_on(buses, Arc::new(self.clock.clone()))
    }

    pub(crate) fn system(&self) -> String {
        format!("unix:path={}", self.system_socket().display())
    }

    pub(crate) fn system_socket(&self) -> PathBuf {
        self.stage.home().join("system-bus")
    }

    pub(crate) fn session(&self) -> String {
        format!("unix:path={}", self.stage.home().join("run/bus").display())
    }

    /// The folder in which the kernel lists its routes, as far as a test says so.
    pub(crate) fn routes(&self) -> PathBuf {
        self.stage.home().join("routes")
    }

    /// The folder of the services that the system bus can start.
    pub(crate) fn services(&self) -> PathBuf {
        self.stage.home().join("services")
    }

    pub(crate) fn start_system_bus(&self) -> Running {
        let config = self.stage.home().join("system-bus.conf");
        let text = format!(
            "<busconfig><type>custom</type><listen>{}</listen><servicedir>{}</servicedir><policy context=\"default\">\
             <allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/><allow own=\"*\"/>\
             </policy></busconfig>",
            self.system(),
            self.services().display()
        );
        fs::write(&config, text).unwrap();
        let mut daemon = self.stage.command("dbus-daemon");
        daemon.args([&format!("--config-file={}", config.display()), "--nofork", "--nopidfile"]);
        let running = self.stage.start(&mut daemon).unwrap();
        wait_until("the system bus", PATIENCE, || UnixStream::connect(self.system_socket()).is_ok()).unwrap();
        running
    }
}

/// Waits until the machine is so, and answers with how it is.
pub(crate) async fn until(
    machine: &mut watch::Receiver<Machine>,
    what: &str,
    is_so: impl FnMut(&Machine) -> bool,
) -> Machine {
    let seen = timeout(PATIENCE, machine.wait_for(is_so)).await.map(|seen| *seen.unwrap());
    seen.unwrap_or_else(|_| panic!("{what}: not within {PATIENCE:?}, but {:?}", *machine.borrow()))
}

/// Waits for the next change, and answers with how the machine is then.
pub(crate) async fn next(machine: &mut watch::Receiver<Machine>, what: &str) -> Machine {
    match timeout(PATIENCE, machine.changed()).await {
        Ok(change) => change.unwrap(),
        Err(_) => panic!("{what}: not within {PATIENCE:?}"),
    }
    *machine.borrow_and_update()
}

/// Says something again and again until it is heard: nobody tells when the listening has begun.
pub(crate) async fn say_until_heard(
    machine: &mut watch::Receiver<Machine>,
    say: impl AsyncFn(),
    mut is_heard: impl FnMut(&Machine) -> bool,
) {
    let saying = async {
        loop {
            say().await;
            // How often it is said matters to nobody.
            if timeout(Duration::from_millis(50), machine.wait_for(&mut is_heard)).await.is_ok() {
                break;
            }
        }
    };
    timeout(PATIENCE, saying).await.expect("it is heard some time");
}

/// Who speaks for logind.
pub(crate) struct Logind(pub(crate) Connection);

impl Logind {
    pub(crate) async fn start(address: &str) -> Self {
        let builder = Builder::address(address).unwrap().name(LOGIND).unwrap();
        Self(builder.build().await.unwrap())
    }

    /// As logind does before the machine sleeps (`true`), and after it (`false`).
    pub(crate) async fn prepare_for_sleep(&self, is_beginning: bool) {
        let (path, interface) = ("/org/freedesktop/login1", "org.freedesktop.login1.Manager");
        let body = (is_beginning,);
        let sent = self.0.emit_signal(None::<&str>, path, interface, "PrepareForSleep", &body);
        sent.await.unwrap();
    }

    /// Says that the machine goes to sleep until it is heard.
    pub(crate) async fn say_sleep(&self, machine: &mut watch::Receiver<Machine>) {
        say_until_heard(machine, || self.prepare_for_sleep(true), |machine| machine.is_asleep).await;
    }
}

/// Who speaks for NetworkManager.
pub(crate) struct NetworkManager(Connection);

struct Network {
    state: u32,
    metered: u32,
}

#[zbus::interface(name = "org.freedesktop.NetworkManager")]
impl Network {
    #[zbus(property)]
    fn state(&self) -> u32 {
        self.state
    }

    #[zbus(property)]
    fn metered(&self) -> u32 {
        self.metered
    }

    /// One of the many that are of no interest here.
    #[zbus(property)]
    fn version(&self) -> &'static str {
        "1.42.4"
    }
}

impl NetworkManager {
    pub(crate) async fn start(address: &str, state: u32) -> Self {
        let builder = Builder::address(address).unwrap();
        let builder = builder.serve_at(NETWORK_PATH, Network { state, metered: 4 }).unwrap();
        let builder = builder.name("org.freedesktop.NetworkManager").unwrap();
        Self(builder.build().await.unwrap())
    }

    pub(crate) async fn state(&self, state: u32) {
        let network = self.0.object_server().interface::<_, Network>(NETWORK_PATH).await.unwrap();
        let mut inside = network.get_mut().await;
        inside.state = state;
        inside.state_changed(network.signal_emitter()).await.unwrap();
    }

    pub(crate) async fn metered(&self, metered: u32) {
        let network = self.0.object_server().interface::<_, Network>(NETWORK_PATH).await.unwrap();
        let mut inside = network.get_mut().await;
        inside.metered = metered;
        inside.metered_changed(network.signal_emitter()).await.unwrap();
    }

    /// As after a `systemctl stop`.
    pub(crate) async fn stop(self) {
        self.0.close().await.unwrap();
    }
}
