//! What the buses tell of the machine, with real buses and a real keychain; who speaks for logind and NetworkManager
//! is made.

#![cfg(test)]
#![cfg(target_os = "linux")]

mod ending;
mod keychain;
mod network;
mod sleep;
mod stage;
