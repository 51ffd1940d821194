//! The work of the loops. A job takes the guard, asks, stores, and leaves a receipt; who asked for it and when
//! the next run is due are none of its business.

pub(crate) mod commits;
