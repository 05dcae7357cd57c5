//! The addresses of reports as files: `/antwoord.pdf`, `/verslag.xlsx?soort=final`, frozen files, the keys of seals.

use axum::extract::{Form as Body, Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::PairingCode;
use press::Form;
use report::{DocumentKind, ReportError, ReportRequest};
use serde::Serialize;
use storage::Permission;

use super::freeze::{FreezeError, freeze};
use super::{FileError, file_stem, files, kind_of};
use crate::auth::caller::Caller;
use crate::http::problem::{Problem, ProblemCode};
use crate::http::state::AppState;
use crate::keys::kid_name;

/// Names and values of a query or a form.
type Pairs = Vec<(String, String)>;

/// All of them. The pages themselves are the application's.
pub(crate) fn routes() -> Router<AppState> {
    let mut router = Router::new()
        .route("/verslagen/{kind}/bevries", post(freeze_one))
        .route("/controle/{code}/{file}", get(frozen))
        .route("/.well-known/report-keys.json", get(keys));
    for form in Form::ALL {
        let answer = move |state: State<AppState>, caller: Caller, Query(asked): Query<Pairs>| async move {
            give(state, caller, DocumentKind::Answer, &asked, form).await
        };
        let other = move |state: State<AppState>, caller: Caller, Query(asked): Query<Pairs>| async move {
            let kind = asked.iter().find(|(name, _)| name == "soort");
            match kind.and_then(|(_, code)| kind_of(code)) {
                Some(kind) => give(state, caller, kind, &asked, form).await,
                None => Err(Problem::not_found("report")),
            }
        };
        router = router
            .route(&format!("/antwoord.{form}"), get(answer))
            .route(&format!("/verslag.{form}"), get(other));
    }
    router
}

/// A document as it is now, as a file.
async fn give(
    State(state): State<AppState>,
    caller: Caller,
    kind: DocumentKind,
    asked: &Pairs,
    form: Form,
) -> Result<Response, Problem> {
    let scope = caller.require(Permission::ReadReports)?;
    let failed = |error: &FileError| problem(&caller, error);
    let request = ReportRequest::from_query(kind, asked, state.store.env().today());
    let request = request.map_err(|error| failed(&error.into()))?;
    let name = file_stem(kind, &request.period.to_string());
    let document = report::build(&state.store, scope, request).await;
    let document = document.map_err(|error| failed(&error.into()))?;
    let mut made = files(document, &[form]).await.map_err(|error| failed(&error))?;
    match made.pop() {
        Some((form, bytes)) => Ok(file(form, &name, bytes, "private, no-cache")),
        None => Err(Problem::not_found("report")),
    }
}

fn file(form: Form, name: &str, bytes: Vec<u8>, cache: &'static str) -> Response {
    // A PDF opens in the browser; what is for a program is kept.
    let how = if form == Form::Pdf { "inline" } else { "attachment" };
    let headers = [
        (header::CONTENT_TYPE, form.media_type().to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("{how}; filename=\"{name}.{form}\""),
        ),
        (header::CACHE_CONTROL, cache.to_owned()),
        (header::VARY, "Cookie, Authorization".to_owned()),
    ];
    (headers, bytes).into_response()
}

/// The refusal that fits.
fn problem(caller: &Caller, error: &FileError) -> Problem {
    match error {
        FileError::Report(ReportError::Denied(_)) => match caller.require(Permission::ReadFinances) {
            Err(refused) => refused,
            Ok(_) => Problem::new(ProblemCode::RoleDenied, "This document is not for this role."),
        },
        FileError::Report(ReportError::Unknown(what)) => Problem::not_found(what),
        FileError::Report(ReportError::Invalid(what)) => Problem::new(ProblemCode::Malformed, *what),
        error => Problem::server_error("making a report", error),
    }
}

/// `POST /verslagen/{kind}/bevries`: freezes the report of the form's fields, then shows its check page.
async fn freeze_one(
    State(state): State<AppState>,
    caller: Caller,
    Path(kind): Path<String>,
    headers: HeaderMap,
    Body(asked): Body<Pairs>,
) -> Result<Response, Problem> {
    let scope = caller.require(Permission::FreezeReports)?;
    let kind = kind_of(&kind).ok_or_else(|| Problem::not_found("report"))?;
    let request = ReportRequest::from_query(kind, &asked, state.store.env().today())
        .map_err(|error| problem(&caller, &error.into()))?;
    let origin = origin(&state, &headers);
    let public = asked
        .iter()
        .any(|(name, value)| name == "openbaar" && !value.is_empty());
    let (store, keys) = (&state.store, &state.report_keys);
    let frozen = freeze(store, keys, scope, request, &origin, &state.issuer, public).await;
    let frozen = frozen.map_err(|error| match error {
        FreezeError::File(error) => problem(&caller, &error),
        error => Problem::server_error("freezing a report", &error),
    })?;
    let place = format!("/controle/{}", frozen.code);
    let place = HeaderValue::from_str(&place).unwrap_or(HeaderValue::from_static("/controle"));
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response())
}

/// The address that people type, without a slash at the end: what a QR code leads to for years. Without one the name
/// under which this browser reached us.
fn origin(state: &AppState, headers: &HeaderMap) -> String {
    let scheme = if state.secure { "https" } else { "http" };
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let authority = state.public_authority.as_deref().or(host).unwrap_or("localhost");
    format!("{scheme}://{authority}")
}

/// `GET /controle/{code}/{file}`: a frozen file or its seal, whatever the name before the dot.
async fn frozen(
    State(state): State<AppState>,
    caller: Caller,
    Path((code, name)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let unknown = || Problem::not_found("file of a frozen report");
    let failed = |error: storage::Error| Problem::server_error("reading a frozen report", &error);
    let code: PairingCode = code.parse().map_err(|_| unknown())?;
    let end = name.rsplit_once('.').map_or("", |(_, end)| end);
    let found = state.store.frozen_report(caller.scope(), code).await.map_err(failed)?;
    let report = found.ok_or_else(unknown)?;
    let stem = kind_of(&report.kind).map_or_else(|| "randpas".to_owned(), |kind| file_stem(kind, &report.period));
    let stem = format!("{stem}-{code}");
    if end == "jws" {
        let headers = [
            (header::CONTENT_TYPE, "application/jose".to_owned()),
            (
                header::CONTENT_DISPOSITION,
                format!("attachment; filename=\"{stem}.jws\""),
            ),
        ];
        return Ok((headers, report.seal).into_response());
    }
    let form: Form = end.parse().map_err(|_| unknown())?;
    let bytes = state
        .store
        .frozen_file(caller.scope(), &report, end)
        .await
        .map_err(failed)?;
    // It never changes; but whoever logs out must not find the part about money in a shared cache.
    Ok(file(form, &stem, bytes.ok_or_else(unknown)?, "private, max-age=86400"))
}

/// The public keys of seals, as a JSON Web Key Set of their own: no reader of passes can mistake one for a pass's.
#[derive(Debug, Serialize)]
struct KeySet {
    keys: Vec<Key>,
}

#[derive(Debug, Serialize)]
struct Key {
    kty: &'static str,
    crv: &'static str,
    alg: &'static str,
    r#use: &'static str,
    kid: String,
    x: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    revoked_at: Option<i64>,
}

async fn keys(State(state): State<AppState>) -> Result<Response, Problem> {
    let failed = |error: storage::Error| Problem::server_error("listing the keys of reports", &error);
    let records = state.report_keys.records().await.map_err(failed)?;
    let key = |record: storage::SigningKeyRecord| Key {
        kty: "OKP",
        crv: "Ed25519",
        alg: "EdDSA",
        r#use: "sig",
        kid: kid_name(record.kid),
        x: URL_SAFE_NO_PAD.encode(record.public),
        revoked_at: record.revoked_at.map(jiff::Timestamp::as_second),
    };
    let set = KeySet {
        keys: records.into_iter().map(key).collect(),
    };
    let cache = [(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"))];
    Ok((cache, Json(set)).into_response())
}
