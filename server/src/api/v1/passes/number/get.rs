//! `GET /api/v1/passes/{number}`: whether a pass is valid today. No personal data.

use axum::Json;
use axum::extract::{Path, State};
use domain::{Number, PassStatus, Reason};
use serde::Serialize;
use storage::Permission;
use utoipa::ToSchema;

use crate::api::input::Errors;
use crate::auth::caller::Caller;
use crate::http::problem::{Problem, ProblemCode, ProblemDocument};
use crate::http::state::AppState;

/// Whether a pass is valid today, and nothing about its holder.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PassState {
    /// As printed: `XXXX-XXXX-XXX`.
    number: String,
    /// Whether a scan today would be accepted.
    valid: bool,
    /// `valid`, `suspended` or `revoked`.
    status: &'static str,
    /// `ok`, `not_yet_valid`, `expired`, `revoked` or `suspended`.
    reason: &'static str,
    /// First day, in Belgium.
    #[schema(value_type = String, format = Date)]
    from: jiff::civil::Date,
    /// Last day, in Belgium.
    #[schema(value_type = String, format = Date)]
    until: jiff::civil::Date,
}

/// Look a pass up.
#[utoipa::path(
    get,
    path = "/api/v1/passes/{number}",
    tag = "passes",
    params(("number" = String, Path, description = "with or without dashes, in any case", example = "0123-4567-89A")),
    security(("client_token" = []), ("session" = [])),
    responses(
        (status = 200, body = PassState),
        (status = 401, description = "`unauthenticated`", body = ProblemDocument),
        (status = 403, description = "`role_denied`", body = ProblemDocument),
        (status = 404, description = "`unknown_pass`", body = ProblemDocument),
        (status = 422, description = "`validation`: not a number, or a typing error", body = ProblemDocument),
    ),
)]
pub(crate) async fn handler(
    State(state): State<AppState>,
    caller: Caller,
    Path(number): Path<String>,
) -> Result<Json<PassState>, Problem> {
    let scope = match caller.require(Permission::Scan) {
        Ok(scope) => scope,
        Err(_) => caller.require(Permission::FindHolder)?,
    };
    let mut errors = Errors::default();
    let Some(number) = errors.keep("number", number.parse::<Number>()) else {
        return Err(errors.into_problem());
    };
    let found = state.store.pass(scope, &number).await;
    let pass = found
        .map_err(|error| Problem::server_error("looking up the pass", &error))?
        .ok_or_else(|| Problem::new(ProblemCode::UnknownPass, "No pass that you may see has this number."))?;
    let reason = reason(pass.status, pass.from, pass.until, state.store.env().today());
    Ok(Json(PassState {
        number: pass.number.to_string(),
        valid: reason == Reason::Ok,
        status: pass.status.code(),
        reason: reason.code(),
        from: pass.from,
        until: pass.until,
    }))
}

/// In the order of `decide()`: dates before status.
fn reason(status: PassStatus, from: jiff::civil::Date, until: jiff::civil::Date, today: jiff::civil::Date) -> Reason {
    match status {
        _ if today < from => Reason::NotYetValid,
        _ if today > until => Reason::Expired,
        PassStatus::Revoked => Reason::Revoked,
        PassStatus::Suspended => Reason::Suspended,
        PassStatus::Valid => Reason::Ok,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn both_ends_of_the_validity_are_inclusive() {
        let (from, until) = (date(2026, 1, 1), date(2026, 12, 31));
        let on = |today| reason(PassStatus::Valid, from, until, today);
        assert_eq!(on(date(2025, 12, 31)), Reason::NotYetValid);
        assert_eq!(on(from), Reason::Ok);
        assert_eq!(on(until), Reason::Ok);
        assert_eq!(on(date(2027, 1, 1)), Reason::Expired);
        assert_eq!(reason(PassStatus::Revoked, from, until, from), Reason::Revoked);
    }
}
