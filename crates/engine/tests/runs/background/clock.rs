//! A clock as a machine has it: people and sleep move the wall clock, and timers go by another one.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use pdt_engine::clock::Clock;
use tokio::sync::watch;
use tokio::time::timeout;

use super::stage::PATIENCE;

/// Stands still until it is moved, and knows who sleeps by it. Clones are the same clock.
#[derive(Debug, Clone)]
pub(crate) struct MachineClock(Arc<Works>);

#[derive(Debug)]
struct Works {
    hands: watch::Sender<Hands>,
    /// Until when each sleeper sleeps, as timers count.
    sleepers: watch::Sender<BTreeMap<u64, TimeDelta>>,
    serial: AtomicU64,
}

#[derive(Debug, Clone, Copy)]
struct Hands {
    wall: DateTime<Utc>,
    timers: TimeDelta,
}

impl MachineClock {
    pub(crate) fn at(wall: DateTime<Utc>) -> Self {
        let hands = watch::Sender::new(Hands { wall, timers: TimeDelta::zero() });
        Self(Arc::new(Works {
            hands,
            sleepers: watch::Sender::new(BTreeMap::new()),
            serial: AtomicU64::new(0),
        }))
    }

    /// Time goes by as it does for a machine that is awake.
    pub(crate) fn pass(&self, step: TimeDelta) {
        self.0.hands.send_modify(|hands| {
            hands.wall += step;
            hands.timers += step;
        });
    }

    /// The machine sleeps, or somebody sets its clock: its timers know nothing of it.
    pub(crate) fn jump(&self, by: TimeDelta) {
        self.0.hands.send_modify(|hands| hands.wall += by);
    }

    /// Waits until exactly so many sleep by this clock, and it is nobody's time to wake: then nothing happens any
    /// more before it is moved.
    pub(crate) async fn settled(&self, count: usize) {
        let timers = self.0.hands.borrow().timers;
        let mut sleepers = self.0.sleepers.subscribe();
        let is_quiet = |sleepers: &BTreeMap<u64, TimeDelta>| {
            sleepers.len() == count && sleepers.values().all(|until| timers < *until)
        };
        let settled = timeout(PATIENCE, sleepers.wait_for(is_quiet)).await.is_ok();
        assert!(settled, "{count} sleep by the clock at {timers}, but {:?}", self.0.sleepers.borrow());
    }
}

impl Clock for MachineClock {
    fn now(&self) -> DateTime<Utc> {
        self.0.hands.borrow().wall
    }

    fn sleep_until(&self, moment: DateTime<Utc>) -> BoxFuture<'static, ()> {
        let Hands { wall, timers } = *self.0.hands.borrow();
        let until = timers + (moment - wall);
        let sleeper = Sleeper { clock: self.clone(), number: self.0.serial.fetch_add(1, Ordering::Relaxed) };
        self.0.sleepers.send_modify(|sleepers| {
            sleepers.insert(sleeper.number, until);
        });
        let mut hands = self.0.hands.subscribe();
        Box::pin(async move {
            hands.wait_for(|hands| until <= hands.timers).await.expect("the sleeper holds the clock");
            drop(sleeper);
        })
    }
}

/// Is in the list for as long as it is there.
struct Sleeper {
    clock: MachineClock,
    number: u64,
}

impl Drop for Sleeper {
    fn drop(&mut self) {
        self.clock.0.sleepers.send_modify(|sleepers| {
            sleepers.remove(&self.number);
        });
    }
}
