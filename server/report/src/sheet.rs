//! What every table for a spreadsheet needs: the form that Excel in Belgium opens without questions, and cells that no
//! spreadsheet takes for a formula.
//!
//! UTF-8 with a byte-order mark and semicolons, because the comma is the decimal sign there.

use std::borrow::Cow;

/// The mark by which Excel knows that a file is UTF-8.
pub const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A text that no spreadsheet takes for a formula: organisers choose the names of their activities themselves.
#[must_use]
pub fn plain(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Writes records with semicolons and Windows line ends.
#[must_use]
pub fn csv_writer() -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new())
}

/// The file of what was written: the mark, then the lines.
///
/// # Errors
/// When the last record could not be written.
pub fn csv_file(writer: csv::Writer<Vec<u8>>) -> Result<Vec<u8>, csv::Error> {
    let lines = writer
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))?;
    let mut file = BYTE_ORDER_MARK.as_bytes().to_vec();
    file.extend_from_slice(&lines);
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_a_formula() {
        for text in ["=HYPERLINK(1)", "+32 2", "-1", "@sum", "\tx"] {
            assert!(plain(text).starts_with('\''), "{text}");
        }
        assert_eq!(plain("Sint-Genesius-Rode"), "Sint-Genesius-Rode");
    }

    #[test]
    fn the_file_is_what_belgian_excel_opens() {
        let mut writer = csv_writer();
        writer.write_record(["naam", "waarde"]).unwrap();
        writer.write_record(["sport; \"bal\"", "1,5"]).unwrap();
        let file = String::from_utf8(csv_file(writer).unwrap()).unwrap();
        assert_eq!(file, "\u{feff}naam;waarde\r\n\"sport; \"\"bal\"\"\";1,5\r\n");
    }
}
