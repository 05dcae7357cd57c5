//! `GET /api/v1/figures/{code}`: a figure, protected against disclosure before it gets here.

use std::str::FromStr;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::{Dimension, FigureCode, PartnershipId, Period};
use jiff::Timestamp;
use storage::{FigureRequest, Permission};

use crate::api::input::{Errors, Parameters};
use crate::api::v1::figures::{FigureDocument, csv};
use crate::auth::caller::Caller;
use crate::http::problem::{Problem, ProblemCode, ProblemDocument};
use crate::http::state::AppState;

/// The parameters, filters included: a filter has the name of its dimension.
const KNOWN: [&str; 19] = [
    "period",
    "compare",
    "by",
    "partnership",
    "as_of",
    "raw",
    "format",
    "municipality",
    "organiser",
    "organiser_kind",
    "activity_type",
    "action",
    "partner",
    "age_band",
    "newcomer_reason",
    "dutch_level",
    "funding_line",
    "activity_municipality",
    "counter",
];

/// Those of [`KNOWN`] that are no filter.
const NO_FILTERS: usize = 7;

const PERIOD: &str = "`2026`, `2026-03`, `2026-Q1`, `2026-H1`, `2025-2026` (work year) or `project`; \
                      this calendar year when left out. `2026-01-05..2026-02-11` for coordinators and auditors";
const COMPARE: &str = "another period to compare with; `change` takes the one before of the same kind when left out";
const BY: &str = "one or two dimensions, with a comma between: `municipality`, `month`, `organiser`, `organiser_kind`, \
                  `activity_type`, `action`, `partner`, `age_band`, `newcomer_reason`, `dutch_level`, `funding_line`, \
                  `activity_municipality`, `counter`, `partnership`; filters count as dimensions";
const AS_OF: &str = "counted from what had been received by this moment, such as `2026-03-01T14:30:00+01:00`; for coordinators \
                     and auditors";
const RAW: &str = "`true`: an organiser's own counts, unprotected, with `organiser` as filter; not to be passed on";

/// Read a figure.
///
/// Without token or login: the figures that everybody may see, over the fixed grid of periods.
#[utoipa::path(
    get,
    path = "/api/v1/figures/{code}",
    tag = "figures",
    params(
        ("code" = String, Path, description = "code of the figure", example = "participants"),
        ("period" = Option<String>, Query, description = PERIOD),
        ("compare" = Option<String>, Query, description = COMPARE),
        ("by" = Option<String>, Query, description = BY),
        ("partnership" = Option<Uuid>, Query, description = "only what is of this partnership"),
        ("municipality" = Option<String>, Query, description = "filter: holders of this NIS code"),
        ("organiser" = Option<Uuid>, Query, description = "filter: visits to this organiser"),
        ("organiser_kind" = Option<String>, Query, description = "filter: `sports_club`, `library` …"),
        ("activity_type" = Option<String>, Query, description = "filter: `sport`, `taal` …"),
        ("action" = Option<String>, Query, description = "filter: UUID of an action, or `none`"),
        ("partner" = Option<String>, Query, description = "filter: UUID of a partner, or `none`"),
        ("age_band" = Option<String>, Query, description = "filter: `0-11`, `12-17` … `65+`"),
        ("newcomer_reason" = Option<String>, Query, description = "filter: `nt2_learner` …"),
        ("dutch_level" = Option<String>, Query, description = "filter: `1` to `4`, or `none`"),
        ("funding_line" = Option<String>, Query, description = "filter: what pays for the action, or `none`"),
        ("activity_municipality" = Option<String>, Query, description = "filter: NIS code of the organiser"),
        ("counter" = Option<String>, Query, description = "filter: UUID of the account that issued the pass, or `none`"),
        ("as_of" = Option<String>, Query, description = AS_OF),
        ("raw" = Option<bool>, Query, description = RAW),
        ("format" = Option<String>, Query, description = "`json` (default) or `csv`"),
    ),
    security((), ("client_token" = []), ("session" = [])),
    responses(
        (status = 200, content(
            (FigureDocument = "application/json"),
            (String = "text/csv"),
        )),
        (status = 401, description = "`unauthenticated`", body = ProblemDocument),
        (status = 403, description = "`role_denied`: a free range, `as_of` or `raw` for who may not", body = ProblemDocument),
        (status = 404, description = "`not_found`: no such figure or partnership", body = ProblemDocument),
        (status = 422, description = "`validation`: a parameter is unknown or wrong", body = ProblemDocument),
    ),
)]
pub(crate) async fn handler(
    State(state): State<AppState>,
    caller: Caller,
    Path(code): Path<String>,
    query: Result<Query<Vec<(String, String)>>, QueryRejection>,
) -> Result<Response, Problem> {
    let scope = caller.require(Permission::ReadFigures)?;
    let Ok(code) = FigureCode::from_str(&code) else {
        let all: Vec<&str> = FigureCode::ALL.iter().map(|code| code.code()).collect();
        return Err(Problem::new(
            ProblemCode::NotFound,
            format!("There is no such figure; the figures are {}.", all.join(", ")),
        ));
    };
    let this_year = Period::calendar_year_of(state.store.env().today());
    let (request, format) = read(code, this_year, query)?;
    let figure = state.store.compute(scope, &request).await.map_err(problem)?;
    match format {
        Format::Json => Ok(Json(FigureDocument::from(&figure)).into_response()),
        Format::Csv => {
            let failed = |error| Problem::server_error("writing a figure as CSV", &error);
            Ok(as_csv(csv::write(&figure).map_err(failed)?))
        }
    }
}

/// How the answer is written.
#[derive(Clone, Copy)]
enum Format {
    Json,
    Csv,
}

/// The answer for CSV.
pub(crate) fn as_csv(bytes: Vec<u8>) -> Response {
    let media_type = HeaderValue::from_static("text/csv; charset=utf-8; header=present");
    ([(header::CONTENT_TYPE, media_type)], bytes).into_response()
}

/// Reads the parameters; everything that is wrong is found in one go.
fn read(
    code: FigureCode,
    this_year: Period,
    query: Result<Query<Vec<(String, String)>>, QueryRejection>,
) -> Result<(FigureRequest, Format), Problem> {
    let mut errors = Errors::default();
    let Query(pairs) = query.unwrap_or_else(|_| {
        errors.add("query", "must be UTF-8 pairs of name=value");
        Query(Vec::new())
    });
    let parameters = Parameters::new(pairs, &KNOWN, &mut errors);
    let mut period_of = |name: &'static str| {
        let text = parameters.text(name)?;
        errors.keep(name, Period::from_str(text))
    };
    let (period, compare) = (period_of("period"), period_of("compare"));
    let by = dimensions(&parameters, &mut errors);
    let mut filter = Vec::new();
    for name in KNOWN.into_iter().skip(NO_FILTERS) {
        if let (Some(key), Ok(dimension)) = (parameters.text(name), Dimension::from_str(name)) {
            filter.push((dimension, key.to_owned()));
        }
    }
    let partnership = parameters.parsed::<PartnershipId>("partnership", "the UUID of a partnership", &mut errors);
    let moment = "a moment with its offset, such as 2026-03-01T14:30:00+01:00";
    let as_of = parameters.parsed::<Timestamp>("as_of", moment, &mut errors);
    let raw = parameters.parsed::<bool>("raw", "true or false", &mut errors);
    let format = match parameters.text("format") {
        None | Some("json") => Format::Json,
        Some("csv") => Format::Csv,
        Some(_) => {
            errors.add("format", "must be json or csv");
            Format::Json
        }
    };
    errors.into_result()?;
    let request = FigureRequest {
        code,
        period: period.unwrap_or(this_year),
        compare,
        by,
        filter,
        partnership,
        raw: raw.unwrap_or(false),
        as_of,
    };
    Ok((request, format))
}

fn dimensions(parameters: &Parameters, errors: &mut Errors) -> Vec<Dimension> {
    let mut by = Vec::new();
    for name in parameters.list("by") {
        match Dimension::from_str(name) {
            Ok(dimension) if !by.contains(&dimension) => by.push(dimension),
            Ok(_) => errors.add("by", "must name a dimension once"),
            Err(_) => {
                let all: Vec<&str> = Dimension::ALL.iter().map(|dimension| dimension.code()).collect();
                errors.add("by", format!("must be one or two of {}", all.join(", ")));
            }
        }
    }
    if by.len() > 2 {
        errors.add("by", "must be two dimensions at most");
    }
    by
}

/// What storage says, as the API says it.
pub(crate) fn problem(error: storage::Error) -> Problem {
    match error {
        storage::Error::Invalid(what) => {
            let mut errors = Errors::default();
            errors.add("query", what);
            errors.into_problem()
        }
        storage::Error::Denied(what) => Problem::new(
            ProblemCode::RoleDenied,
            format!("This figure is outside what you may see: {what}."),
        ),
        storage::Error::Unknown(what) => Problem::not_found(what),
        error => Problem::server_error("computing the figure", &error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dimension_but_months_and_partnerships_is_a_filter() {
        let filters: Vec<&str> = KNOWN.into_iter().skip(NO_FILTERS).collect();
        for dimension in Dimension::ALL {
            let apart = matches!(dimension, Dimension::Month | Dimension::Partnership);
            assert_eq!(filters.contains(&dimension.code()), !apart, "{dimension}");
        }
        assert_eq!(filters.len() + 2, Dimension::ALL.len());
    }
}
