//! What answers the calls: the engine as the app has it, on a desktop that does nothing.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use futures::future::BoxFuture;
use pdt_engine::api::{ApiError, Engine, Parts, Startup};
use pdt_engine::clock::SystemClock;
use pdt_engine::environment::Environment;
use pdt_engine::secrets::{MemoryKeychain, Secrets};
use pdt_engine::supervisor::Supervisor;
use pdt_seam::calls::{Autostart, Desktop, Host};

pub(super) fn over(folder: &Path) -> Result<Host> {
    let environment = Environment::default();
    let secrets = Secrets::with(environment.clone(), Arc::new(MemoryKeychain::default()));
    let jira_gateway = "https://gateway.invalid".parse().context("an address")?;
    let parts = Parts { environment, secrets, clock: Arc::new(SystemClock), jira_gateway };
    let engine = Engine::open_with(Startup { data_dir: Some(folder.to_owned()) }, parts)?;
    let supervisor = Supervisor::new(engine.clone());
    Ok(Host { engine, supervisor, desktop: Arc::new(Nothing) })
}

#[derive(Debug)]
struct Nothing;

impl Desktop for Nothing {
    fn open_link(&self, _: &str) -> Result<(), ApiError> {
        Ok(())
    }

    fn open_folder(&self, _: &Path) -> Result<(), ApiError> {
        Ok(())
    }

    fn autostart(&self) -> Result<bool, ApiError> {
        Ok(false)
    }

    fn set_autostart(&self, _: Autostart) -> Result<(), ApiError> {
        Ok(())
    }

    fn test_notification(&self) -> BoxFuture<'_, Result<(), ApiError>> {
        Box::pin(std::future::ready(Ok(())))
    }

    fn has_tray(&self) -> bool {
        true
    }

    fn close_window(&self) {}

    fn quit(&self) {}
}
