use super::*;
use rusqlite::{Connection, params};
use std::time::Instant;
