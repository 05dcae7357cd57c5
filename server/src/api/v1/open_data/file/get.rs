//! `GET /api/v1/open-data/{code}.csv` and `.jsonld`: one figure over the public grid.

use std::str::FromStr;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use domain::FigureCode;

use super::super::observation::DataSet;
use super::super::{base, cube, headers, table};
use crate::api::v1::figures::code::get::problem;
use crate::http::problem::{Problem, ProblemDocument};
use crate::http::state::AppState;

/// Download a data set.
///
/// Every table of the public grid, one line or observation for each cell. What is hidden has no value and says why.
#[utoipa::path(
    get,
    path = "/api/v1/open-data/{file}",
    tag = "open data",
    params(("file" = String, Path, description = "code of a figure and `.csv` or `.jsonld`", example = "participants.csv")),
    security(()),
    responses(
        (status = 200, description = "CSV, or RDF Data Cube in JSON-LD", content(
            (String = "text/csv"),
            (Object = "application/ld+json"),
        )),
        (status = 404, description = "`not_found`: no such data set", body = ProblemDocument),
    ),
)]
pub(crate) async fn handler(
    State(state): State<AppState>,
    Path(file): Path<String>,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    let unknown = || Problem::not_found("data set");
    let (name, extension) = file.rsplit_once('.').ok_or_else(unknown)?;
    let code = FigureCode::from_str(name).map_err(|_| unknown())?;
    if !["csv", "jsonld"].contains(&extension) {
        return Err(unknown());
    }
    let set = DataSet::read(&state.store, code).await.map_err(problem)?;
    if extension == "csv" {
        let failed = |error| Problem::server_error("writing open data as CSV", &error);
        let bytes = table::write(&set).map_err(failed)?;
        return Ok((headers("text/csv; charset=utf-8; header=present"), bytes).into_response());
    }
    let cube = cube::document(&base(&state, &asked), &set);
    Ok((headers("application/ld+json"), cube.to_string()).into_response())
}
