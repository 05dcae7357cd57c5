//! The document as a workbook: a sheet with the sentences, a sheet a table with real numbers, and a sheet that says what
//! each number means.
//!
//! Amounts are euro, shares are percentages, minutes are hours: what a person goes on calculating with. What is hidden
//! is a text, so no sum and no mean can take it for a zero.

mod look;
mod meaning;
mod names;
mod story;
mod tables;

use jiff::tz::TimeZone;
use report::{Block, Document};
use rust_xlsxwriter::{DocProperties, Workbook, XlsxError};

use crate::PressError;
use look::Look;
use names::SheetNames;

/// Title of the last sheet.
const MEANING: &str = "Uitleg";

/// The document as XLSX.
///
/// # Errors
/// [`PressError::Xlsx`], for a table that is larger than a sheet.
pub fn xlsx(document: &Document) -> Result<Vec<u8>, PressError> {
    let mut book = Workbook::new();
    // The moment of the data, not of writing: the same facts are the same bytes.
    let at = document.data_date.to_zoned(TimeZone::UTC).datetime();
    let properties = DocProperties::new()
        .set_title(format!("{}: {}", document.title, document.subject))
        .set_subject(document.period.label_nl())
        .set_author("Randpas")
        .set_creation_datetime(&at);
    book.set_properties(&properties);
    let look = Look::new();
    let mut names = SheetNames::new(&document.title, MEANING);
    let sheets = sheets(document, &mut names);
    story::write(book.add_worksheet(), document, &sheets, names.first(), &look)?;
    for sheet in &sheets {
        tables::write(book.add_worksheet(), sheet, &look)?;
    }
    meaning::write(book.add_worksheet(), document, &sheets, MEANING, &look)?;
    Ok(book.save_to_buffer()?)
}

/// A block that has a sheet of its own.
struct Sheet<'a> {
    name: String,
    caption: &'a str,
    block: &'a Block,
}

fn sheets<'a>(document: &'a Document, names: &mut SheetNames) -> Vec<Sheet<'a>> {
    let blocks = document.sections.iter().flat_map(|section| &section.blocks);
    let mut sheets = Vec::new();
    for block in blocks {
        let caption = match block {
            Block::Figure { caption, .. } => caption,
            Block::Table(table) => &table.caption,
            Block::Sentence { .. } | Block::Note { .. } | Block::List { .. } => continue,
        };
        sheets.push(Sheet {
            name: names.next(caption),
            caption,
            block,
        });
    }
    sheets
}

/// Result of writing a sheet.
type Written = Result<(), XlsxError>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_document_is_the_same_bytes() {
        let document = report::sample();
        assert_eq!(xlsx(&document).unwrap(), xlsx(&document).unwrap());
    }

    #[test]
    fn every_table_has_a_sheet_with_a_name_that_excel_takes() {
        let document = report::sample();
        let mut names = SheetNames::new(&document.title, MEANING);
        let sheets = sheets(&document, &mut names);
        assert_eq!(sheets.len(), 7);
        for sheet in &sheets {
            assert!(sheet.name.chars().count() <= 31, "{}", sheet.name);
        }
    }
}
