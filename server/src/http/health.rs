//! For whoever watches the server: is it alive, can it work.

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;

use super::problem::chain;
use super::state::AppState;

/// `/healthz` and `/readyz`.
pub(crate) fn routes() -> Router<AppState> {
    Router::new().route("/healthz", get(alive)).route("/readyz", get(ready))
}

#[derive(Serialize)]
struct Health {
    status: &'static str,
    version: &'static str,
    build: String,
}

fn answer(status: StatusCode, word: &'static str, state: &AppState) -> Response {
    let health = Health {
        status: word,
        version: env!("CARGO_PKG_VERSION"),
        build: state.assets.build_id().to_owned(),
    };
    (
        status,
        [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))],
        Json(health),
    )
        .into_response()
}

/// The process answers.
async fn alive(State(state): State<AppState>) -> Response {
    answer(StatusCode::OK, "ok", &state)
}

/// The database answers too.
async fn ready(State(state): State<AppState>) -> Response {
    match state.store.ping().await {
        Ok(()) => answer(StatusCode::OK, "ready", &state),
        Err(error) => {
            tracing::warn!(error = %chain(&error), "not ready: the database does not answer");
            answer(StatusCode::SERVICE_UNAVAILABLE, "database_unreachable", &state)
        }
    }
}
