//! `GET /cijfers.csv?code=&period=&by=`: a table for Excel.
//!
//! UTF-8 with a byte-order mark and semicolons: that is what Excel opens without questions where the comma is the
//! decimal sign, as in Belgium. One line for each row with everything that a figure must carry (definition, data
//! date, coverage, suppression), so that a line that is cut out of the file still says what it is.
//! `verborgen` is `ja` for a value that is not published; its `waarde` is then empty, never 0.

use axum::extract::Query;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::{Dimension, FigureCode, PublishedRow, PublishedTable};
use serde::Deserialize;

use super::periods;
use super::query::{month, municipality, table};
use crate::locales::nl::figures as text;
use crate::pages::Names;
use crate::respond::{PageError, Visit};

/// The mark by which Excel knows that a file is UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// What is asked for. `by` is empty or one or two dimensions, separated by commas.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    code: String,
    #[serde(default)]
    period: String,
    #[serde(default)]
    by: String,
}

/// `GET /cijfers.csv`
pub(crate) async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    let code: FigureCode = asked.code.parse().map_err(|_| PageError::NotFound)?;
    let period = periods::parse(&asked.period).ok_or(PageError::NotFound)?;
    let by = dimensions(&asked.by).ok_or(PageError::NotFound)?;
    let names = Names::load(&visit).await?;
    let found = match table(&visit, code, period, &by).await {
        Err(PageError::Broken(_)) if !FigureCode::available().contains(&code) => return Err(PageError::NotFound),
        found => found?,
    };
    let file = write(&found, &names).map_err(PageError::broken)?;
    let name = format!("attachment; filename=\"randpas-{code}-{period}.csv\"");
    let headers = [
        (
            header::CONTENT_TYPE,
            "text/csv; charset=utf-8; header=present".to_owned(),
        ),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
    ];
    Ok((StatusCode::OK, headers, file).into_response())
}

fn dimensions(text: &str) -> Option<Vec<Dimension>> {
    let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
    let by: Vec<Dimension> = names.map(|name| name.parse().ok()).collect::<Option<_>>()?;
    (by.len() <= 2).then_some(by)
}

/// The file: rows, then the total.
fn write(table: &PublishedTable, names: &Names) -> Result<String, csv::Error> {
    let mut out = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let mut head = vec!["cijfer".to_owned(), "periode".to_owned()];
    for dimension in &table.by {
        head.push(dimension.code().to_owned());
        head.push(format!("{}_naam", dimension.code()));
    }
    head.extend(
        [
            "waarde",
            "verborgen",
            "gegevens_van",
            "definitie",
            "volledigheid",
            "bescherming",
        ]
        .map(str::to_owned),
    );
    out.write_record(&head)?;
    let coverage = &table.coverage;
    let coverage = text::coverage(
        coverage.organisers_active,
        coverage.organisers_scanned,
        coverage.manual,
        coverage.scans,
    );
    let total = PublishedRow {
        key: vec![text::TOTAL.to_owned(); table.by.len()],
        ..table.total.clone()
    };
    for row in table.rows.iter().chain([&total]) {
        let mut line = vec![table.code.code().to_owned(), table.period.to_string()];
        for (dimension, key) in table.by.iter().zip(&row.key) {
            line.push(plain(key));
            line.push(plain(&name(*dimension, key, names)));
        }
        line.push(
            row.value
                .filter(|_| !row.hidden)
                .map(|value| value.to_string())
                .unwrap_or_default(),
        );
        line.push(if row.hidden { "ja" } else { "nee" }.to_owned());
        line.push(table.data_date.to_string());
        line.push(plain(table.code.definition_nl()));
        line.push(plain(&coverage));
        line.push(plain(&table.suppression.rule));
        out.write_record(&line)?;
    }
    let bytes = out.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(format!("{BYTE_ORDER_MARK}{}", String::from_utf8_lossy(&bytes)))
}

fn name(dimension: Dimension, key: &str, names: &Names) -> String {
    match dimension {
        Dimension::Municipality => municipality(key, names),
        Dimension::Month => month(key).0,
        Dimension::OrganiserKind => key
            .parse::<domain::OrganiserKind>()
            .map_or_else(|_| key.to_owned(), |kind| kind.label_nl().to_owned()),
        _ => key.to_owned(),
    }
}

/// A text that no spreadsheet takes for a formula: organisers choose the names of their activities themselves.
fn plain(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Coverage, Suppression};

    fn sample() -> PublishedTable {
        let row = |key: &str, value: Option<u64>| PublishedRow {
            key: vec![key.to_owned()],
            value,
            hidden: value.is_none(),
        };
        PublishedTable {
            code: FigureCode::Participants,
            period: "2026".parse().unwrap(),
            by: vec![Dimension::ActivityType],
            rows: vec![
                row("sport; \"bal\"", Some(12)),
                row("=HYPERLINK(1)", None),
                row("kookles", Some(0)),
            ],
            total: PublishedRow {
                key: Vec::new(),
                value: Some(1204),
                hidden: false,
            },
            data_date: "2026-11-20T18:05:00Z".parse().unwrap(),
            coverage: Coverage::default(),
            suppression: Suppression {
                k: 5,
                hidden: 1,
                rule: "Minder dan 5; verborgen.".to_owned(),
            },
        }
    }

    #[test]
    fn the_file_is_what_belgian_excel_opens() {
        let file = write(&sample(), &Names::default()).unwrap();
        let lines: Vec<&str> = file.trim_start_matches(BYTE_ORDER_MARK).split("\r\n").collect();
        assert!(file.starts_with(BYTE_ORDER_MARK));
        assert!(
            lines[0].starts_with("cijfer;periode;activity_type;activity_type_naam;waarde;verborgen;"),
            "{}",
            lines[0]
        );
        assert!(
            lines[1].starts_with("participants;2026;\"sport; \"\"bal\"\"\";"),
            "{}",
            lines[1]
        );
        assert!(lines[1].contains(";12;nee;2026-11-20T18:05:00Z;"), "{}", lines[1]);
        assert!(
            lines[4].starts_with("participants;2026;Samen;Samen;1204;nee;"),
            "{}",
            lines[4]
        );
    }

    #[test]
    fn hidden_is_empty_and_zero_is_zero() {
        let file = write(&sample(), &Names::default()).unwrap();
        assert!(file.contains(";;ja;"), "{file}");
        assert!(file.contains("kookles;kookles;0;nee;"), "{file}");
    }

    #[test]
    fn no_cell_is_a_formula() {
        let file = write(&sample(), &Names::default()).unwrap();
        assert!(
            file.contains(";'=HYPERLINK(1);") && !file.contains(";=HYPERLINK"),
            "{file}"
        );
    }

    #[test]
    fn dimensions_are_none_one_or_two() {
        assert_eq!(dimensions(""), Some(Vec::new()));
        assert_eq!(
            dimensions("municipality, month"),
            Some(vec![Dimension::Municipality, Dimension::Month])
        );
        assert_eq!(dimensions("shoe_size"), None);
        assert_eq!(dimensions("month,month,month"), None);
    }
}
