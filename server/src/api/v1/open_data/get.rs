//! `GET /api/v1/open-data`: the catalogue of open data.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use domain::{FigureCode, Period};
use storage::{FigureRequest, Scope};

use super::{base, catalogue, headers};
use crate::api::v1::figures::code::get::problem;
use crate::http::problem::Problem;
use crate::http::state::AppState;

/// List the open data.
///
/// A DCAT catalogue in JSON-LD: one data set for each figure, each as CSV and as RDF Data Cube, CC BY 4.0.
#[utoipa::path(
    get,
    path = "/api/v1/open-data",
    tag = "open data",
    security(()),
    responses((status = 200, description = "the catalogue", content_type = "application/ld+json", body = Object)),
)]
pub(crate) async fn handler(State(state): State<AppState>, asked: HeaderMap) -> Result<Response, Problem> {
    let whole = FigureRequest::new(FigureCode::Coverage, Period::project());
    let figure = state.store.compute(&Scope::public(), &whole).await.map_err(problem)?;
    let catalogue = catalogue::document(&base(&state, &asked), &figure);
    Ok((headers("application/ld+json"), catalogue.to_string()).into_response())
}
