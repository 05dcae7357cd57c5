//! `POST /api/v1/device/queue`: a person hands over what a phone could not send (docs/protocol.md §4). The file holds the
//! very requests that the phone would have sent, signed by the phone: nothing in it is believed on anybody else's word.

use std::collections::HashSet;

use app::{QueueReceipt, QueueUpload, QueueUploadError, Upload};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::HeaderMap;
use domain::{QueueFile, Verdict};
use serde::Serialize;
use storage::{Permission, Scope};
use utoipa::ToSchema;

use crate::api::input::{Errors, whole_body};
use crate::api::v1::device::accept::{check, record};
use crate::auth::caller::Caller;
use crate::http::guard::QUEUE_LIMIT;
use crate::http::problem::{Problem, ProblemCode, ProblemDocument, ProblemText};
use crate::http::state::AppState;

/// What became of an uploaded queue.
#[derive(Debug, Default, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct QueueResult {
    /// Events in the file.
    events: u32,
    /// Events that count for now.
    counted: u32,
    /// Repeats.
    duplicate: u32,
    /// Counted, and a person must look.
    flagged: u32,
    /// Refused, or held because the device is revoked.
    refused: u32,
    /// Taken back, or taking back.
    annulled: u32,
    /// Of those refused: what could not be read.
    unreadable: u32,
}

/// Why a file was not taken.
enum Refusal {
    /// It is no queue, or of another version.
    NotAQueue(String),
    /// One of its requests would not have been taken from the device either. Nothing was recorded.
    Batch(usize, Problem),
    /// Recording failed; uploading the file again is safe.
    Failed(Problem),
}

/// Upload a phone's queue.
///
/// For an organiser's own devices. All signatures are checked before anything is recorded. Uploading a file twice, or
/// what the phone sent after all, changes nothing.
#[utoipa::path(
    post,
    path = "/api/v1/device/queue",
    tag = "devices",
    request_body(content = Object, description = "`{\"format\":\"randpas-queue-1\",\"batches\":[\"<compact JWS>\"]}`"),
    security(("session" = []), ("client_token" = [])),
    responses(
        (status = 200, description = "what became of the scans", body = QueueResult),
        (status = 400, description = "`malformed`: the body broke off", body = ProblemDocument),
        (status = 401, description = "`unauthenticated`", body = ProblemDocument),
        (status = 403, description = "`role_denied` or `cross_origin`", body = ProblemDocument),
        (status = 413, description = "`too_large`: more than 10 MiB", body = ProblemDocument),
        (status = 415, description = "`unsupported_media_type`", body = ProblemDocument),
        (status = 422, description = "`validation`: no queue file, or of a device that is not yours; nothing was \
                                      recorded", body = ProblemDocument),
    ),
)]
pub(crate) async fn handler(
    State(state): State<AppState>,
    caller: Caller,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<QueueResult>, Problem> {
    let scope = caller.require(Permission::ManageDevices)?;
    let file = whole_body("application/json", QUEUE_LIMIT, &headers, body)?;
    match upload(&state, scope, &file).await {
        Ok(result) => Ok(Json(result)),
        Err(Refusal::Failed(problem)) => Err(problem),
        Err(Refusal::NotAQueue(detail)) => {
            let mut errors = Errors::default();
            errors.add("format", detail);
            Err(errors.into_problem())
        }
        Err(Refusal::Batch(at, problem)) => {
            let mut errors = Errors::default();
            let code = problem.code().row().code;
            errors.add("batches", format!("request {}: {code}: {}", at + 1, problem.detail()));
            Err(errors.into_problem())
        }
    }
}

async fn upload(state: &AppState, scope: &Scope, file: &[u8]) -> Result<QueueResult, Refusal> {
    let file: QueueFile = serde_json::from_slice(file)
        .map_err(|error| Refusal::NotAQueue(format!("the file must be JSON with `format` and `batches`: {error}")))?;
    if file.format != QueueFile::FORMAT {
        return Err(Refusal::NotAQueue(format!("must be {}", QueueFile::FORMAT)));
    }
    let devices = state.store.all_devices(scope).await;
    let devices = devices.map_err(|error| Refusal::Failed(Problem::server_error("listing the devices", &error)))?;
    let own: HashSet<_> = devices.into_iter().map(|device| device.id).collect();
    let mut checked = Vec::with_capacity(file.batches.len());
    for (at, jws) in file.batches.iter().enumerate() {
        let batch = check(state, jws, Some(&own)).await;
        checked.push(batch.map_err(|problem| Refusal::Batch(at, problem))?);
    }
    let mut result = QueueResult::default();
    for batch in checked {
        let accepted = record(state, batch).await.map_err(Refusal::Failed)?;
        result.unreadable += u32::try_from(accepted.unreadable).unwrap_or(u32::MAX);
        accepted.results.iter().for_each(|event| result.add(event.verdict));
    }
    Ok(result)
}

impl QueueResult {
    fn add(&mut self, verdict: Verdict) {
        self.events += 1;
        match verdict {
            Verdict::Counted => self.counted += 1,
            Verdict::Duplicate => self.duplicate += 1,
            Verdict::Flagged => self.flagged += 1,
            Verdict::Refused => self.refused += 1,
            Verdict::Annulled => self.annulled += 1,
        }
    }
}

/// The same for the page with a form.
impl QueueUpload for AppState {
    fn accept<'a>(&'a self, scope: &'a Scope, file: &'a [u8]) -> Upload<'a> {
        Box::pin(async move {
            match upload(self, scope, file).await {
                Ok(result) => Ok(QueueReceipt {
                    events: result.events,
                    counted: result.counted + result.flagged,
                    duplicates: result.duplicate,
                    refused: result.refused - result.unreadable.min(result.refused),
                    unreadable: result.unreadable,
                }),
                Err(Refusal::NotAQueue(_)) => Err(QueueUploadError::NotAQueue),
                Err(Refusal::Batch(_, problem)) => Err(match problem.code() {
                    ProblemCode::DeviceUnknown => QueueUploadError::NotYours,
                    ProblemCode::DeviceKeyUnknown => QueueUploadError::Signature,
                    ProblemCode::ServerError => QueueUploadError::Unavailable(Box::new(ProblemText::from(problem))),
                    _ => QueueUploadError::NotAQueue,
                }),
                Err(Refusal::Failed(problem)) => {
                    Err(QueueUploadError::Unavailable(Box::new(ProblemText::from(problem))))
                }
            }
        })
    }
}
