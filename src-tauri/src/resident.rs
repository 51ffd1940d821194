//! The resident process: the tray icon, the engine, and the window's process when somebody wants to see it.

mod autostart;
mod desktop;
mod elsewhere;
#[cfg(target_os = "linux")]
mod graphics;
mod instance;
mod notifier;
#[cfg(target_os = "linux")]
mod rest;
mod signals;
mod tray;
#[cfg(target_os = "linux")]
mod tray_host;
mod tray_menu;
mod tray_view;
mod window_process;

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use pdt_engine::api::{ApiError, Code, Engine, Startup};
use pdt_engine::clock::SystemClock;
use pdt_engine::machine;
use pdt_engine::supervisor::Supervisor;
use pdt_engine::worker::Worker;
use tauri::{App, RunEvent};
use tokio::runtime::Runtime;

use crate::arguments::Start;
use crate::{logging, window};
use desktop::Resident;
use instance::{Claim, Instance};

/// How long a thread that waited for the database stays for the next time.
const IDLE_THREAD: Duration = Duration::from_secs(2);

/// Stays in the tray until somebody quits.
pub(crate) fn run(start: Start) -> ExitCode {
    #[cfg(target_os = "linux")]
    graphics::do_without();
    match begin(start) {
        Ok(Begun::Resident(parts)) => match stay(start, *parts) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => tell(&error),
        },
        Ok(Begun::Handed) => ExitCode::SUCCESS,
        Err(error) => refuse(start, &error),
    }
}

/// What came of the first steps.
enum Begun {
    /// This is the one PDT on its data.
    Resident(Box<(Instance, Engine)>),
    /// Another one is, and has been told.
    Handed,
}

fn begin(start: Start) -> Result<Begun, ApiError> {
    let folder = Engine::data_folder(&Startup::default())?;
    match (Instance::claim(&folder)?, start) {
        (Claim::First(instance), _) => {
            Ok(Begun::Resident(Box::new((instance, Engine::open(Startup::default())?))))
        }
        (Claim::Taken, Start::Hidden) => Ok(Begun::Handed),
        (Claim::Taken, Start::Shown) => {
            runtime()?.block_on(instance::show_first(&folder))?;
            Ok(Begun::Handed)
        }
    }
}

/// Says why PDT could not start: in a terminal, and to somebody who started it from a menu, in its window.
fn refuse(start: Start, error: &ApiError) -> ExitCode {
    let told = tell(error);
    if start == Start::Shown && error.code != Code::Desktop && check_display().is_ok() {
        window::run_after(error);
    }
    told
}

#[expect(clippy::print_stderr, reason = "there is neither tray nor log that could say it")]
fn tell(error: &ApiError) -> ExitCode {
    eprintln!("PDT could not start. {error}");
    ExitCode::FAILURE
}

fn stay(start: Start, (instance, engine): (Instance, Engine)) -> Result<(), ApiError> {
    check_display()?;
    logging::listen(&engine, &engine.logs_folder());
    let runtime = runtime()?;
    let app = build()?;
    let supervisor = Supervisor::new(engine.clone());
    let ended = supervisor.ended();
    let resident = {
        let _inside = runtime.enter();
        let worker = Worker::start_when_free(&supervisor, machine::follow(Arc::new(SystemClock)));
        Arc::new(Resident::new(app.handle().clone(), engine, supervisor, worker))
    };
    resident.follow_a_move();
    notifier::follow_clicks(&resident);
    runtime.spawn(instance.serve(Arc::clone(&resident)));
    runtime.spawn(signals::quit_when_asked(Arc::clone(&resident)));
    runtime.spawn(tray::keep(Arc::clone(&resident)));
    runtime.spawn(notifier::keep(Arc::clone(&resident), ended));
    #[cfg(target_os = "linux")]
    runtime.spawn(rest::keep(resident.supervisor.ended()));
    if start == Start::Shown {
        resident.show_window();
    }
    app.run(|_, event| {
        // There is no window in this process, and so none that could be the last one to close.
        if let RunEvent::ExitRequested { api, code: None, .. } = event {
            api.prevent_exit();
        }
    });
    Ok(())
}

fn build() -> Result<App, ApiError> {
    let builder = tauri::Builder::default().plugin(tauri_plugin_notification::init());
    #[cfg(not(target_os = "linux"))]
    let builder = builder.plugin(autostart::AtLogin::plugin());
    let built = builder.build(crate::context());
    built.map_err(|error| ApiError::desktop(format!("The desktop refused: {error}.")))
}

/// Two workers are enough for a few requests at once, and each costs memory for as long as PDT is in the tray.
fn runtime() -> Result<Runtime, ApiError> {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    let runtime = builder.worker_threads(2).thread_keep_alive(IDLE_THREAD).enable_all().build();
    let runtime =
        runtime.map_err(|error| ApiError::desktop(format!("The system gives no threads: {error}.")))?;
    tauri::async_runtime::set(runtime.handle().clone());
    Ok(runtime)
}

#[cfg(target_os = "linux")]
fn check_display() -> Result<(), ApiError> {
    gtk::init().map_err(|_| {
        ApiError::desktop("Tray and window need a desktop, and no display can be reached from here.")
            .with_hint("The command `pdt` does the same without one.")
    })
}

#[cfg(not(target_os = "linux"))]
fn check_display() -> Result<(), ApiError> {
    Ok(())
}
