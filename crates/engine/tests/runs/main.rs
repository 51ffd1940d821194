//! Runs of an engine with a service at its far end, under a clock that tests move.

#![cfg(test)]

mod asked;
mod attention;
mod background;
mod figures;
mod scheduled;
mod scoped;
mod stage;
mod supervised;
