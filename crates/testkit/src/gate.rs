//! A gate that requests stand at until a test opens it: order without sleeping.

use std::sync::Arc;

use tokio::sync::watch;

/// Holds every request that comes to it, until it is opened for good. Clones are the same gate.
#[derive(Debug, Clone)]
pub struct Gate {
    open: Arc<watch::Sender<bool>>,
    arrived: Arc<watch::Sender<usize>>,
}

impl Default for Gate {
    fn default() -> Self {
        Self::new()
    }
}

impl Gate {
    /// A closed gate.
    #[must_use]
    pub fn new() -> Self {
        Self { open: Arc::new(watch::Sender::new(false)), arrived: Arc::new(watch::Sender::new(0)) }
    }

    /// Lets go who waits here and who comes later.
    pub fn release(&self) {
        self.open.send_replace(true);
    }

    /// Waits until this many requests in all have come to the gate.
    pub async fn reached(&self, count: usize) {
        let mut arrived = self.arrived.subscribe();
        // The sender lives in `self`, so this cannot fail.
        drop(arrived.wait_for(|sofar| *sofar >= count).await);
    }

    pub(crate) async fn pass(&self) {
        let mut open = self.open.subscribe();
        self.arrived.send_modify(|sofar| *sofar += 1);
        drop(open.wait_for(|open| *open).await);
    }
}
