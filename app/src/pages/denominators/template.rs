//! `GET /noemers/sjabloon.csv`: a file to fill in, as Excel in this country opens it.

use axum::extract::Query;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use storage::{ImportKind, Permission};

use crate::respond::{PageError, Visit};

/// Which of the two.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Which {
    #[serde(default)]
    soort: Option<String>,
}

/// `GET /noemers/sjabloon.csv`
pub(crate) async fn show(visit: Visit, Query(which): Query<Which>) -> Result<Response, PageError> {
    visit.require(Permission::ImportFigures)?;
    let kind = match which.soort {
        None => ImportKind::Newcomers,
        Some(code) => code.parse().map_err(|_| PageError::NotFound)?,
    };
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    let last_year = store.env().today().year() - 1;
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer(b"\xef\xbb\xbf".to_vec());
    let (name, head): (_, &[&str]) = match kind {
        ImportKind::Newcomers => ("noemers-nieuwkomers.csv", &["nis", "gemeente", "jaar", "aantal"]),
        ImportKind::Baseline => (
            "noemers-vroeger.csv",
            &["organisator", "nis", "gemeente", "periode", "deelnemers", "bezoeken"],
        ),
    };
    writer.write_record(head).map_err(PageError::broken)?;
    for place in store.municipalities(scope).await? {
        let (nis, year) = (place.nis.to_string(), last_year.to_string());
        let row: &[&str] = match kind {
            ImportKind::Newcomers => &[&nis, &place.name_nl, &year, ""],
            ImportKind::Baseline => &["", &nis, &place.name_nl, "", "", ""],
        };
        writer.write_record(row).map_err(PageError::broken)?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| PageError::broken(error.into_error()))?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
