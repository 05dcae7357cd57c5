//! The session of the website: a cookie, looked up once a request, handed to the pages as [`app::Viewer`].

use app::Viewer;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::http::problem::Problem;
use crate::http::state::AppState;

/// The value of a cookie.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value.trim_matches('"')))
        .filter(|value| !value.is_empty())
}

/// Who the session cookie belongs to; the public without one, and with one that ended.
pub(crate) async fn viewer(state: &AppState, headers: &HeaderMap) -> Result<Viewer, storage::Error> {
    let Some(token) = cookie(headers, app::session_cookie_name(state.secure)) else {
        return Ok(Viewer::public());
    };
    Ok(match state.store.session_scope(token).await? {
        Some((account, scope)) => Viewer {
            account: Some(account),
            scope,
        },
        None => Viewer::public(),
    })
}

/// Puts the viewer in the request for the pages.
pub(crate) async fn attach(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    match viewer(&state, request.headers()).await {
        Ok(viewer) => {
            request.extensions_mut().insert(viewer);
            next.run(request).await
        }
        Err(error) => Problem::server_error("reading the session", &error).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_between_others() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, "a=1; randpas=tok; randpas_pas=x,y".parse().unwrap());
        assert_eq!(cookie(&headers, "randpas"), Some("tok"));
        assert_eq!(cookie(&headers, "randpas_pas"), Some("x,y"));
        assert_eq!(cookie(&headers, "pas"), None);
    }
}
