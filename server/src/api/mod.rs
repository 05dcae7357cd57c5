//! The API for programs: `/api/v1`, its description, its readable page, and the keys.

pub(crate) mod input;
mod jwks;
mod openapi;
mod readable;
pub(crate) mod v1;

use axum::Router;
use axum::routing::{any, delete, get, post, put};

use crate::http::problem::{Problem, ProblemCode};
use crate::http::state::AppState;

/// Everything that is read: lists, figures, keys, descriptions. Unknown paths below `/api` get a problem.
pub(crate) fn documents() -> Router<AppState> {
    Router::new()
        .route("/api", get(readable::get))
        .route("/api/v1/openapi.json", get(openapi::get))
        .route("/api/v1/activities", get(v1::activities::get::handler))
        .route("/api/v1/figures/{code}", get(v1::figures::code::get::handler))
        .route("/api/v1/open-data", get(v1::open_data::get::handler))
        .route("/api/v1/open-data/{file}", get(v1::open_data::file::get::handler))
        .route("/api/v1/passes/{number}", get(v1::passes::number::get::handler))
        .route("/api/v1/devices", post(v1::devices::post::handler))
        .route("/api/v1/device/package", get(v1::device::package::get::handler))
        .route("/api/v1/device/key", put(v1::device::key::put::handler))
        .route("/api/v1/device/queue", post(v1::device::queue::post::handler))
        .route("/.well-known/jwks.json", get(jwks::get))
        .route(
            "/api/{*unknown}",
            any(async || {
                Problem::new(
                    ProblemCode::NotFound,
                    "No endpoint has this path; see /api for all of them.",
                )
            }),
        )
}

/// The scans: many a second, so nothing stands around them that they do not need.
pub(crate) fn scans() -> Router<AppState> {
    Router::new()
        .route("/api/v1/check-ins", post(v1::check_ins::post::handler))
        .route("/api/v1/device/sync", post(v1::device::sync::post::handler))
        .route(
            "/api/v1/check-ins/{scan_id}",
            delete(v1::check_ins::scan_id::delete::handler),
        )
}
