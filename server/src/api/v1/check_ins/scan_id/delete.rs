//! `DELETE /api/v1/check-ins/{scan_id}`: takes a scan back. An event of its own; nothing is deleted.

use axum::Json;
use axum::extract::{Path, State};
use domain::ScanId;
use storage::{AnnulError, Permission};

use crate::api::input::Errors;
use crate::api::v1::check_ins::CheckInResult;
use crate::auth::caller::Caller;
use crate::http::problem::{Problem, ProblemCode, ProblemDocument};
use crate::http::state::AppState;

/// Take a scan back.
///
/// Who made the scan can annul it for 15 minutes; the organiser and the coordinator can later as well. Annulling
/// twice gives the same answer.
#[utoipa::path(
    delete,
    path = "/api/v1/check-ins/{scan_id}",
    tag = "check-ins",
    params(("scan_id" = Uuid, Path, description = "the scan, as the client named it")),
    security(("client_token" = []), ("session" = [])),
    responses(
        (status = 200, description = "annulled", body = CheckInResult),
        (status = 401, description = "`unauthenticated`", body = ProblemDocument),
        (status = 403, description = "`role_denied`: made by another client", body = ProblemDocument),
        (status = 404, description = "`not_found`", body = ProblemDocument),
        (status = 409, description = "`annul_too_late`", body = ProblemDocument),
        (status = 422, description = "`validation`: not a UUID", body = ProblemDocument),
    ),
)]
pub(crate) async fn handler(
    State(state): State<AppState>,
    caller: Caller,
    Path(scan_id): Path<String>,
) -> Result<Json<CheckInResult>, Problem> {
    let scope = caller.require(Permission::Scan)?;
    let Ok(scan_id) = scan_id.parse::<ScanId>() else {
        let mut errors = Errors::default();
        errors.add("scan_id", "must be a UUID");
        return Err(errors.into_problem());
    };
    let recorded = state
        .store
        .annul(scope, scan_id, state.store.env().now())
        .await
        .map_err(|error| match error {
            AnnulError::Unknown => Problem::not_found("scan"),
            AnnulError::TooLate => Problem::new(
                ProblemCode::AnnulTooLate,
                "The scan is more than 15 minutes old; the organiser can annul it.",
            ),
            AnnulError::Denied => Problem::new(ProblemCode::RoleDenied, "Another client or person made this scan."),
            AnnulError::Storage(error) => Problem::server_error("annulling the scan", &error),
        })?;
    Ok(Json(CheckInResult::from(&recorded)))
}
