//! The CSV and the JSON: a line a cell, and the document itself.

use domain::{FigureCell, Unit};
use report::{Block, Document, dutch};

use super::blocks;

/// Holds the CSV of a document to it, cell by cell, and the JSON as a whole.
pub(crate) fn holds(document: &Document) {
    let json = press::json(document).unwrap();
    // Compared as text: reading a float back may be off in its last digit.
    assert_eq!(
        json,
        [serde_json::to_vec_pretty(document).unwrap(), b"\n".to_vec()].concat()
    );
    let back: Document = serde_json::from_slice(&json).unwrap();
    assert_eq!(
        (&back.lead, back.sections.len()),
        (&document.lead, document.sections.len())
    );
    let text = String::from_utf8(press::csv(document).unwrap()).unwrap();
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader
        .delimiter(b';')
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let head = reader.headers().unwrap().clone();
    let at = |name: &str| head.iter().position(|known| known == name).unwrap();
    let [code, column, value, words, state] = ["cijfer", "kolom", "waarde", "tekst", "toestand"].map(at);
    let mut lines = reader.records();
    for block in blocks(document) {
        match block {
            Block::Figure { figure, .. } => {
                for row in figure.rows.iter().chain([&figure.total]) {
                    for (of, cell) in figure.columns.iter().zip(&row.cells) {
                        let line = lines.next().unwrap().unwrap();
                        assert_eq!((&line[code], &line[column]), (figure.code.code(), of.name.as_str()));
                        let shown = dutch::cell(cell, of.unit, figure.suppression.k);
                        assert_eq!(line[words].trim_start_matches('\''), shown);
                        match cell {
                            FigureCell::Hidden => assert_eq!((&line[value], &line[state]), ("", "verborgen")),
                            FigureCell::Count { value: counted } if of.unit == Unit::Cents => {
                                let cents = line[value].replace(',', "");
                                assert_eq!(cents.parse::<i64>().unwrap(), *counted);
                            }
                            FigureCell::Count { value: counted } => {
                                assert_eq!(line[value].parse::<i64>().unwrap(), *counted);
                            }
                            _ => {}
                        }
                    }
                }
            }
            Block::Table(table) => {
                for cell in table.rows.iter().flatten() {
                    let line = lines.next().unwrap().unwrap();
                    assert_eq!(line[words].trim_start_matches('\''), *cell);
                }
            }
            _ => {}
        }
    }
    assert!(lines.next().is_none(), "no line that the document does not have");
}

#[test]
fn every_cell_is_a_line() {
    holds(&report::sample());
}
