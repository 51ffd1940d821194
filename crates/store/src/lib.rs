//! PDT's database: one SQLite file, one writer, readers that cannot write.
//!
//! All SQL is here, and nothing outside this crate knows that it is SQLite. [`Db`] opens the file and hands out
//! transactions; what can be asked and changed are the methods of [`ReadTx`] and [`WriteTx`], one file a table
//! under [`tables`], each beside the type of its row. The tables themselves are made by `migrations/*.sql`;
//! `docs/DATABASE.md` tells them to people.
//!
//! ```no_run
//! # async fn example() -> Result<(), pdt_store::StoreError> {
//! use pdt_domain::ids::Name;
//!
//! let db = pdt_store::Db::open(std::path::Path::new("/home/ada/.local/share/pdt/pdt.db"))?;
//! let now = chrono::Utc::now();
//! let profile = db.write(move |tx| tx.ensure_profile(&Name::default_profile(), now)).await?;
//! let repositories = db.read(move |tx| tx.repositories(profile)).await?;
//! # Ok(()) }
//! ```

mod columns;
mod connection;
mod db;
mod error;
mod file;
mod migrations;
pub mod tables;
mod tx;

pub use db::Db;
pub use error::{StoreError, StoreErrorKind};
pub use tables::*;
pub use tx::{ReadTx, WriteTx};
