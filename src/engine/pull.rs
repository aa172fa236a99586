//! Pulls images through the API.

use std::time::{Duration, Instant};

use bollard::query_parameters::CreateImageOptionsBuilder;
use futures_util::StreamExt;
use tokio::time::timeout;
use tracing::debug;

use super::Engine;
use super::error::trouble;
use super::streams::failed;
use crate::claims::{InfraFailure, InfraFailureKind};
use crate::image_ref;
use crate::text::redact_message;

/// The time limit for a pull without progress. Engines have no such limit, so a silent registry would block the pull
/// forever.
const SILENCE_LIMIT: Duration = Duration::from_mins(2);

/// One step of a pull.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PullProgress {
    /// The id of the layer, or the tag.
    pub id: Option<String>,
    /// The state, such as `Downloading` or `Pull complete`.
    pub status: String,
    /// The number of bytes so far.
    pub current: Option<u64>,
    /// The total number of bytes, if the engine knows it.
    pub total: Option<u64>,
}

impl Engine {
    /// Pulls `image` if the engine lacks it. Returns whether the image was pulled. `on` gets an empty step when a pull
    /// begins.
    ///
    /// # Errors
    /// Fails in the same cases as [`pull`](Self::pull).
    pub async fn pull_missing(
        &self,
        image: &str,
        on: &mut (dyn FnMut(PullProgress) + Send),
    ) -> Result<bool, InfraFailure> {
        if matches!(self.image(image).await, Ok(Some(_))) {
            return Ok(false);
        }
        on(PullProgress::default());
        self.pull(image, on).await.map(|()| true)
    }

    /// Pulls `image`, and reports the progress to `on`. A name without a tag means the tag `latest`.
    ///
    /// # Errors
    /// Fails if the image cannot be pulled. The error contains the kind of the failure.
    pub async fn pull(&self, image: &str, on: &mut (dyn FnMut(PullProgress) + Send)) -> Result<(), InfraFailure> {
        debug!(image, "pull starts");
        let begun = Instant::now();
        let pulled = self.pull_quietly(image, on).await;
        match &pulled {
            Ok(()) => debug!(image, took = ?begun.elapsed(), "pull ended"),
            Err(trouble) => {
                let detail = redact_message(&trouble.detail);
                debug!(image, took = ?begun.elapsed(), kind = trouble.kind.name(), detail, "pull failed");
            }
        }
        pulled
    }

    async fn pull_quietly(&self, image: &str, on: &mut (dyn FnMut(PullProgress) + Send)) -> Result<(), InfraFailure> {
        // For a name without a tag, the API would pull every tag.
        let image = image_ref::listed(image);
        let options = CreateImageOptionsBuilder::new().from_image(&image).build();
        let docker = self.bollard(SILENCE_LIMIT.as_secs())?;
        let mut stream = docker.create_image(Some(options), None, None);
        let silent = || trouble(InfraFailureKind::Timeout, format_args!("no news of `{image}` for {SILENCE_LIMIT:?}"));
        while let Some(news) = timeout(SILENCE_LIMIT, stream.next()).await.map_err(|_| silent())? {
            let news = news.map_err(|error| sort(failed(&error)))?;
            let bytes = |bytes: Option<i64>| bytes.and_then(|bytes| u64::try_from(bytes).ok()).filter(|&b| b > 0);
            let detail = news.progress_detail.unwrap_or_default();
            on(PullProgress {
                id: news.id,
                status: news.status.unwrap_or_default(),
                current: bytes(detail.current),
                total: bytes(detail.total),
            });
        }
        Ok(())
    }
}

/// Changes the kind of a failure to `NoImage` if the engine's message reports a missing image.
fn sort(trouble: InfraFailure) -> InfraFailure {
    const NO_IMAGE: [&str; 7] = [
        "pull access denied",
        "requested access to the resource is denied",
        "manifest unknown",
        ": not found",
        "no such host",
        "no basic auth credentials",
        "invalid reference format",
    ];
    if trouble.kind == InfraFailureKind::Other && NO_IMAGE.iter().any(|words| trouble.detail.contains(words)) {
        return InfraFailure { kind: InfraFailureKind::NoImage, ..trouble };
    }
    trouble
}
