//! `GET /api/v1/device/package`: what a device takes along for when there is no network (docs/protocol.md §3).

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::auth::device::DeviceCaller;
use crate::http::problem::{Problem, ProblemDocument};
use crate::http::state::AppState;

/// The offline package of the device that asks.
///
/// Keys, the status list, the organiser's activities with their scan windows, and what other devices counted in the
/// last 24 hours. No names, no numbers. Send `If-None-Match` with the `ETag` of the package that the device has: 304
/// says that it is still the newest. `ETag` does not cover `issued_at`, `expires_at` and `recent`.
#[utoipa::path(
    get,
    path = "/api/v1/device/package",
    tag = "devices",
    params(("If-None-Match" = Option<String>, Header, description = "`ETag` of the package that the device has")),
    security(("device_token" = [])),
    responses(
        (status = 200, description = "the package (docs/protocol.md §3)",
            body = Object),
        (status = 304, description = "the device has the newest"),
        (status = 401, description = "`device_unknown`, `device_key_unknown`, `device_token_expired` or \
                                      `unauthenticated`", body = ProblemDocument),
        (status = 403, description = "`device_revoked`", body = ProblemDocument),
    ),
)]
pub(crate) async fn handler(
    State(state): State<AppState>,
    device: DeviceCaller,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let failed = |error: storage::Error| Problem::server_error("making the package", &error);
    let (built, recent) = state.packages.fresh(&device.known.scope).await.map_err(failed)?;
    let tag = HeaderValue::from_str(&built.etag).unwrap_or(HeaderValue::from_static("W/\"\""));
    let unchanged = headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|known| opaque(known) == opaque(&built.etag));
    let told = [
        (header::ETAG, tag),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache")),
    ];
    if unchanged {
        return Ok((StatusCode::NOT_MODIFIED, told).into_response());
    }
    let mut package = built.package.clone();
    package.recent = recent;
    Ok((told, Json(package)).into_response())
}

/// The tag without its mark of weakness: a proxy may add or take it.
fn opaque(tag: &str) -> &str {
    let tag = tag.trim();
    tag.strip_prefix("W/").unwrap_or(tag)
}
