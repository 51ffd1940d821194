//! Sleep and waking, as logind and the clock tell them.

use chrono::TimeDelta;

use pdt_engine::machine::Machine;

use crate::stage::{Logind, NetworkManager, Stage, next, until};

#[tokio::test(flavor = "multi_thread")]
async fn sleep_and_wake_are_told_once_each() {
    let stage = Stage::empty();
    let _bus = stage.start_system_bus();
    let logind = Logind::start(&stage.system()).await;
    let network = NetworkManager::start(&stage.system(), 70).await;
    let watchman = stage.follow();
    let mut machine = watchman.machine();
    let awake = until(&mut machine, "the first word", |machine| machine.network == Some(true)).await;

    logind.prepare_for_sleep(true).await;
    let asleep = next(&mut machine, "the sleep").await;
    assert_eq!(asleep, Machine { is_asleep: true, ..awake }, "it is about to sleep, and nothing else is new");
    logind.prepare_for_sleep(false).await;
    let again = next(&mut machine, "the wake").await;
    assert_eq!(again, Machine { wakes: 1, ..awake }, "it has woken, and nothing else is new");

    stage.clock.advance(TimeDelta::seconds(50));
    watchman.clock_jumped();
    logind.prepare_for_sleep(true).await;
    let asleep = next(&mut machine, "the next sleep").await;
    assert_eq!(asleep, Machine { is_asleep: true, ..again }, "the jump of the clock was the same wake");
    network.state(20).await;
    let offline = next(&mut machine, "the network's end").await;
    assert_eq!(offline, Machine { network: Some(false), ..asleep }, "the network goes on the way to sleep");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_sees_the_clock_jump_is_awake_and_logind_tells_nothing_new() {
    let stage = Stage::empty();
    let _bus = stage.start_system_bus();
    let logind = Logind::start(&stage.system()).await;
    let _network = NetworkManager::start(&stage.system(), 70).await;
    let watchman = stage.follow();
    let mut machine = watchman.machine();
    let awake = until(&mut machine, "the first word", |machine| machine.network == Some(true)).await;
    logind.prepare_for_sleep(true).await;
    next(&mut machine, "the sleep").await;
    stage.clock.advance(TimeDelta::hours(8));
    watchman.clock_jumped();
    let woken = next(&mut machine, "the wake").await;
    assert_eq!(woken, Machine { wakes: 1, ..awake }, "the clock came first");
    logind.prepare_for_sleep(false).await;
    logind.prepare_for_sleep(true).await;
    let asleep = until(&mut machine, "the next sleep", |machine| machine.is_asleep).await;
    assert_eq!(asleep.wakes, 1, "logind came second");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_logind_that_ends_does_not_leave_the_machine_asleep() {
    let stage = Stage::empty();
    let _bus = stage.start_system_bus();
    let logind = Logind::start(&stage.system()).await;
    let _network = NetworkManager::start(&stage.system(), 70).await;
    let mut machine = stage.follow().machine();
    until(&mut machine, "the first word", |machine| machine.network == Some(true)).await;
    logind.prepare_for_sleep(true).await;
    assert!(next(&mut machine, "the sleep").await.is_asleep, "it goes to sleep");
    logind.0.close().await.unwrap();
    let awake = next(&mut machine, "logind's end").await;
    assert!(!awake.is_asleep, "nobody is left who would tell the wake");
    assert_eq!(awake.wakes, 0, "and whether it has slept is not known");

    let logind = Logind::start(&stage.system()).await;
    logind.prepare_for_sleep(true).await;
    until(&mut machine, "the sleep that the new one tells", |machine| machine.is_asleep).await;
}
