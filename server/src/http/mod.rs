//! The web server around the pages and the API.

pub(crate) mod assets;
pub(crate) mod guard;
pub(crate) mod headers;
pub(crate) mod health;
pub(crate) mod origin;
pub(crate) mod page;
pub(crate) mod problem;
pub(crate) mod state;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use crate::api;
use crate::auth::{address, session};
use state::AppState;

/// Everything the program answers. `pages` is the application's own router, which also has the Dutch "not found".
pub(crate) fn router(state: &AppState, pages: Router) -> Router {
    let compressed = CompressionLayer::new().br(true).gzip(true);
    let site = pages
        .layer(from_fn_with_state(state.clone(), session::attach))
        .layer(from_fn(guard::tag_pages))
        .layer(compressed.clone())
        .layer(from_fn_with_state(state.clone(), files_first));
    // The scan route is outside the compression: its answers are small and there are thousands a second.
    Router::new()
        .merge(api::documents().layer(compressed))
        .merge(api::scans())
        .merge(health::routes())
        .merge(crate::reports::routes::routes())
        .with_state(state.clone())
        .fallback_service(site)
        .layer(CatchPanicLayer::custom(guard::after_panic))
        .layer(from_fn(address::remember))
        .layer(from_fn_with_state(state.clone(), guard::around))
}

/// A file of the site is answered before anything asks who is looking.
async fn files_first(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let uri = request.uri();
    match state
        .assets
        .respond(request.method(), uri.path(), uri.query(), request.headers())
    {
        Some(file) => file,
        None => next.run(request).await,
    }
}
