//! One long table: a line a cell, each with everything that a figure must carry, so that a line that is cut out of the
//! file still says what it is.
//!
//! Semicolons and decimal commas, as Excel in Belgium reads them ([`report::sheet`]). `toestand` says whether `waarde`
//! is there; of what is hidden `waarde` is empty and `tekst` says `<5`.

use domain::{Figure, FigureCell, FigureRow, Unit};
use report::sheet::{csv_file, csv_writer, plain};
use report::{Block, Document, Table, dutch};

use crate::PressError;

/// The key and the name of the whole.
const TOTAL: (&str, &str) = ("total", "Samen");

/// The headings. `dimensie_1` … stay empty for a number without dimensions.
const HEAD: [&str; 26] = [
    "document",
    "over",
    "deel",
    "tabel",
    "cijfer",
    "periode",
    "vergeleken_met",
    "samenwerkingsverband",
    "dimensie_1",
    "sleutel_1",
    "naam_1",
    "dimensie_2",
    "sleutel_2",
    "naam_2",
    "kolom",
    "kolom_naam",
    "eenheid",
    "waarde",
    "laag",
    "hoog",
    "tekst",
    "toestand",
    "gegevens_van",
    "definitie",
    "volledigheid",
    "bescherming",
];

/// The document as CSV.
///
/// # Errors
/// [`PressError::Csv`], which a document does not cause.
pub fn csv(document: &Document) -> Result<Vec<u8>, PressError> {
    let mut out = csv_writer();
    out.write_record(HEAD)?;
    for section in &document.sections {
        for block in &section.blocks {
            match block {
                Block::Figure { caption, figure, .. } => {
                    for row in figure.rows.iter().chain([&figure.total]) {
                        for (at, cell) in row.cells.iter().enumerate() {
                            let place = Place {
                                document,
                                section: &section.id,
                                caption,
                            };
                            out.write_record(place.of_cell(figure, row, at, cell))?;
                        }
                    }
                }
                Block::Table(table) => {
                    for row in &table.rows {
                        for (at, cell) in row.iter().enumerate() {
                            let place = Place {
                                document,
                                section: &section.id,
                                caption: &table.caption,
                            };
                            out.write_record(place.of_text(table, row, at, cell))?;
                        }
                    }
                }
                Block::Sentence { .. } | Block::Note { .. } | Block::List { .. } => {}
            }
        }
    }
    Ok(csv_file(out)?)
}

/// Where in the document a line stands.
struct Place<'a> {
    document: &'a Document,
    section: &'a str,
    caption: &'a str,
}

impl Place<'_> {
    fn head(&self, code: &str) -> Vec<String> {
        vec![
            self.document.kind.code().to_owned(),
            plain(&self.document.subject).into_owned(),
            self.section.to_owned(),
            plain(self.caption).into_owned(),
            code.to_owned(),
        ]
    }

    fn of_cell(&self, figure: &Figure, row: &FigureRow, at: usize, cell: &FigureCell) -> Vec<String> {
        let mut line = self.head(figure.code.code());
        line.push(figure.period.to_string());
        line.push(figure.compare.map(|period| period.to_string()).unwrap_or_default());
        line.push(plain(figure.partnership.as_deref().unwrap_or_default()).into_owned());
        for side in 0..2 {
            let Some(dimension) = figure.by.get(side) else {
                line.extend([const { String::new() }; 3]);
                continue;
            };
            let (key, name) = (row.key.get(side), row.names.get(side));
            line.push(dimension.code().to_owned());
            line.push(plain(key.map_or(TOTAL.0, String::as_str)).into_owned());
            line.push(plain(name.map_or(TOTAL.1, String::as_str)).into_owned());
        }
        let (name, label, unit) = figure
            .columns
            .get(at)
            .map_or(("", "", Unit::Text), |c| (&c.name, &c.label, c.unit));
        line.extend([name.to_owned(), plain(label).into_owned(), unit_nl(unit).to_owned()]);
        line.extend(numbers(cell, unit));
        line.push(plain(&dutch::cell(cell, unit, figure.suppression.k)).into_owned());
        line.push(state(cell).to_owned());
        line.push(figure.data_date.to_string());
        line.push(plain(&figure.definition).into_owned());
        line.push(dutch::coverage(&figure.coverage));
        line.push(figure.suppression.rule.clone());
        line
    }

    /// A cell of a table of words: the first column names the row.
    fn of_text(&self, table: &Table, row: &[String], at: usize, cell: &str) -> Vec<String> {
        let mut line = self.head("");
        line.push(self.document.period.to_string());
        line.extend([String::new(), String::new(), String::new(), String::new()]);
        line.push(plain(row.first().map_or("", String::as_str)).into_owned());
        line.extend([String::new(), String::new(), String::new(), String::new()]);
        line.push(plain(table.columns.get(at).map_or("", String::as_str)).into_owned());
        line.extend([
            unit_nl(Unit::Text).to_owned(),
            String::new(),
            String::new(),
            String::new(),
        ]);
        line.push(plain(cell).into_owned());
        line.push("getoond".to_owned());
        line.push(self.document.data_date.to_string());
        line.extend([String::new(), String::new(), String::new()]);
        line
    }
}

/// Value, least, most. Amounts are euro here, as people type them.
fn numbers(cell: &FigureCell, unit: Unit) -> [String; 3] {
    match cell {
        FigureCell::Count { value } if unit == Unit::Cents => {
            let (sign, cents) = (if *value < 0 { "-" } else { "" }, value.unsigned_abs());
            [
                format!("{sign}{},{:02}", cents / 100, cents % 100),
                String::new(),
                String::new(),
            ]
        }
        FigureCell::Count { value } => [value.to_string(), String::new(), String::new()],
        FigureCell::Number { value } if unit == Unit::Cents => [comma(value / 100.0), String::new(), String::new()],
        FigureCell::Number { value } => [comma(*value), String::new(), String::new()],
        FigureCell::Estimate { value, low, high } => [comma(*value), comma(*low), comma(*high)],
        _ => [const { String::new() }; 3],
    }
}

/// Six decimals at most, with a comma.
fn comma(value: f64) -> String {
    let text = format!("{value:.6}");
    text.trim_end_matches('0').trim_end_matches('.').replace('.', ",")
}

/// What is in `waarde`.
const fn unit_nl(unit: Unit) -> &'static str {
    match unit {
        Unit::People => "mensen",
        Unit::Visits => "bezoeken",
        Unit::Pieces => "stuks",
        Unit::Cents => "euro",
        Unit::Minutes => "minuten",
        Unit::Days => "dagen",
        Unit::Share => "deel van 1",
        Unit::Difference => "verschil",
        Unit::Ratio => "verhouding",
        Unit::Text => "tekst",
        Unit::Day => "datum",
    }
}

const fn state(cell: &FigureCell) -> &'static str {
    match cell {
        FigureCell::Hidden => "verborgen",
        FigureCell::TooFew => "te_weinig_gegevens",
        FigureCell::NoDenominator => "geen_noemer",
        FigureCell::TooEarly => "te_vroeg",
        FigureCell::Nothing => "niet_van_toepassing",
        _ => "getoond",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines() -> Vec<Vec<String>> {
        let file = csv(&report::sample()).unwrap();
        let text = String::from_utf8(file).unwrap();
        let text = text.strip_prefix(report::sheet::BYTE_ORDER_MARK).unwrap();
        ::csv::ReaderBuilder::new()
            .delimiter(b';')
            .from_reader(text.as_bytes())
            .records()
            .map(|line| line.unwrap().iter().map(str::to_owned).collect())
            .collect()
    }

    #[test]
    fn every_cell_of_every_table_is_one_line() {
        let mut cells = 0;
        for block in report::sample().sections.iter().flat_map(|section| &section.blocks) {
            cells += match block {
                Block::Figure { figure, .. } => (figure.rows.len() + 1) * figure.columns.len(),
                Block::Table(table) => table.rows.len() * table.columns.len(),
                _ => 0,
            };
        }
        assert_eq!(lines().len(), cells);
    }

    #[test]
    fn hidden_has_no_value_and_zero_has_one() {
        let (value, text, state) = (17, 20, 21);
        let lines = lines();
        assert!(lines.iter().filter(|line| line[state] == "verborgen").count() > 3);
        for line in &lines {
            if line[state] == "verborgen" {
                assert_eq!((line[value].as_str(), line[text].as_str()), ("", "<5"), "{line:?}");
            }
        }
        assert!(lines.iter().any(|line| line[value] == "0" && line[state] == "getoond"));
    }

    #[test]
    fn amounts_are_euro_with_a_decimal_comma() {
        let lines = lines();
        let total = lines.iter().find(|line| line[14] == "total_cents").unwrap();
        assert_eq!((total[16].as_str(), total[17].as_str()), ("euro", "4823,50"));
        let mean = lines.iter().find(|line| line[14] == "mean_cents").unwrap();
        assert_eq!(mean[17], "15,46");
        assert_eq!(comma(-0.0125), "-0,0125");
    }

    #[test]
    fn no_cell_is_a_formula() {
        let mut document = report::sample();
        document.subject = "=HYPERLINK(1)".to_owned();
        let text = String::from_utf8(csv(&document).unwrap()).unwrap();
        assert!(text.contains(";'=HYPERLINK(1);") && !text.contains(";=HYPERLINK"));
    }
}
