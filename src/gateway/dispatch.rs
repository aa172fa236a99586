//! Chooses the handler of a request.

use std::sync::Arc;

use hyper::http::request::Parts;
use hyper::{Method, Response};
use serde_json::Value;
use tracing::{Span, trace};

use super::client::Client;
use super::create::create;
use super::error::Rejection;
use super::relay::{listen, pass, send, send_json, tunnel};
use super::request::Head;
use super::response::Body;
use super::route::{ObjectRef, Route, route};
use super::state::GatewayState;
use super::{ObjectKind, View, admit, grpc, images, list_filter, ownership, prune};
use crate::text::redact_target;

/// Answers a request. Refuses what the rules forbid.
pub(super) async fn dispatch(
    client: &mut Client,
    parts: &Parts,
    state: &Arc<GatewayState>,
) -> Result<Response<Body>, Rejection> {
    let mut head = Head::read(parts, client.has_body())?;
    let route = route(head.method.as_str(), &head.target.path);
    let span = Span::current();
    span.record("method", head.method.as_str()).record("path", redact_target(&head.target.raw));
    span.record("route", tracing::field::debug(&route));
    trace!("request starts");
    if !matches!(route, Route::Tunnel(_) | Route::Exec(_) | Route::BuildKit) {
        head.upgrade = None;
    }
    if !matches!(route, Route::Pass) && head.has_form {
        return Err(Rejection::Malformed(415, "the body is a form"));
    }
    match &route {
        Route::Tunnel(target) => {
            if let Some(target) = target {
                ownership::require_owned(state, target, client.pid).await?;
            }
            tunnel(client, state, &head).await
        }
        Route::Exec(id) => {
            ownership::require_owned_exec(state, id, client.pid).await?;
            tunnel(client, state, &head).await
        }
        Route::BuildKit => grpc::relay(client, state, &head).await,
        Route::Create(kind) => create(client, state, &head, *kind).await,
        Route::List(kind) if state.view == View::Lesson => list_filter::list(client, state, &head, *kind).await,
        Route::DiskUse if state.view == View::Lesson => list_filter::disk_use(client, state, &head).await,
        Route::Prune(ObjectKind::Image) => prune::images(client, state, &head).await,
        Route::Prune(kind) => prune::objects(client, state, &head, *kind).await,
        Route::PruneCache => prune::build_cache(client, state, &head).await,
        Route::Change(target) => change(client, state, &head, target).await,
        Route::Start(target) => {
            admit::start(&head.query()?, target, state, client.pid).await?;
            pass(client, state, &head, None).await
        }
        Route::Configure(target, is_exec) => {
            ownership::require_owned(state, target, client.pid).await?;
            let body = admit::configured(&client.read_body().await?, *is_exec, state, client.pid)?;
            let answer = send_json(client, state, &head, body).await?;
            if answer.status() == 201
                && let Some(id) = answer.json().get("Id").and_then(Value::as_str)
            {
                state.remember_id(id);
            }
            Ok(answer.into_response())
        }
        Route::Connect(network) => {
            let body = admit::connected(&client.read_body().await?, network, state, client.pid).await?;
            Ok(send_json(client, state, &head, body).await?.into_response())
        }
        Route::ImageDelete(name) => images::delete(client, state, &head, name).await,
        Route::Pull | Route::Load | Route::Build | Route::Commit | Route::Tag(_) => {
            images::make(client, state, &head, &route).await
        }
        Route::Push => {
            let request = head.to_engine(None, client.take_body()?)?;
            let response = send(client, state, request).await?;
            listen(state, &head, response, |_, _| async {}).await
        }
        Route::Forbidden(rule) => {
            state.require_allowed(*rule, &format!("{} /{}", head.method, head.target.path), client.pid)?;
            pass(client, state, &head, None).await
        }
        Route::Pass | Route::List(_) | Route::DiskUse => pass(client, state, &head, None).await,
    }
}

/// Passes on a change to an object that the session owns.
async fn change(
    client: &mut Client,
    state: &GatewayState,
    head: &Head,
    target: &ObjectRef,
) -> Result<Response<Body>, Rejection> {
    ownership::require_owned(state, target, client.pid).await?;
    if let (true, Some((parent, _))) = (head.query()?.get("link").is_some(), target.id.rsplit_once('/')) {
        // The engine reads `PARENT/LINK` as the linked container, but the link belongs to the parent.
        ownership::require_owned(state, &ObjectRef { kind: target.kind, id: parent.to_owned() }, client.pid).await?;
    }
    let removes = head.method == Method::DELETE && target.kind == ObjectKind::Volume;
    let _volumes = if removes { Some(state.volumes.write().await) } else { None };
    pass(client, state, head, None).await
}
