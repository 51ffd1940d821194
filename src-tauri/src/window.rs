//! The window's process: a web view, and nothing that thinks. What the web view asks is handed to the resident process
//! as it is.

#[cfg(target_os = "linux")]
mod appearance;
mod frame;
#[cfg(target_os = "linux")]
mod revival;

use std::process::ExitCode;

use pdt_engine::api::ApiError;
use pdt_seam::window::{Answer, Client, Push};
use serde_json::Value;
use tauri::ipc::{Invoke, InvokeBody, InvokeError, InvokeResponseBody};
use tauri::{AppHandle, Emitter, RunEvent, WindowEvent, Wry};
use tokio::sync::mpsc::UnboundedReceiver;

use crate::logging;

/// Shows the window with the view `route` until it is closed, or until the resident process ends.
pub(crate) fn run(route: &str) -> ExitCode {
    shown(route, || Client::over(tokio::io::stdin(), tokio::io::stdout()))
}

/// Shows a window that can only say why PDT could not start.
pub(crate) fn run_after(error: &ApiError) -> ExitCode {
    shown("", || Client::after(error))
}

fn shown<W>(route: &str, client: impl FnOnce() -> (Client, UnboundedReceiver<Push>, W)) -> ExitCode
where
    W: Future<Output = ()> + Send + 'static,
{
    logging::listen_by_environment();
    match show(route, client) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "the window could not be shown");
            ExitCode::FAILURE
        }
    }
}

fn show<W>(route: &str, client: impl FnOnce() -> (Client, UnboundedReceiver<Push>, W)) -> anyhow::Result<()>
where
    W: Future<Output = ()> + Send + 'static,
{
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    tauri::async_runtime::set(runtime.handle().clone());
    // Asked first, so that the answer is there before the page is.
    #[cfg(target_os = "linux")]
    let theme = appearance::ask(&runtime);
    let (client, pushed, work) = client();
    runtime.spawn(work);
    let app = tauri::Builder::default().invoke_handler(hand_on(client.clone())).build(crate::context())?;
    frame::open(app.handle(), route)?;
    #[cfg(target_os = "linux")]
    revival::watch(app.handle())?;
    #[cfg(target_os = "linux")]
    runtime.spawn(appearance::obey(app.handle().clone(), theme));
    runtime.spawn(hear(app.handle().clone(), pushed));
    app.run(move |app, event| on_event(app, &event, &client));
    Ok(())
}

/// Every command takes the same way. Tauri has looked whether this window may ask for it.
fn hand_on(client: Client) -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    move |invoke| {
        let client = client.clone();
        let Invoke { message, resolver, .. } = invoke;
        let name = message.command().to_owned();
        let params = match message.payload() {
            InvokeBody::Json(params) => params.clone(),
            InvokeBody::Raw(_) => Value::Null,
        };
        resolver.respond_async(async move { for_web_view(client.call(name, params).await) });
        true
    }
}

fn for_web_view(answer: Answer) -> Result<InvokeResponseBody, InvokeError> {
    match answer {
        Ok(document) => Ok(InvokeResponseBody::Json(document.get().to_owned())),
        Err(error) => Err(InvokeError(error)),
    }
}

/// Does what the resident process wants, until that ends.
async fn hear(app: AppHandle, mut pushed: UnboundedReceiver<Push>) {
    while let Some(push) = pushed.recv().await {
        match push {
            Push::Event { name, payload } => {
                if let Err(error) = app.emit_str(&name, payload.get().to_owned()) {
                    tracing::warn!(event = name, %error, "the web view could not be told");
                }
            }
            Push::Focus => frame::raise(&app),
            Push::Close => app.exit(0),
        }
    }
}

/// The resident process knows what closing means: there may be no tray to come back from.
fn on_event(app: &AppHandle, event: &RunEvent, client: &Client) {
    if let RunEvent::WindowEvent { event: WindowEvent::CloseRequested { api, .. }, .. } = event {
        api.prevent_close();
        if client.closing().is_err() {
            app.exit(0);
        }
    }
}
