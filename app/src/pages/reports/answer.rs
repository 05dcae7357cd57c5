//! `GET /antwoord`: in one click what Parliament asks.

use axum::extract::Query;
use axum::response::Response;
use report::DocumentKind;

use super::load::Pairs;
use super::report::respond;
use crate::respond::{PageError, Visit};

/// `GET /antwoord?samenwerkingsverband=&periode=&vergelijk=&stand=`
pub(crate) async fn show(visit: Visit, Query(pairs): Query<Pairs>) -> Result<Response, PageError> {
    respond(&visit, DocumentKind::Answer, &pairs).await
}
