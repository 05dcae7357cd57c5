//! A figure as CSV for programs: commas, a dot as decimal sign, stable English names. What people open in Excel is the
//! website's `/cijfers.csv`.

use domain::{Figure, FigureCell, FigureColumn, FigureRow, Unit};

use super::document::kind;

/// Key columns, then each column of the figure (an estimate with `_low` and `_high` beside it), then `hidden` and `why_empty`.
///
/// A hidden cell is empty, never 0. `why_empty` says for each empty cell why: `share_of_passes=too_few`. The last row is the
/// total, with `total` as its keys.
///
/// # Errors
/// What the CSV writer says.
pub(crate) fn write(figure: &Figure) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header(figure))?;
    let total_key = vec!["total".to_owned(); figure.by.len()];
    let rows = figure.rows.iter().map(|row| (&row.key, row));
    for (key, row) in rows.chain(std::iter::once((&total_key, &figure.total))) {
        writer.write_record(record(figure, key, row))?;
    }
    writer
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))
}

/// Whether a column can hold an interval.
const fn has_interval(column: &FigureColumn) -> bool {
    matches!(column.unit, Unit::Share | Unit::Ratio | Unit::Difference)
}

fn header(figure: &Figure) -> Vec<String> {
    let mut header: Vec<String> = figure.by.iter().map(|dimension| dimension.code().to_owned()).collect();
    for column in &figure.columns {
        header.push(column.name.clone());
        if has_interval(column) {
            header.extend(["low", "high"].map(|end| format!("{}_{end}", column.name)));
        }
    }
    header.extend(["hidden", "why_empty"].map(str::to_owned));
    header
}

fn record(figure: &Figure, key: &[String], row: &FigureRow) -> Vec<String> {
    let mut record: Vec<String> = key.iter().map(|key| harmless(key)).collect();
    let mut why_empty = Vec::new();
    for (column, cell) in figure.columns.iter().zip(&row.cells) {
        let (value, interval) = match cell {
            FigureCell::Count { value } => (value.to_string(), None),
            FigureCell::Number { value } => (value.to_string(), None),
            FigureCell::Estimate { value, low, high } => (value.to_string(), Some([low, high])),
            FigureCell::Text { text } => (harmless(text), None),
            FigureCell::Day { day } => (day.to_string(), None),
            FigureCell::Hidden
            | FigureCell::TooFew
            | FigureCell::NoDenominator
            | FigureCell::TooEarly
            | FigureCell::Nothing => {
                why_empty.push(format!("{}={}", column.name, kind(cell)));
                (String::new(), None)
            }
        };
        record.push(value);
        if has_interval(column) {
            record.extend(interval.map_or([String::new(), String::new()], |ends| ends.map(ToString::to_string)));
        }
    }
    record.push(row.cells.iter().any(FigureCell::is_hidden).to_string());
    record.push(why_empty.join(" "));
    record
}

/// Words that somebody typed must not become a formula in a spreadsheet.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_words_become_no_formula() {
        assert_eq!(harmless("=1+1"), "'=1+1");
        assert_eq!(harmless("sport"), "sport");
    }
}
