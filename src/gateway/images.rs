//! Handles requests that create, name or remove images. A name cannot carry a label, so the journal records the names
//! before and after each request.

use std::sync::Arc;

use serde_json::Value;
use tracing::debug;

use super::error::Rejection;
use super::image_record::{Outcome, begin, conclude, interrupt};
use super::journal::{Record, now};
use super::progress::ProgressReader;
use super::query::Query;
use super::reference::Images;
use super::relay::Exchange;
use super::response::HandlerResult;
use super::route::{ObjectRef, Route};
use super::state::GatewayState;
use super::{LESSON_LABEL, ObjectKind, SESSION_LABEL, admit};
use crate::image_ref::{self, ImageRef};

/// A request that makes images or gives them names.
struct ImageRequest {
    by: &'static str,
    names: Vec<String>,
    /// The repository, if the request pulls all tags of the repository. Only the answer contains these tags.
    repository: Option<String>,
    /// The image that gets the names, if the image is known in advance.
    image: Option<String>,
}

/// Passes a request that creates or names images to the engine. Records the result.
pub(super) async fn make(exchange: &mut Exchange, route: &Route) -> HandlerResult {
    let state = Arc::clone(&exchange.state);
    let mut query = exchange.head.query()?;
    let before = Images::list(&state.engine).await?;
    let ImageRequest { by, names, repository, image } = image_request(&state, &mut query, route, &before).await?;
    let intended = begin(&state, by, &names, image, before).await?;
    // A pull may move a name that does not belong to the session.
    let foreign: Vec<String> = names.into_iter().filter(|name| !intended.may_give(name)).collect();
    let request = exchange.head.to_engine(Some(&query), exchange.client.take_body()?)?;
    let response = match exchange.send(request).await {
        Ok(response) => response,
        Err(rejection) => {
            interrupt(&state, &intended, &[]).await?;
            return Err(rejection);
        }
    };
    if response.status().as_u16() >= 400 {
        let answer = exchange.read_answer(response).await;
        conclude(&state, intended, Outcome::default()).await?;
        return Ok(answer?.into_response());
    }
    let is_success = response.status().is_success();
    let conclude = move |progress: ProgressReader, is_whole| async move {
        let concluded = if is_whole {
            let mut names: Vec<String> = progress.names.iter().map(|name| image_ref::listed(name)).collect();
            if let Some(repository) = &repository {
                let pulled = progress.pulled.iter().map(|tag| image_ref::listed_with(repository, Some(tag)));
                names.extend(pulled.filter(|name| !intended.was_there(name)));
            }
            names.extend(foreign);
            let is_good = is_success && progress.error.is_none();
            conclude(&state, intended, Outcome { is_good, images: progress.ids, names }).await
        } else {
            interrupt(&state, &intended, &progress.ids).await
        };
        if let Err(rejection) = concluded {
            debug!(reason = rejection.name(), "the result is not recorded");
        }
    };
    exchange.listen(response, conclude).await
}

/// Reads the names that a request gives to images. Adds the parameters that the gateway requires to the request's
/// query.
async fn image_request(
    state: &GatewayState,
    query: &mut Query,
    route: &Route,
    before: &Images,
) -> Result<ImageRequest, Rejection> {
    let named = |repository: Option<&str>, tag: Option<&str>| {
        repository.map(|name| image_ref::listed_with(name, tag)).into_iter().collect::<Vec<_>>()
    };
    let (mut repository, mut image) = (None, None);
    let (by, names) = match route {
        Route::Build => {
            admit::build(query, state).await?;
            ("build", query.all("t").map(|name| image_ref::listed_with(name, None)).collect())
        }
        Route::Commit => {
            let id = query.get("container").unwrap_or_default().to_owned();
            state.require_owned(&ObjectRef { kind: ObjectKind::Container, id }).await?;
            // Somebody else may later create a container from this image. That container must not inherit these labels.
            for label in [SESSION_LABEL, LESSON_LABEL] {
                query.push("changes", format!("LABEL {label}=\"\""));
            }
            ("commit", named(query.get("repo"), query.get("tag")))
        }
        Route::Tag(source) => {
            image = before.names.get(&image_ref::listed(source)).or_else(|| before.find(source)).cloned();
            ("tag", named(query.get("repo"), query.get("tag")))
        }
        Route::Pull if query.get("fromSrc").is_some() => ("import", named(query.get("repo"), query.get("tag"))),
        Route::Pull => {
            let (name, tag) = (query.get("fromImage"), query.get("tag"));
            let is_whole = |image: ImageRef| image.tag.is_some() || image.digest.is_some();
            let whole = name.is_some_and(|name| name.parse().is_ok_and(is_whole));
            if tag.is_none() && !whole {
                repository = name.map(str::to_owned);
                ("pull", Vec::new())
            } else {
                ("pull", named(name, tag))
            }
        }
        _ => ("load", Vec::new()),
    };
    Ok(ImageRequest { by, names, repository, image })
}

/// Removes an image, or one name of an image. Refuses the request if the image or the name belongs to somebody else.
pub(super) async fn delete(exchange: &mut Exchange, name: &str) -> HandlerResult {
    exchange.state.require_owned_image(name).await?;
    let answer = exchange.fetch(None).await?;
    if answer.is_good() {
        record_removed(&exchange.state, &answer.json()).await?;
    }
    Ok(answer.into_response())
}

/// Writes to the journal the names and images that an answer lists as removed.
pub(super) async fn record_removed(state: &GatewayState, list: &Value) -> Result<(), Rejection> {
    let text = |entry: &Value| {
        let untagged = entry["Untagged"].as_str().map(image_ref::listed);
        untagged.or_else(|| entry["Deleted"].as_str().map(str::to_owned))
    };
    let names: Vec<String> = list.as_array().into_iter().flatten().filter_map(text).collect();
    if names.is_empty() {
        return Ok(());
    }
    state.journal.append(Record::Gone { names, at: now() }).await.map_err(Rejection::Journal)
}
