//! The network, as NetworkManager tells it.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use pdt_engine::machine::Machine;

use crate::stage::{Logind, NetworkManager, Stage, next, until};

/// A route to everywhere, in the kernel's list.
const WAY_OUT: &str = "eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_goes_and_comes_is_told() {
    let stage = Stage::empty();
    let _bus = stage.start_system_bus();
    let network = NetworkManager::start(&stage.system(), 70).await;
    let mut machine = stage.follow().machine();
    let first = next(&mut machine, "the first word").await;
    assert_eq!(first, Machine { network: Some(true), ..Machine::default() }, "it is asked at the beginning");
    // Asleep, disconnected, disconnecting, connecting, a network of this machine's own.
    for state in [10, 20, 30, 40, 50] {
        network.state(state).await;
        let gone = until(&mut machine, "the network's end", |machine| machine.network != Some(true)).await;
        assert_eq!(gone.network, Some(false), "state {state} leads nowhere");
        network.state(60).await;
        let back = next(&mut machine, "the network's return").await;
        assert_eq!(back.network, Some(true), "a network that does not lead into the internet is one");
    }
    network.state(0).await;
    assert_eq!(next(&mut machine, "ignorance").await.network, None, "NetworkManager itself does not know");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_metered_network_is_told() {
    let stage = Stage::empty();
    let _bus = stage.start_system_bus();
    let network = NetworkManager::start(&stage.system(), 70).await;
    let mut machine = stage.follow().machine();
    assert!(!next(&mut machine, "the first word").await.is_metered, "NetworkManager guesses that it is not");
    for (metered, free) in [(1, 2), (3, 4), (1, 0)] {
        network.metered(metered).await;
        let now = next(&mut machine, "a metered network").await;
        assert!(now.is_metered, "{metered} is said of networks that cost");
        assert_eq!(now.network, Some(true), "and the network is still there");
        network.metered(free).await;
        assert!(!next(&mut machine, "a free network").await.is_metered, "{free} is said of the others");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_manager_may_be_absent_come_late_and_restart() {
    let stage = Stage::empty();
    let _bus = stage.start_system_bus();
    let logind = Logind::start(&stage.system()).await;
    let mut machine = stage.follow().machine();
    logind.say_sleep(&mut machine).await;
    logind.prepare_for_sleep(false).await;
    let awake = until(&mut machine, "the wake", |machine| machine.wakes == 1).await;
    assert_eq!((awake.network, awake.is_metered), (None, false), "nobody tells of the network");

    let late = NetworkManager::start(&stage.system(), 70).await;
    late.metered(1).await;
    until(&mut machine, "one that came late", |machine| machine.network == Some(true) && machine.is_metered)
        .await;
    late.stop().await;
    let gone = until(&mut machine, "its end", |machine| machine.network.is_none()).await;
    assert!(!gone.is_metered, "what it said is void");
    let _again = NetworkManager::start(&stage.system(), 20).await;
    let back = next(&mut machine, "its return").await;
    assert_eq!(back.network, Some(false), "the new one is asked anew");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_network_manager_does_not_look_after_is_not_denied() {
    let stage = Stage::empty();
    let _bus = stage.start_system_bus();
    let network = NetworkManager::start(&stage.system(), 70).await;
    let mut machine = stage.follow().machine();
    next(&mut machine, "the first word").await;
    fs::write(stage.routes().join("route"), WAY_OUT).unwrap();
    network.state(20).await;
    let now = next(&mut machine, "its ignorance").await;
    assert_eq!(now.network, None, "it knows of none, and yet there is a way out");
    fs::write(stage.routes().join("route"), "").unwrap();
    network.state(20).await;
    assert_eq!(next(&mut machine, "the end").await.network, Some(false), "now there is none");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_manager_that_does_not_run_is_not_started() {
    let stage = Stage::empty();
    let started = stage.stage.home().join("started");
    let program = stage.services().join("start");
    fs::write(&program, format!("#!/bin/sh\ntouch '{}'; exit 1\n", started.display())).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).unwrap();
    for name in ["org.freedesktop.NetworkManager", "org.freedesktop.login1"] {
        let service = format!("[D-BUS Service]\nName={name}\nExec={}\n", program.display());
        fs::write(stage.services().join(format!("{name}.service")), service).unwrap();
    }
    let _bus = stage.start_system_bus();
    let mut machine = stage.follow().machine();
    let logind = Logind::start(&stage.system()).await;
    logind.say_sleep(&mut machine).await;
    assert!(!started.exists(), "what the sleep was told after has started nothing");
    let called =
        logind.0.call_method(Some("org.freedesktop.NetworkManager"), "/", None::<&str>, "Any", &()).await;
    assert!(called.is_err() && started.exists(), "and whoever asks for it would have started it");
}
