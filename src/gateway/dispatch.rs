//! Chooses the handler of a request.

use std::sync::Arc;

use hyper::Method;
use hyper::http::request::Parts;
use tracing::{Span, trace};

use super::client::Client;
use super::create::create;
use super::error::Rejection;
use super::relay::Exchange;
use super::request::Head;
use super::response::HandlerResult;
use super::route::{ObjectRef, Route, route};
use super::state::GatewayState;
use super::{ObjectKind, Rule, View, admit, grpc, images, known, list_filter, prune};
use crate::text::redact_target;

/// Answers a request. Refuses a request that the rules forbid.
pub(super) async fn dispatch(state: Arc<GatewayState>, client: Client, parts: &Parts) -> HandlerResult {
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
    handle(&mut Exchange { state, client, head }, &route).await
}

async fn handle(exchange: &mut Exchange, route: &Route) -> HandlerResult {
    match route {
        Route::Tunnel(target) => {
            if let Some(target) = target {
                exchange.state.require_owned(target).await?;
            }
            exchange.tunnel().await
        }
        Route::Exec(id) => {
            exchange.state.require_owned_exec(id).await?;
            exchange.tunnel().await
        }
        Route::BuildKit => grpc::relay(exchange).await,
        Route::Create(kind) => create(exchange, *kind).await,
        Route::List(kind) if exchange.state.view == View::Lesson => list_filter::list(exchange, *kind).await,
        Route::DiskUse if exchange.state.view == View::Lesson => list_filter::disk_use(exchange).await,
        Route::Prune(ObjectKind::Image) => prune::images(exchange).await,
        Route::Prune(kind) => prune::objects(exchange, *kind).await,
        Route::PruneCache => prune::build_cache(exchange).await,
        Route::Change(target) => change(exchange, target).await,
        Route::Configure(target, is_exec) => {
            exchange.state.require_owned(target).await?;
            let body = admit::configured(&exchange.client.read_body().await?, *is_exec, &exchange.state)?;
            let answer = exchange.send_json(body).await?;
            if answer.status() == 201
                && let Some(id) = answer.json()["Id"].as_str()
            {
                exchange.state.remember_id(id);
            }
            Ok(answer.into_response())
        }
        Route::Connect(network) => {
            let body = admit::connected(&exchange.client.read_body().await?, network, &exchange.state).await?;
            Ok(exchange.send_json(body).await?.into_response())
        }
        Route::ImageDelete(name) => images::delete(exchange, name).await,
        Route::Pull | Route::Load | Route::Build | Route::Commit | Route::Tag(_) => images::make(exchange, route).await,
        Route::Push => {
            let request = exchange.head.to_engine(None, exchange.client.take_body()?)?;
            let response = exchange.send(request).await?;
            exchange.listen(response, |_, _| async {}).await
        }
        Route::Forbidden(rule) => {
            let what = format!("{} /{}", exchange.head.method, exchange.head.target.path);
            exchange.state.require_allowed(*rule, &what)?;
            exchange.pass(None).await
        }
        Route::Pass | Route::List(_) | Route::DiskUse => exchange.pass(None).await,
    }
}

/// Passes a change of the object `target` to the engine. Refuses the change if the object belongs to somebody else.
async fn change(exchange: &mut Exchange, target: &ObjectRef) -> HandlerResult {
    let state = Arc::clone(&exchange.state);
    for name in exchange.head.query()?.names().filter(|name| !known::has("change", name)) {
        // The option `link` makes the name refer to another object. The option `checkpoint-dir` is a folder of the
        // host.
        state.require_allowed(Rule::Option, &format!("--{name}"))?;
    }
    state.require_owned(target).await?;
    let removes = exchange.head.method == Method::DELETE && target.kind == ObjectKind::Volume;
    let _volumes = if removes { Some(state.volumes.write().await) } else { None };
    exchange.pass(None).await
}
