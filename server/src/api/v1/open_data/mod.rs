//! `/api/v1/open-data`: the public grid of figures as files that others may use.
//!
//! The catalogue is [DCAT](https://www.w3.org/TR/vocab-dcat-3/); each figure is a data set in the
//! [RDF Data Cube vocabulary](https://www.w3.org/TR/vocab-data-cube/) as JSON-LD, and the same observations as CSV. What is in
//! it is what anybody can ask of the API, over a fixed grid (`grid`), so it can tell nothing that the API does not.
//!
//! Licence: Creative Commons Attribution 4.0. The Flemish "Modellicentie gratis hergebruik" asks the same (name the source),
//! but CC BY is known to every catalogue and tool, covers database rights, and is the one that the European regulation on
//! high-value data sets (2023/138) names.

mod catalogue;
mod concepts;
mod cube;
pub(crate) mod file;
pub(crate) mod get;
mod grid;
mod observation;
mod table;

use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue, header};

use crate::http::state::AppState;

/// Where the licence can be read.
const LICENCE: &str = "https://creativecommons.org/licenses/by/4.0/";

/// Where everything is: the base of every name in the files. The public address, else the one that was asked.
fn base(state: &AppState, asked: &HeaderMap) -> String {
    let host = asked.get(header::HOST).and_then(|value| value.to_str().ok());
    let host = host
        .and_then(|host| host.parse::<Authority>().ok())
        .map(|host| host.to_string());
    let scheme = if state.secure { "https" } else { "http" };
    match state.public_authority.clone().or(host) {
        Some(authority) => format!("{scheme}://{authority}/api/v1/open-data"),
        None => "/api/v1/open-data".to_owned(),
    }
}

/// What comes with every file: any website may read it, and caches may keep it for an hour.
fn headers(media_type: &'static str) -> HeaderMap {
    HeaderMap::from_iter([
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600")),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
        (
            header::LINK,
            HeaderValue::from_static("<https://creativecommons.org/licenses/by/4.0/>; rel=\"license\""),
        ),
    ])
}
