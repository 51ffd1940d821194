//! The background worker with a GitHub and a Jira at its far end, under a clock that tests move.

mod clock;
mod ending;
mod intervals;
mod pausing;
mod retries;
mod seats;
mod settings;
mod sleeping;
mod stage;
mod told;
