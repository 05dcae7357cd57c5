//! `GET /api/v1/figures/{code}`: a figure, protected against disclosure before it gets here.

use std::str::FromStr;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use domain::{Dimension, FigureCode, Nis, OrganiserId, Period};
use storage::{FigureQuery, Permission};

use crate::api::input::{Errors, Parameters};
use crate::api::v1::figures::FigureDocument;
use crate::auth::caller::Caller;
use crate::http::problem::{Problem, ProblemCode, ProblemDocument};
use crate::http::state::AppState;

const KNOWN: [&str; 4] = ["period", "by", "municipality", "organiser"];

const PERIOD: &str = "`2026`, `2026-03`, `2026-Q1`, `2026-H1`, `2025-2026` (work year) or `project`; \
                      this calendar year when left out";
const BY: &str = "one or two of `municipality`, `month`, `organiser`, `organiser_kind`, `activity_type`, \
                  with a comma between";

/// Read a figure.
#[utoipa::path(
    get,
    path = "/api/v1/figures/{code}",
    tag = "figures",
    params(
        ("code" = String, Path, description = "code of the figure", example = "participants"),
        ("period" = Option<String>, Query, description = PERIOD),
        ("by" = Option<String>, Query, description = BY),
        ("municipality" = Option<String>, Query, description = "only holders of this NIS code; counts as a dimension"),
        ("organiser" = Option<Uuid>, Query, description = "only visits to this organiser; counts as a dimension"),
    ),
    security((), ("client_token" = []), ("session" = [])),
    responses(
        (status = 200, body = FigureDocument),
        (status = 401, description = "`unauthenticated`", body = ProblemDocument),
        (status = 403, description = "`role_denied`", body = ProblemDocument),
        (status = 404, description = "`not_found`: no such figure", body = ProblemDocument),
        (status = 422, description = "`validation`: a parameter is unknown or wrong", body = ProblemDocument),
    ),
)]
pub(crate) async fn handler(
    State(state): State<AppState>,
    caller: Caller,
    Path(code): Path<String>,
    query: Result<Query<Vec<(String, String)>>, QueryRejection>,
) -> Result<Json<FigureDocument>, Problem> {
    let scope = caller.require(Permission::ReadFigures)?;
    let available = FigureCode::available();
    let Some(code) = FigureCode::from_str(&code).ok().filter(|code| available.contains(code)) else {
        let all = available.iter().map(|code| code.code()).collect::<Vec<_>>().join(", ");
        return Err(Problem::new(
            ProblemCode::NotFound,
            format!("There is no such figure; the figures are {all}."),
        ));
    };
    let mut errors = Errors::default();
    let Query(pairs) = query.unwrap_or_else(|_| {
        errors.add("query", "must be UTF-8 pairs of name=value");
        Query(Vec::new())
    });
    let parameters = Parameters::new(pairs, &KNOWN, &mut errors);
    let period = match parameters.text("period") {
        Some(text) => errors.keep("period", Period::from_str(text)),
        None => errors.keep(
            "period",
            Period::from_str(&state.store.env().today().year().to_string()),
        ),
    };
    let by = dimensions(&parameters, &mut errors);
    let municipality = parameters.parsed::<Nis>("municipality", "the five digits of a NIS code", &mut errors);
    let organiser = parameters.parsed::<OrganiserId>("organiser", "the UUID of an organiser", &mut errors);
    let (Some(period), true) = (period, errors.is_empty()) else {
        return Err(errors.into_problem());
    };
    let query = FigureQuery {
        code,
        period,
        by,
        municipality,
        organiser,
    };
    let table = state.store.figure(scope, query).await.map_err(problem)?;
    Ok(Json(FigureDocument::from(&table)))
}

fn dimensions(parameters: &Parameters, errors: &mut Errors) -> Vec<Dimension> {
    let mut by = Vec::new();
    for name in parameters.list("by") {
        match Dimension::from_str(name) {
            Ok(dimension) if !by.contains(&dimension) => by.push(dimension),
            Ok(_) => errors.add("by", "must name a dimension once"),
            Err(_) => {
                let all = Dimension::ALL
                    .iter()
                    .map(|dimension| dimension.code())
                    .collect::<Vec<_>>()
                    .join(", ");
                errors.add("by", format!("must be one or two of {all}"));
            }
        }
    }
    if by.len() > 2 {
        errors.add("by", "must be two dimensions at most");
    }
    by
}

fn problem(error: storage::Error) -> Problem {
    match error {
        storage::Error::Invalid(what) => {
            let mut errors = Errors::default();
            errors.add("by", what);
            errors.into_problem()
        }
        storage::Error::Denied(_) => Problem::new(ProblemCode::RoleDenied, "This figure is outside what you may see."),
        storage::Error::Unknown(what) => Problem::not_found(what),
        error => Problem::server_error("computing the figure", &error),
    }
}
