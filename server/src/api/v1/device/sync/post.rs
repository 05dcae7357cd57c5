//! `POST /api/v1/device/sync`: a device hands its scans over (docs/protocol.md §4). Answered after the commit is durable.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::HeaderMap;
use domain::SyncAnswer;
use jiff::{SignedDuration, Timestamp};

use crate::api::input::whole_body;
use crate::api::v1::device::accept::{Accepted, check, record};
use crate::http::guard::BODY_LIMIT;
use crate::http::problem::{Problem, ProblemCode, ProblemDocument};
use crate::http::state::AppState;

/// Visits that were being committed while others were read are told again next time rather than never.
const OVERLAP: SignedDuration = SignedDuration::from_secs(5);
/// Older visits are of no use to a device.
const LONGEST_AGO: SignedDuration = SignedDuration::from_hours(24);

/// Hand scans over.
///
/// A compact JWS (ES256, `kid` the device's id) over `{"device_id","sent_at","waiting","recent_since","events"}` with at
/// most 200 events. The answer has one result an event, in order; an event that was recorded before gets what it counts
/// for now. One bad event never fails its neighbours. Scans of a revoked device are kept for a person to release.
/// `recent` is told when nothing more waits (`waiting` 0): give `recent_until` back as `recent_since`.
#[utoipa::path(
    post,
    path = "/api/v1/device/sync",
    tag = "devices",
    request_body(content = String, content_type = "application/jose", description = "docs/protocol.md §4"),
    responses(
        (status = 200, description = "`{\"server_time\",\"results\":[{\"scan_id\",\"verdict\",\"reason\",\"flags\"}],\
                                      \"package_epoch\",\"recent\",\"recent_until\",\"roll_key\",\"revoked\"}`", body = Object),
        (status = 400, description = "`malformed`: the body broke off, or the payload is not the JSON object", body = ProblemDocument),
        (status = 401, description = "`device_unknown`, `device_key_unknown`, or `unauthenticated`: no JWS by ES256", body = ProblemDocument),
        (status = 413, description = "`too_large`: more than 256 KiB", body = ProblemDocument),
        (status = 415, description = "`unsupported_media_type`", body = ProblemDocument),
        (status = 422, description = "`validation`: more than 200 events, or another `device_id`", body = ProblemDocument),
    ),
)]
pub(crate) async fn handler(
    State(state): State<AppState>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<SyncAnswer>, Problem> {
    let body = whole_body("application/jose", BODY_LIMIT, &headers, body)?;
    let jws = std::str::from_utf8(&body).map_err(|_| {
        Problem::new(
            ProblemCode::Malformed,
            "The body is no compact JWS: it is not even text.",
        )
    })?;
    let checked = check(&state, jws, None).await?;
    let accepted = record(&state, checked).await?;
    Ok(Json(answer(&state, accepted).await))
}

async fn answer(state: &AppState, accepted: Accepted) -> SyncAnswer {
    let Accepted {
        known,
        waiting,
        recent_since,
        results,
        ..
    } = accepted;
    let server_time = state.store.env().now();
    let before = |ago: SignedDuration| server_time.saturating_sub(ago).unwrap_or(server_time);
    let since = recent_since.map_or(before(LONGEST_AGO), |since| since.max(before(LONGEST_AGO)));
    let mut answer = SyncAnswer {
        server_time,
        results,
        package_epoch: 0,
        recent: Vec::new(),
        recent_until: since,
        roll_key: false,
        revoked: known.device.revoked_at.is_some(),
    };
    if answer.revoked {
        return answer;
    }
    answer.roll_key = known.device.roll_requested;
    // The scans are durable: what cannot be told besides must not make the device send them again.
    match state.packages.epoch(&known.scope).await {
        Ok(epoch) => answer.package_epoch = epoch,
        Err(error) => untold("the newest package", &error),
    }
    // A device that empties a long queue hears of the others with its last request, not with every one.
    if waiting == 0 {
        match state.store.recent_visits(&known.scope, since).await {
            Ok(recent) => {
                answer.recent = recent;
                answer.recent_until = until(server_time, since);
            }
            Err(error) => untold("recent visits", &error),
        }
    }
    answer
}

fn until(read_at: Timestamp, since: Timestamp) -> Timestamp {
    read_at.saturating_sub(OVERLAP).unwrap_or(since).max(since)
}

fn untold(what: &str, error: &storage::Error) {
    tracing::warn!(error = %crate::http::problem::chain(error), "a device was not told of {what}");
}
