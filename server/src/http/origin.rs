//! One check against forged requests, for every unsafe method: the request must come from our own pages.
//! `Sec-Fetch-Site` where the browser sends it, else `Origin`. A request without either comes from no browser
//! that is still in use; a request with its own `Authorization` header uses nobody's session.

use axum::http::{HeaderMap, Method, Uri, header};

/// Whether this request may use the session of the browser that sent it.
///
/// `public_authority` is `host[:port]` of the public URL, when the server was given one: a proxy may change `Host`.
pub(crate) fn is_same_origin(method: &Method, uri: &Uri, headers: &HeaderMap, public_authority: Option<&str>) -> bool {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) || headers.contains_key(header::AUTHORIZATION) {
        return true;
    }
    if let Some(site) = headers.get("sec-fetch-site") {
        // `none`: the person typed it or used a bookmark; no page of another site can cause that.
        return matches!(site.as_bytes(), b"same-origin" | b"none");
    }
    let Some(origin) = headers.get(header::ORIGIN) else {
        return true;
    };
    let Some(origin) = origin.to_str().ok().and_then(|origin| origin.parse::<Uri>().ok()) else {
        return false;
    };
    let Some(origin) = origin.authority().map(axum::http::uri::Authority::as_str) else {
        return false;
    };
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .or_else(|| uri.authority().map(axum::http::uri::Authority::as_str));
    public_authority == Some(origin) || host == Some(origin)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(method: &Method, pairs: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().unwrap());
        }
        is_same_origin(method, &Uri::from_static("/balie"), &headers, Some("pas.example"))
    }

    #[test]
    fn other_sites_are_refused_and_our_own_pages_are_not() {
        assert!(asked(&Method::GET, &[("sec-fetch-site", "cross-site")]));
        assert!(asked(
            &Method::POST,
            &[("sec-fetch-site", "same-origin"), ("origin", "https://evil.example")]
        ));
        assert!(!asked(&Method::POST, &[("sec-fetch-site", "cross-site")]));
        assert!(!asked(&Method::DELETE, &[("sec-fetch-site", "same-site")]));
        assert!(asked(&Method::POST, &[("origin", "https://pas.example")]));
        assert!(asked(
            &Method::POST,
            &[("origin", "http://localhost:3000"), ("host", "localhost:3000")]
        ));
        assert!(!asked(
            &Method::POST,
            &[("origin", "http://localhost:3001"), ("host", "localhost:3000")]
        ));
        assert!(!asked(&Method::POST, &[("origin", "null"), ("host", "localhost:3000")]));
    }

    #[test]
    fn programs_with_their_own_token_use_nobodys_session() {
        assert!(asked(
            &Method::POST,
            &[("authorization", "Bearer x"), ("origin", "https://kiosk.example")]
        ));
        assert!(asked(&Method::POST, &[("host", "localhost:3000")]));
    }
}
