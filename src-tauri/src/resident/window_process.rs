//! The window's process: started when somebody wants to see it, gone when it is closed.

use std::path::PathBuf;
use std::process::Stdio;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use pdt_seam::calls::Host;
use pdt_seam::resident::{Order, serve};
use tokio::process::{Child, Command};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::watch;

use crate::arguments;

/// How long a window may take to end by itself.
const PATIENCE: Duration = Duration::from_secs(2);

/// The one window, which may be there or not. Cheap to clone; clones mean the same window.
#[derive(Clone, Default)]
pub(super) struct WindowProcess(Arc<Inner>);

#[derive(Default)]
struct Inner {
    /// The way to the open window's orders.
    orders: Mutex<Option<UnboundedSender<Order>>>,
    /// Whether a process is there.
    runs: watch::Sender<bool>,
}

impl WindowProcess {
    /// Shows the window: an open one comes to the front, a closed one is started.
    pub(super) fn show(&self, host: &Host) {
        self.obey(host, vec![Order::Focus]);
    }

    /// Shows the window with the view at this address.
    pub(super) fn show_view(&self, host: &Host, route: &str) {
        self.obey(host, vec![Order::Navigate(route.to_owned()), Order::Focus]);
    }

    fn obey(&self, host: &Host, wanted: Vec<Order>) {
        let mut orders = self.orders();
        let send =
            |orders: &UnboundedSender<Order>| wanted.iter().try_for_each(|order| orders.send(order.clone()));
        if orders.as_ref().is_some_and(|orders| send(orders).is_ok()) {
            return;
        }
        let (sender, receiver) = unbounded_channel();
        *orders = Some(sender);
        self.0.runs.send_replace(true);
        tauri::async_runtime::spawn(self.clone().run(host.clone(), receiver, route(wanted)));
    }

    /// Closes the window, if there is one.
    pub(super) fn close(&self) {
        if let Some(orders) = &*self.orders() {
            // A window that has ended needs not be told.
            let _ = orders.send(Order::Close);
        }
    }

    /// Waits until there is no window's process.
    pub(super) async fn ended(&self) {
        // The sender lives as long as `self`.
        let _ = self.0.runs.subscribe().wait_for(|runs| !runs).await;
    }

    /// One window from its start to its end; and the next one, where somebody asked for it while this one was ending.
    async fn run(self, host: Host, mut orders: UnboundedReceiver<Order>, mut first: String) {
        loop {
            match start(&first) {
                Ok(child) => live(child, &host, &mut orders).await,
                Err(error) => tracing::error!(%error, "the window could not be started"),
            }
            host.engine.release_memory().await;
            let mut slot = self.orders();
            let late = std::iter::from_fn(|| orders.try_recv().ok());
            let late: Vec<Order> = late.filter(|order| *order != Order::Close).collect();
            if late.is_empty() {
                *slot = None;
                self.0.runs.send_replace(false);
                return;
            }
            first = route(late);
        }
    }

    fn orders(&self) -> MutexGuard<'_, Option<UnboundedSender<Order>>> {
        self.0.orders.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Serves the window until it ends, and sees to it that it does.
async fn live(mut child: Child, host: &Host, orders: &mut UnboundedReceiver<Order>) {
    let (Some(from), Some(to)) = (child.stdout.take(), child.stdin.take()) else { return };
    tokio::select! {
        served = serve(from, to, host.clone(), orders) => {
            if let Err(error) = served {
                tracing::warn!(%error, "the way to the window broke");
            }
        }
        // The web view's own processes may hold the way open for a moment longer than the window lives.
        _ = child.wait() => {}
    }
    match tokio::time::timeout(PATIENCE, child.wait()).await {
        Ok(Ok(status)) if status.success() => {}
        Ok(Ok(status)) => tracing::warn!(%status, "the window ended badly"),
        Ok(Err(error)) => tracing::warn!(%error, "nobody knows how the window ended"),
        Err(_) => {
            tracing::warn!("the window did not end by itself");
            if let Err(error) = child.kill().await {
                tracing::error!(%error, "the window could not be ended");
            }
        }
    }
}

/// The view that is wanted last.
fn route(orders: Vec<Order>) -> String {
    let routes = orders.into_iter().rev().filter_map(|order| match order {
        Order::Navigate(route) => Some(route),
        Order::Focus | Order::Close => None,
    });
    routes.take(1).collect()
}

fn start(route: &str) -> std::io::Result<Child> {
    let mut command = Command::new(program()?);
    command.args([arguments::WINDOW, route]).stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true);
    // Some graphics drivers show an empty window otherwise (WebKitGTK, https://bugs.webkit.org/show_bug.cgi?id=261874).
    if cfg!(target_os = "linux") && std::env::var_os("WEBKIT_DISABLE_DMABUF_RENDERER").is_none() {
        command.env("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
    }
    #[cfg(target_os = "linux")]
    super::graphics::give_back(&mut command);
    command.spawn()
}

/// This program; where it was replaced by a newer one meanwhile, still the one that runs.
pub(super) fn program() -> std::io::Result<PathBuf> {
    let path = std::env::current_exe()?;
    let running = PathBuf::from("/proc/self/exe");
    Ok(if path.exists() || !running.exists() { path } else { running })
}
