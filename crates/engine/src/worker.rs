//! Runs both loops in the background: at the start, then at their intervals, and once after the machine has slept.
//!
//! `schedule` says when, the [`Supervisor`] runs, and the engine's two functions do the work: a run by hand takes the
//! same way.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use pdt_domain::run::{Loop, Trigger};
use pdt_store::DueRow;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::api::{ApiError, Engine, SyncWhat};
use crate::clock::Clock;
use crate::controls::{Controls, Pause};
use crate::guard::{Guard, Guarded};
use crate::machine::{Machine, Watchman};
use crate::schedule::{Conditions, Hold, Outlook, Reason, Schedule, Step};
use crate::supervisor::Supervisor;

/// The one thing that wakes a machine at rest: how often the clock is looked at for a jump, the database for what
/// another program has chosen, and words that count minutes are told anew.
const BEAT: TimeDelta = TimeDelta::minutes(1);

/// A beat that is later or earlier than this was no beat: the clock has jumped.
const JUMP: TimeDelta = TimeDelta::seconds(30);

/// Being the one worker on a data folder. Dropping it lets another one begin.
#[derive(Debug)]
pub struct Seat(#[expect(dead_code, reason = "it is held, not used")] Guard);

impl Seat {
    /// Takes the seat; `None` where another program has it.
    ///
    /// # Errors
    /// A data folder whose file system knows no locks.
    pub fn take(engine: &Engine) -> Result<Option<Self>, ApiError> {
        Ok(Guard::try_take(engine.core.folder.path(), Guarded::Worker)?.map(Self))
    }
}

/// The loops in the background. They end when this is dropped; runs that are going on belong to the supervisor.
#[derive(Debug)]
pub struct Worker {
    beat: watch::Receiver<DateTime<Utc>>,
    machine: watch::Receiver<Machine>,
    tasks: JoinSet<()>,
}

impl Worker {
    /// Begins.
    ///
    /// # Panics
    /// Outside a tokio runtime.
    #[must_use]
    pub fn start(seat: Seat, supervisor: &Supervisor, watchman: Watchman) -> Self {
        Self::with(supervisor, watchman, move |_| async move { Some(seat) })
    }

    /// Begins as soon as no other program is the worker on the same data.
    ///
    /// # Panics
    /// Outside a tokio runtime.
    #[must_use]
    pub fn start_when_free(supervisor: &Supervisor, watchman: Watchman) -> Self {
        Self::with(supervisor, watchman, wait_for_seat)
    }

    fn with<Seating>(
        supervisor: &Supervisor,
        watchman: Watchman,
        seat: impl FnOnce(Shift) -> Seating + Send + 'static,
    ) -> Self
    where
        Seating: Future<Output = Option<Seat>> + Send + 'static,
    {
        let machine = watchman.machine();
        let (beats, beat) = watch::channel(supervisor.engine().core.clock.now());
        let watchman = Arc::new(watchman);
        let shift = Shift {
            supervisor: supervisor.clone(),
            watchman: Arc::clone(&watchman),
            machine: machine.clone(),
            beat: beat.clone(),
        };
        let mut tasks = JoinSet::new();
        tasks.spawn(keep_beating(supervisor.engine().clone(), watchman, beats));
        tasks.spawn(async move {
            let seated = seat(shift.clone()).await;
            if seated.is_some() {
                shift.work().await;
            }
        });
        Self { beat, machine, tasks }
    }

    /// Changes once a minute. Whoever has to do something now and then does it with this, so that all of it wakes the
    /// machine once.
    #[must_use]
    pub fn beat(&self) -> watch::Receiver<DateTime<Utc>> {
        self.beat.clone()
    }

    /// What is known of the machine.
    #[must_use]
    pub fn machine(&self) -> watch::Receiver<Machine> {
        self.machine.clone()
    }

    /// Begins no run any more, and lets go of the seat.
    pub async fn stop(mut self) {
        self.tasks.shutdown().await;
    }
}

/// Looks after what another program may have done, once a minute.
async fn keep_beating(engine: Engine, watchman: Arc<Watchman>, beats: watch::Sender<DateTime<Utc>>) {
    let clock = Arc::clone(&engine.core.clock);
    let mut version = engine.core.db.data_version().ok();
    loop {
        let planned = clock.now() + BEAT;
        clock.sleep_until(planned).await;
        let now = clock.now();
        if now.signed_duration_since(planned).abs() > JUMP {
            tracing::info!(%planned, %now, "the clock has jumped: the machine slept, or its time was set");
            watchman.clock_jumped();
        }
        let seen = engine.core.db.data_version().ok();
        if seen != version {
            version = seen;
            engine.read_controls_again().await;
        }
        beats.send_replace(now);
    }
}

async fn wait_for_seat(mut shift: Shift) -> Option<Seat> {
    loop {
        match Seat::take(shift.engine()) {
            Ok(Some(seat)) => return Some(seat),
            Ok(None) => {}
            Err(error) => tracing::error!(%error, "nothing is synced in the background yet"),
        }
        tracing::debug!("another program syncs in the background");
        shift.beat.changed().await.ok()?;
    }
}

/// What the tasks of a worker share.
#[derive(Clone)]
struct Shift {
    supervisor: Supervisor,
    watchman: Arc<Watchman>,
    machine: watch::Receiver<Machine>,
    beat: watch::Receiver<DateTime<Utc>>,
}

impl Shift {
    fn engine(&self) -> &Engine {
        self.supervisor.engine()
    }

    fn clock(&self) -> &dyn Clock {
        &*self.engine().core.clock
    }

    /// Both loops, neither waiting for the other.
    async fn work(self) {
        tracing::info!("the background sync begins");
        tokio::join!(
            self.clone().keep(Loop::Commits),
            self.clone().keep(Loop::Jira),
            self.stop_what_must_not_run()
        );
    }

    /// One loop, for as long as the worker is there.
    async fn keep(self, of: Loop) {
        let (mut controls, mut machine) = (self.engine().controls(), self.machine.clone());
        let mut plan = Plan::begin(&self, of).await;
        loop {
            let (in_force, now) = (controls.borrow_and_update().clone(), self.clock().now());
            let conditions = conditions(&in_force, *machine.borrow_and_update(), now);
            plan.schedule.set_interval(in_force.settings.interval(of));
            if conditions.hold.is_none() && plan.schedule.is_late(now) {
                self.watchman.clock_jumped();
            }
            match plan.schedule.look(now, &conditions) {
                Step::Run(trigger) => plan.run(&self, trigger, now).await,
                Step::Wait(until) => {
                    plan.note(self.engine(), plan.schedule.due(), &conditions).await;
                    tokio::select! {
                        () = self.sleep_until(until) => {}
                        Ok(()) = controls.changed() => {}
                        Ok(()) = machine.changed() => {}
                    }
                }
            }
        }
    }

    async fn sleep_until(&self, moment: Option<DateTime<Utc>>) {
        match moment {
            Some(moment) => self.clock().sleep_until(moment).await,
            None => std::future::pending().await,
        }
    }

    /// A pause stops what runs, and so does a machine that is about to sleep: what it has is kept, and a connection
    /// does not outlive a sleep.
    async fn stop_what_must_not_run(self) {
        let (mut controls, mut machine) = (self.engine().controls(), self.machine.clone());
        // What was begun before the worker is none of its runs.
        let mut held = stops(self.hold());
        loop {
            let (in_force, machine_now) =
                (controls.borrow_and_update().clone(), *machine.borrow_and_update());
            let now = conditions(&in_force, machine_now, self.clock().now());
            if stops(now.hold) && !held {
                self.supervisor.stop_sync();
            }
            held = stops(now.hold);
            // A pause that ends by itself is told by nobody, and the next one must be noticed as another.
            tokio::select! {
                () = self.sleep_until(now.hold.and_then(Hold::end)) => {}
                Ok(()) = controls.changed() => {}
                Ok(()) = machine.changed() => {}
            }
        }
    }

    /// One run of a loop for each profile.
    async fn run_all(&self, of: Loop, trigger: Trigger) -> Round {
        let what = match of {
            Loop::Commits => SyncWhat::Commits,
            Loop::Jira => SyncWhat::Jira,
        };
        let profiles = match self.engine().profiles().await {
            Ok(profiles) => profiles,
            Err(error) => {
                tracing::error!(sync_loop = %of, %error, "the profiles could not be read");
                return Round::Ended(Outlook::TryAgain(Reason::Service));
            }
        };
        let mut outlooks = Vec::new();
        for profile in profiles {
            if self.hold().is_some() {
                return Round::CutShort;
            }
            let ended = self.supervisor.sync(&profile.name, what, trigger).await;
            match ended.map(|document| document.of_loop(of)) {
                Ok((true, _)) if outlooks.is_empty() => return Round::WasGoing,
                Ok((_, outlook)) => outlooks.extend(outlook),
                Err(error) => {
                    let profile = profile.name.as_str();
                    tracing::error!(sync_loop = %of, profile, %error, "the sync could not run");
                    outlooks.push(Outlook::TryAgain(Reason::Service));
                }
            }
        }
        if stops(self.hold()) { Round::CutShort } else { Round::Ended(together(&outlooks)) }
    }

    fn hold(&self) -> Option<Hold> {
        let controls = self.engine().core.controls();
        conditions(&controls, *self.machine.borrow(), self.clock().now()).hold
    }
}

/// How one run of a loop for each profile went.
enum Round {
    /// To its end.
    Ended(Outlook),
    /// Something holds every run, and stopped this one or kept it from beginning.
    CutShort,
    /// A run of it was going already.
    WasGoing,
}

/// The plan of one loop, and what of it is stored for others to see.
struct Plan {
    of: Loop,
    schedule: Schedule,
    noted: Option<DueRow>,
}

impl Plan {
    async fn begin(shift: &Shift, of: Loop) -> Self {
        let engine = shift.engine();
        let noted = engine.core.db.read(move |tx| tx.due(of)).await.ok().flatten();
        let interval = engine.core.controls().settings.interval(of);
        let skipped = noted.map_or(0, |row| row.skipped);
        let machine = *shift.machine.borrow();
        Self { of, schedule: Schedule::begin(shift.clock().now(), interval, skipped, machine), noted }
    }

    async fn run(&mut self, shift: &Shift, trigger: Trigger, started: DateTime<Utc>) {
        let (of, engine) = (self.of, shift.engine());
        let interval = engine.core.controls().settings.interval(of);
        let next =
            TimeDelta::from_std(interval).ok().and_then(|interval| started.checked_add_signed(interval));
        self.note(engine, next.unwrap_or(started), &Conditions::default()).await;
        let wakes = shift.machine.borrow().wakes;
        let round = shift.run_all(of, trigger).await;
        // A run after waking may begin before every witness has told of it.
        let has_slept = trigger != Trigger::Wake && shift.machine.borrow().wakes != wakes;
        let now = shift.clock().now();
        match round {
            Round::Ended(outlook) if has_slept => self.schedule.ended_after_sleep(now, outlook),
            Round::Ended(outlook) => self.schedule.ended(started, now, outlook, chance(now)),
            Round::CutShort => self.schedule.cut_short(now),
            Round::WasGoing => {
                tracing::info!(sync_loop = %of, "due while a run was going, and skipped");
                self.schedule.was_going(now);
            }
        }
    }

    /// Stores when the next run is due, if that is news.
    async fn note(&mut self, engine: &Engine, due_at: DateTime<Utc>, conditions: &Conditions) {
        let (of, is_metered) = (self.of, conditions.hold == Some(Hold::Metered));
        let row = DueRow { due_at, is_metered, skipped: self.schedule.skipped() };
        if self.noted == Some(row) {
            return;
        }
        match engine.core.db.write(move |tx| tx.set_due(of, &row)).await {
            Ok(()) => self.noted = Some(row),
            Err(error) => {
                tracing::warn!(sync_loop = %of, %error, "when the next run is due could not be stored")
            }
        }
    }
}

fn conditions(controls: &Controls, machine: Machine, now: DateTime<Utc>) -> Conditions {
    let (settings, pause) = (&controls.settings, controls.pause(now));
    let is_metered = machine.is_metered && !settings.sync_on_metered.value;
    let hold = match () {
        () if !settings.sync_enabled.value => Some(Hold::Off),
        () if pause.is_some() => Some(Hold::Pause(pause.and_then(Pause::end))),
        () if machine.is_asleep => Some(Hold::Sleep),
        () if is_metered => Some(Hold::Metered),
        () => None,
    };
    Conditions { hold, machine }
}

/// Whether what runs is stopped for it.
fn stops(hold: Option<Hold>) -> bool {
    matches!(hold, Some(Hold::Pause(_) | Hold::Off | Hold::Sleep))
}

/// What the runs of several profiles mean together: who could not be served at all is tried again soonest.
fn together(outlooks: &[Outlook]) -> Outlook {
    if let Some(again) = outlooks.iter().find(|outlook| matches!(outlook, Outlook::TryAgain(_))) {
        return *again;
    }
    let limit = |outlook: &Outlook| match outlook {
        Outlook::Limited { until, is_all } => Some((*until, *is_all)),
        Outlook::AsUsual | Outlook::TryAgain(_) => None,
    };
    let limits: Vec<_> = outlooks.iter().filter_map(limit).collect();
    let is_all = limits.len() == outlooks.len() && limits.iter().all(|(_, is_all)| *is_all);
    let first = limits.iter().map(|(until, _)| *until).min();
    first.map_or(Outlook::AsUsual, |until| Outlook::Limited { until, is_all })
}

/// A number from 0 to 1 that nobody can foretell and that needs to be no better than that.
fn chance(now: DateTime<Utc>) -> f64 {
    f64::from(now.timestamp_subsec_micros() % 1_000_000) / 1_000_000.0
}
