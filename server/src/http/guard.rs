//! What happens around every request: limits, the same-origin check, one shape for refusals, security headers, and a
//! log line without personal data.

use std::any::Any;
use std::time::{Duration, Instant};

use axum::body::{Body, HttpBody, to_bytes};
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::origin::is_same_origin;
use super::page;
use super::problem::{MEDIA_TYPE, Problem, ProblemCode};
use super::state::AppState;

/// Largest body (docs/protocol.md §7).
pub(crate) const BODY_LIMIT: usize = 256 * 1024;
/// Largest body of a form with a photo.
pub(crate) const PHOTO_LIMIT: usize = 10 * 1024 * 1024;
/// Where a person uploads what a phone could not send, and how large that may be: an evening of a busy hall.
const QUEUE_PATH: &str = "/api/v1/device/queue";
/// See [`QUEUE_PATH`].
pub(crate) const QUEUE_LIMIT: usize = 10 * 1024 * 1024;
/// Largest body of a file of denominators, on its way to be looked at or to be kept.
const IMPORT_LIMIT: usize = 4 * 1024 * 1024;
/// Largest page that is held in memory for its `ETag`.
const PAGE_LIMIT: usize = 4 * 1024 * 1024;
/// A request that takes longer is given up.
const PATIENCE: Duration = Duration::from_secs(30);
/// The same for a photo: ten megabytes over a sports hall's network.
const PHOTO_PATIENCE: Duration = Duration::from_secs(180);

/// Whether programs ask here: they get problems, people get pages.
fn is_api(path: &str) -> bool {
    path.starts_with("/api/") || path.starts_with("/.well-known/") || matches!(path, "/healthz" | "/readyz")
}

/// A refusal in the shape that fits the path.
fn refuse(state: &AppState, path: &str, code: ProblemCode, detail: impl Into<String>) -> Response {
    if is_api(path) {
        Problem::new(code, detail).into_response()
    } else {
        page::refusal(&state.assets.stylesheet(), code)
    }
}

/// The outermost layer. It runs the rest in a bounded time, gives bare refusals of libraries their shape, adds the
/// security headers and writes the log line.
pub(crate) async fn around(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let response = match admit(&state, &mut request) {
        Ok(patience) => match tokio::time::timeout(patience, next.run(request)).await {
            Ok(response) => shape(&state, &path, response),
            Err(_) => {
                let detail = format!("The request took more than {} seconds.", patience.as_secs());
                refuse(&state, &path, ProblemCode::Timeout, detail)
            }
        },
        Err(refusal) => *refusal,
    };
    let mut response = response;
    state.headers.apply(response.headers_mut());
    let quiet = matches!(path.as_str(), "/api/v1/check-ins" | "/api/v1/device/sync") || state.assets.has(&path);
    record(&method, &path, response.status(), started.elapsed(), quiet);
    response
}

/// The checks before anything of the request is used; gives the time that it may take.
fn admit(state: &AppState, request: &mut Request) -> Result<Duration, Box<Response>> {
    let (uri, headers) = (request.uri(), request.headers());
    if !is_same_origin(request.method(), uri, headers, state.public_authority.as_deref()) {
        let detail = "The page that sent this is of another origin, and the request uses a session.";
        return Err(Box::new(refuse(state, uri.path(), ProblemCode::CrossOrigin, detail)));
    }
    let photo = uri.path().starts_with("/scan")
        && headers
            .get(header::CONTENT_TYPE)
            .is_some_and(|value| value.as_bytes().starts_with(b"multipart/form-data"));
    let (limit, patience) = if photo {
        (PHOTO_LIMIT, PHOTO_PATIENCE)
    } else if matches!(uri.path(), QUEUE_PATH | "/avond/wachtrij" | "/controle") {
        (QUEUE_LIMIT, PHOTO_PATIENCE)
    } else if uri.path().starts_with("/noemers") {
        (IMPORT_LIMIT, PATIENCE)
    } else {
        (BODY_LIMIT, PATIENCE)
    };
    if request.body().size_hint().lower() > u64::try_from(limit).unwrap_or(u64::MAX) {
        let detail = format!("The body may have {} KiB at most.", limit / 1024);
        return Err(Box::new(refuse(state, uri.path(), ProblemCode::TooLarge, detail)));
    }
    DefaultBodyLimit::max(limit).apply(request);
    Ok(patience)
}

/// Libraries refuse with a line of English text; people and programs both deserve better.
fn shape(state: &AppState, path: &str, response: Response) -> Response {
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let bare = match response.headers().get(header::CONTENT_TYPE) {
        None => true,
        Some(media_type) => media_type.as_bytes().starts_with(b"text/plain"),
    };
    let problem_outside_api = !is_api(path)
        && response
            .headers()
            .get(header::CONTENT_TYPE)
            .is_some_and(|value| value == MEDIA_TYPE);
    if !bare && !problem_outside_api {
        return response;
    }
    let code = ProblemCode::from_status(status);
    let allow = response.headers().get(header::ALLOW).cloned();
    let mut shaped = if is_api(path) {
        let detail = match code {
            ProblemCode::TooLarge => {
                let limit = if path == QUEUE_PATH { QUEUE_LIMIT } else { BODY_LIMIT };
                format!("The body may have {} KiB at most.", limit / 1024)
            }
            ProblemCode::MethodNotAllowed => "See `Allow` for the methods of this path.".to_owned(),
            ProblemCode::NotFound => "No endpoint has this path; see /api for all of them.".to_owned(),
            _ => format!("The request was refused with status {}.", status.as_u16()),
        };
        Problem::new(code, detail).into_response()
    } else {
        page::refusal_with(&state.assets.stylesheet(), code, status)
    };
    if let Some(allow) = allow {
        shaped.headers_mut().insert(header::ALLOW, allow);
    }
    shaped
}

/// A crash in a handler is one refused request, not a closed connection.
///
/// The panic's own text went to stderr through the panic hook; it may hold anything, so it is not logged again.
pub(crate) fn after_panic(_cause: Box<dyn Any + Send + 'static>) -> Response {
    tracing::error!("a handler crashed; the request was answered with 500");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

/// Gives whole pages a tag, so that a phone on a poor network can keep what it has.
///
/// The body is read completely first: a client that goes away in the middle of a streamed page would leak the
/// renderer's memory (docs/ARCHITECTURE.md, pitfalls).
pub(crate) async fn tag_pages(request: Request, next: Next) -> Response {
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let response = next.run(request).await;
    let html = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if !html {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, PAGE_LIMIT).await else {
        tracing::error!("a page broke off or grew over {PAGE_LIMIT} bytes");
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    // A page may be about the person who asked: shared caches keep none of them.
    parts
        .headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("private, no-cache"));
    parts.headers.remove(header::CONTENT_LENGTH);
    let stored = parts.headers[header::CACHE_CONTROL].as_bytes() != b"no-store";
    if reads && stored && parts.status == StatusCode::OK && !parts.headers.contains_key(header::SET_COOKIE) {
        let tag: String = Sha256::digest(&bytes)
            .iter()
            .take(12)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        if let Ok(tag) = HeaderValue::from_str(&format!("W/\"{tag}\"")) {
            let unchanged = known.is_some_and(|known| known.as_bytes() == tag.as_bytes());
            parts.headers.insert(header::ETAG, tag);
            if unchanged {
                parts.status = StatusCode::NOT_MODIFIED;
                parts.headers.remove(header::CONTENT_TYPE);
                return Response::from_parts(parts, Body::empty());
            }
        }
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// One line a request. Never the query, a token, a number or a name; scans and files are too many for this level.
fn record(method: &Method, path: &str, status: StatusCode, took: Duration, quiet: bool) {
    let ms = took.as_millis();
    let status = status.as_u16();
    if quiet {
        tracing::debug!(%method, path, status, ms, "request");
    } else {
        let path = without_secrets(path);
        tracing::info!(%method, path, status, ms, "request");
    }
}

/// The path with every segment left out that is not an ordinary lower-case word: ids, numbers and claim tokens.
fn without_secrets(path: &str) -> String {
    let segments = path.split('/').map(|segment| {
        let word = segment.len() <= 24
            && segment
                .bytes()
                .all(|b| b.is_ascii_lowercase() || matches!(b, b'-' | b'.' | b'_'));
        if word || segment == "v1" { segment } else { "…" }
    });
    segments.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_has_no_numbers_and_no_tokens() {
        assert_eq!(
            without_secrets("/pas/claim/Zk3_xY9-abcdefghijklmnopqrst"),
            "/pas/claim/…"
        );
        assert_eq!(without_secrets("/balie/pas/ABCD-EFGH-JKM"), "/balie/pas/…");
        assert_eq!(without_secrets("/api/v1/check-ins/0198c0de"), "/api/v1/check-ins/…");
        assert_eq!(without_secrets("/"), "/");
    }

    #[test]
    fn programs_get_problems_and_people_get_pages() {
        assert!(is_api("/api/v1/nothing") && is_api("/.well-known/jwks.json"));
        assert!(!is_api("/api") && !is_api("/apis") && !is_api("/balie"));
    }
}
