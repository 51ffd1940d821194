//! Without buses, after their end, and after everybody who wanted to know has gone.

use std::os::unix::net::UnixListener;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::TimeDelta;
use pdt_engine::machine::{self, Buses, Machine};
use pdt_testkit::stage::wait_until;
use tokio::runtime::Handle;
use tokio::time::timeout;
use zbus::fdo::DBusProxy;

use crate::stage::{Logind, NetworkManager, PATIENCE, Stage, next, until};

/// How many tasks run beside the test's own.
fn tasks() -> usize {
    Handle::current().metrics().num_alive_tasks()
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_bus_nothing_is_told_but_jumps_of_the_clock() {
    let stage = Stage::empty();
    let nowhere = Buses::at("no address", "unix:path=/nonexistent/bus", PathBuf::from("/nonexistent"));
    let watchman = machine::follow_on(nowhere, Arc::new(stage.clock.clone()));
    let mut machine = watchman.machine();
    wait_until("the end of the listening", PATIENCE, || tasks() == 0).unwrap();
    assert_eq!(*machine.borrow_and_update(), Machine::default(), "nothing is known");
    for wakes in 1..=2 {
        watchman.clock_jumped();
        let woken = next(&mut machine, "a jump of the clock").await;
        assert_eq!(woken, Machine { wakes, ..Machine::default() }, "nobody else tells it");
        stage.clock.advance(TimeDelta::hours(1));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bus_that_dies_takes_its_own_words_with_it_and_no_others() {
    let stage = Stage::empty();
    let system = stage.start_system_bus();
    let session = stage.stage.start_bare_bus().unwrap();
    let logind = Logind::start(&stage.system()).await;
    let network = NetworkManager::start(&stage.system(), 70).await;
    let watchman = stage.follow();
    let mut machine = watchman.machine();
    until(&mut machine, "the first word", |machine| machine.network == Some(true)).await;
    network.metered(1).await;
    next(&mut machine, "the cost").await;
    logind.prepare_for_sleep(true).await;
    let asleep = next(&mut machine, "the sleep").await;
    assert!(asleep.is_asleep && asleep.is_metered, "all is told");

    drop(system);
    let unsaid = |machine: &Machine| *machine == Machine { keychain: machine.keychain, ..Machine::default() };
    let known = until(&mut machine, "the end of the system's bus", unsaid).await;
    let keychain = stage.stage.start_keyring().unwrap();
    until(&mut machine, "the session's bus", |machine| machine.keychain > known.keychain).await;
    drop(session);
    wait_until("the end of the listening", PATIENCE, || tasks() == 0).unwrap();
    watchman.clock_jumped();
    assert_eq!(machine.borrow_and_update().wakes, 1, "what does not need a bus goes on");
    drop(keychain);
}

#[tokio::test(flavor = "multi_thread")]
async fn following_ends_when_nobody_wants_to_know() {
    let stage = Stage::empty();
    let _system = stage.start_system_bus();
    let _session = stage.stage.start_bare_bus().unwrap();
    let logind = Logind::start(&stage.system()).await;
    let bus = DBusProxy::new(&logind.0).await.unwrap();
    let before = bus.list_names().await.unwrap().len();

    let watchman = stage.follow();
    let mut machine = watchman.machine();
    drop(watchman);
    logind.say_sleep(&mut machine).await;
    assert_eq!(tasks(), 1, "one who looks is enough, and one task does it all");
    assert_eq!(bus.list_names().await.unwrap().len(), before + 1, "over one connection to this bus");
    drop(machine);
    wait_until("the end of the listening", PATIENCE, || tasks() == 0).unwrap();
    let gone = async {
        while bus.list_names().await.unwrap().len() > before {
            tokio::task::yield_now().await;
        }
    };
    timeout(PATIENCE, gone).await.expect("the connection ends with the listening");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bus_that_never_answers_holds_up_nobody() {
    let stage = Stage::empty();
    let _silent = UnixListener::bind(stage.system_socket()).unwrap();
    let _session = stage.stage.start_bare_bus().unwrap();
    let watchman = stage.follow();
    let mut machine = watchman.machine();
    watchman.clock_jumped();
    assert_eq!(next(&mut machine, "a jump of the clock").await.wakes, 1, "the clock is heard");
    drop((watchman, machine));
    wait_until("the end of the listening", PATIENCE, || tasks() == 0).unwrap();
}
