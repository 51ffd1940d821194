//! Takes requests from the socket, meets the ordered faults, and answers.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::Result;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::response::Response;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tokio::runtime::Runtime;

use super::asked::Asked;
use super::reply::Reply;
use super::socket::{CuttableListener, Scissors};
use super::{Realm, Service, changed};
use crate::faults::{Action, Faults};
use crate::recorded::{Credential, Entry, Log, Recorded};

/// What a running fake consists of.
pub(super) struct Core<S> {
    pub(super) service: S,
    pub(super) url: String,
    pub(super) log: Log,
    pub(super) faults: Faults,
    pub(super) latency_millis: AtomicU64,
}

pub(super) fn start<S: Service>(runtime: &Runtime, service: S) -> Result<Arc<Core<S>>> {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0))?;
    listener.set_nonblocking(true)?;
    let url = format!("http://{}", listener.local_addr()?);
    let core = Arc::new(Core {
        service,
        url,
        log: Log::default(),
        faults: Faults::default(),
        latency_millis: AtomicU64::new(0),
    });
    let app = Router::new().fallback(handle::<S>).with_state(Arc::clone(&core));
    let _inside = runtime.enter();
    let listener = CuttableListener(tokio::net::TcpListener::from_std(listener)?);
    let app = app.into_make_service_with_connect_info::<Scissors>();
    runtime.spawn(async move { axum::serve(listener, app).await });
    Ok(core)
}

async fn handle<S: Service>(
    State(core): State<Arc<Core<S>>>,
    ConnectInfo(scissors): ConnectInfo<Scissors>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, 16 << 20).await.unwrap_or_default();
    let asked = Arc::new(Asked::new(&parts, body, &core.url));
    let route = core.service.route(&asked);
    let entry = core.log.begin(record(core.service.realm(), &asked, &route));
    let latency = core.latency_millis.load(Ordering::SeqCst);
    if latency > 0 {
        tokio::time::sleep(Duration::from_millis(latency)).await;
    }
    for action in core.faults.take(&asked, &route) {
        if let Action::Wait(gate) = action {
            gate.pass().await;
        } else {
            return meet(&core, &asked, entry, &scissors, action).await;
        }
    }
    let reply = right_answer(&core, &asked).await;
    core.log.answered(entry, reply.status);
    reply.on_the_wire()
}

async fn meet<S: Service>(
    core: &Arc<Core<S>>,
    asked: &Arc<Asked>,
    entry: Entry,
    scissors: &Scissors,
    action: Action,
) -> Response {
    let reply = match action {
        Action::Answer(reply) => reply,
        Action::Refuse(refusal) => core.service.refuse(asked, &refusal),
        Action::RedirectTo(origin) => Reply::text(302, "").with("location", elsewhere(&origin, asked)),
        Action::Flood(bytes) => {
            core.log.answered(entry, 200);
            return Reply::flood(bytes);
        }
        Action::Drop => {
            scissors.cut();
            return Response::new(Body::empty());
        }
        Action::Wait(_) | Action::Hang => std::future::pending().await,
        Action::Change(change) => {
            let reply = right_answer(core, &changed::as_if(asked, &change)).await;
            core.log.answered(entry, reply.status);
            return changed::changed(reply, asked, change);
        }
    };
    core.log.answered(entry, reply.status);
    reply.on_the_wire()
}

async fn right_answer<S: Service>(core: &Arc<Core<S>>, asked: &Arc<Asked>) -> Reply {
    let (core, asked) = (Arc::clone(core), Arc::clone(asked));
    let answer = tokio::task::spawn_blocking(move || core.service.answer(&asked)).await;
    answer.unwrap_or_else(|_| Reply::text(500, "the fake itself failed; its message is on standard error\n"))
}

pub(super) fn elsewhere(origin: &str, asked: &Asked) -> String {
    let mark = if asked.raw_query.is_empty() { "" } else { "?" };
    format!("{}{}{mark}{}", origin.trim_end_matches('/'), asked.path, asked.raw_query)
}

fn record(realm: &Realm, asked: &Asked, route: &[String]) -> Recorded {
    let basic = asked.basic().map(|basic| basic.password);
    let credential = basic.as_deref().or_else(|| asked.credential()).map_or(Credential::None, |token| {
        realm.tokens.find(token).map_or(Credential::Unknown, |grant| Credential::Of(grant.login))
    });
    Recorded {
        method: asked.method.clone(),
        path: asked.path.clone(),
        query: asked.raw_query.clone(),
        route: shown(route),
        headers: asked
            .headers
            .iter()
            .map(|(name, value)| (name.clone(), without_secret(name, value)))
            .collect(),
        credential,
        body: String::from_utf8_lossy(&asked.body).into_owned(),
        status: None,
    }
}

/// What stays readable in a path's segment.
const READABLE: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'*');

fn shown(route: &[String]) -> String {
    route.iter().map(|segment| format!("/{}", utf8_percent_encode(segment, READABLE))).collect()
}

fn without_secret(name: &str, value: &str) -> String {
    match name {
        "authorization" | "proxy-authorization" => {
            format!("{} <redacted>", value.split_once(' ').map_or("", |(scheme, _)| scheme))
        }
        "private-token" | "job-token" | "cookie" => "<redacted>".to_owned(),
        _ => value.to_owned(),
    }
}
