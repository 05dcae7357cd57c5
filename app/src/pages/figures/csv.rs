//! `GET /cijfers.csv?code=&periode=&per=…`: exactly what a page shows, for Excel.
//!
//! The form is `report::sheet`'s: what Belgian Excel opens without questions. One line for each number with everything
//! that a figure must carry (definition, data date, coverage, suppression), so that a line that is cut out of the file
//! still says what it is. `verborgen` is `ja` for a value that is not published; its `waarde` is then empty, never 0, and
//! `reden` says why.

use axum::extract::Query;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::{Figure, FigureCell, FigureCode, FigureColumn, FigureRow, Unit};
use report::sheet::{csv_file, csv_writer, plain};

use super::address::{Asked, Pairs};
use super::own;
use super::query::{figure, rules};
use crate::locales::nl::figures as text;
use crate::respond::{PageError, Visit};

/// `GET /cijfers.csv`. A file is asked for by a program or kept by somebody: what is wrong in its address is refused
/// instead of left out.
pub(crate) async fn show(visit: Visit, Query(pairs): Query<Pairs>) -> Result<Response, PageError> {
    let value = |wanted: &str| {
        pairs
            .iter()
            .find(|(name, _)| name == wanted)
            .map(|(_, value)| value.as_str())
    };
    let code: FigureCode = value("code")
        .unwrap_or_default()
        .parse()
        .map_err(|_| PageError::NotFound)?;
    let (mut asked, wrong) = Asked::read(&pairs, rules(&visit));
    if !wrong.is_empty() || asked.fit(code).is_some() {
        return Err(PageError::NotFound);
    }
    let request = match value("eigen") {
        Some("1") => own::raw(&asked, code, own::organiser(&visit).ok_or(PageError::Denied)?),
        _ => asked.request(code),
    };
    let found = match figure(&visit, request).await {
        Err(PageError::Invalid) => return Err(PageError::NotFound),
        found => found?,
    };
    let file = write(&found).map_err(PageError::broken)?;
    let name = format!("attachment; filename=\"randpas-{code}-{}.csv\"", found.period);
    let cache = if found.raw { "no-store" } else { "private, no-cache" };
    let headers = [
        (
            header::CONTENT_TYPE,
            "text/csv; charset=utf-8; header=present".to_owned(),
        ),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, cache.to_owned()),
    ];
    Ok((StatusCode::OK, headers, file).into_response())
}

/// The file of a figure: a line for each row and column, then the whole.
///
/// # Errors
/// When a record could not be written.
pub fn write(figure: &Figure) -> Result<Vec<u8>, ::csv::Error> {
    let mut out = csv_writer();
    let mut head = vec!["cijfer".to_owned(), "periode".to_owned()];
    for dimension in &figure.by {
        head.push(dimension.code().to_owned());
        head.push(format!("{}_naam", dimension.code()));
    }
    let rest = [
        "kolom",
        "kolom_naam",
        "eenheid",
        "waarde",
        "laag",
        "hoog",
        "verborgen",
        "reden",
        "vergeleken_met",
        "gegevens_van",
        "definitie",
        "volledigheid",
        "bescherming",
    ];
    head.extend(rest.map(str::to_owned));
    out.write_record(&head)?;
    let whole = FigureRow {
        key: vec![text::TOTAL.to_owned(); figure.by.len()],
        names: vec![text::TOTAL.to_owned(); figure.by.len()],
        cells: figure.total.cells.clone(),
    };
    for row in figure.rows.iter().chain([&whole]) {
        for (column, cell) in figure.columns.iter().zip(&row.cells) {
            out.write_record(line(figure, row, column, cell))?;
        }
    }
    csv_file(out)
}

fn line(figure: &Figure, row: &FigureRow, column: &FigureColumn, cell: &FigureCell) -> Vec<String> {
    let mut line = vec![figure.code.code().to_owned(), figure.period.to_string()];
    for (place, key) in row.key.iter().enumerate() {
        line.push(plain(key).into_owned());
        line.push(plain(row.names.get(place).unwrap_or(key)).into_owned());
    }
    let [value, low, high] = numbers(column.unit, cell);
    let k = figure.suppression.k;
    line.extend([
        column.name.clone(),
        plain(&column.label).into_owned(),
        unit(column.unit).to_owned(),
        value,
        low,
        high,
        if cell.is_hidden() { "ja" } else { "nee" }.to_owned(),
        report::dutch::cell_reason(cell, k).unwrap_or_default(),
        figure.compare.map(|other| other.to_string()).unwrap_or_default(),
        figure.data_date.to_string(),
        plain(&figure.definition).into_owned(),
        report::dutch::coverage(&figure.coverage),
        plain(&figure.suppression.rule).into_owned(),
    ]);
    line
}

/// The number with its least and its most, with a decimal comma; empty for what is no number.
fn numbers(unit: Unit, cell: &FigureCell) -> [String; 3] {
    let none = String::new;
    match (cell, unit) {
        // A spreadsheet adds up euros, not cents.
        (FigureCell::Count { value }, Unit::Cents) => {
            let sign = if *value < 0 { "-" } else { "" };
            let cents = value.unsigned_abs();
            [format!("{sign}{},{:02}", cents / 100, cents % 100), none(), none()]
        }
        (FigureCell::Count { value }, _) => [value.to_string(), none(), none()],
        (FigureCell::Number { value }, Unit::Cents) => [comma(value / 100.0), none(), none()],
        (FigureCell::Number { value }, _) => [comma(*value), none(), none()],
        (FigureCell::Estimate { value, low, high }, _) => [comma(*value), comma(*low), comma(*high)],
        (FigureCell::Text { text }, _) => [plain(text).into_owned(), none(), none()],
        (FigureCell::Day { day }, _) => [day.to_string(), none(), none()],
        _ => [none(), none(), none()],
    }
}

fn comma(value: f64) -> String {
    if value.is_finite() {
        format!("{value:.4}").replace('.', ",")
    } else {
        String::new()
    }
}

const fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::People => "mensen",
        Unit::Visits => "bezoeken",
        Unit::Pieces => "stuks",
        Unit::Cents => "euro",
        Unit::Minutes => "minuten",
        Unit::Days => "dagen",
        Unit::Share => "deel",
        Unit::Difference => "verschil",
        Unit::Ratio => "verhouding",
        Unit::Text => "tekst",
        Unit::Day => "dag",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::samples::{cell, figure};
    use domain::Dimension;

    fn sample() -> String {
        let participants = figure(
            FigureCode::Participants,
            &[Dimension::ActivityType],
            &[("participants", Unit::People)],
            vec![
                (vec!["sport; \"bal\""], vec![cell(Some(12))]),
                (vec!["=HYPERLINK(1)"], vec![cell(None)]),
                (vec!["kookles"], vec![cell(Some(0))]),
            ],
            vec![cell(Some(1204))],
        );
        String::from_utf8(write(&participants).unwrap()).unwrap()
    }

    #[test]
    fn the_file_is_what_belgian_excel_opens() {
        let file = sample();
        let lines: Vec<&str> = file.trim_start_matches('\u{feff}').split("\r\n").collect();
        assert!(file.starts_with('\u{feff}'));
        assert!(
            lines[0].starts_with("cijfer;periode;activity_type;activity_type_naam;kolom;kolom_naam;eenheid;waarde;"),
            "{}",
            lines[0]
        );
        assert!(
            lines[1].starts_with("participants;2026;\"sport; \"\"bal\"\"\";"),
            "{}",
            lines[1]
        );
        assert!(
            lines[1].contains(";mensen;12;;;nee;;;2026-11-20T18:05:00Z;"),
            "{}",
            lines[1]
        );
        assert!(lines[4].starts_with("participants;2026;Samen;Samen;"), "{}", lines[4]);
    }

    #[test]
    fn hidden_is_empty_with_its_reason_and_zero_is_zero() {
        let file = sample();
        assert!(file.contains(";mensen;;;;ja;Minder dan 5 mensen"), "{file}");
        assert!(file.contains(";mensen;0;;;nee;;"), "{file}");
    }

    #[test]
    fn no_cell_is_a_formula() {
        let file = sample();
        assert!(
            file.contains(";'=HYPERLINK(1);") && !file.contains(";=HYPERLINK"),
            "{file}"
        );
    }

    #[test]
    fn numbers_have_a_comma_and_money_is_in_euros() {
        assert_eq!(
            numbers(Unit::Cents, &FigureCell::Count { value: -120_450 })[0],
            "-1204,50"
        );
        assert_eq!(numbers(Unit::Days, &FigureCell::Number { value: 12.5 })[0], "12,5000");
        let share = FigureCell::Estimate {
            value: 0.41,
            low: 0.37,
            high: 0.45,
        };
        assert_eq!(numbers(Unit::Share, &share), ["0,4100", "0,3700", "0,4500"]);
        assert_eq!(numbers(Unit::People, &FigureCell::TooEarly)[0], "");
    }
}
