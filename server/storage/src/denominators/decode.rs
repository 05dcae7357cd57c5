//! From the bytes of a file to text: what Excel and its like write in this country.

use encoding_rs::WINDOWS_1252;

use super::LARGEST_IMPORT;
use super::problem::{Fault, ImportProblem};

/// How a file was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextEncoding {
    /// With or without a byte order mark.
    Utf8,
    /// What Excel writes as "CSV" without more.
    Windows1252,
}

/// The text of a file, or the one reason why it is none. What is too large is refused before anything else is done with
/// it: the caller need not read further than one byte beyond [`LARGEST_IMPORT`].
pub(super) fn decode(bytes: &[u8]) -> Result<(String, TextEncoding), ImportProblem> {
    if let Some(head) = bytes.get(..LARGEST_IMPORT).filter(|_| bytes.len() > LARGEST_IMPORT) {
        return Err(ImportProblem::at(line_after(head), Fault::TooLarge));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(ImportProblem::at(1, Fault::Workbook));
    }
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(ImportProblem::at(1, Fault::Utf16));
    }
    if let Some(place) = bytes.iter().position(|byte| *byte == 0) {
        return Err(ImportProblem::at(
            line_after(bytes.get(..place).unwrap_or_default()),
            Fault::NotText,
        ));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    Ok(match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), TextEncoding::Utf8),
        Err(_) => {
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
            (text.into_owned(), TextEncoding::Windows1252)
        }
    })
}

/// The number of the line that begins or goes on after these bytes.
fn line_after(bytes: &[u8]) -> u64 {
    let breaks = bytes.iter().filter(|byte| **byte == b'\n').count();
    u64::try_from(breaks).unwrap_or(u64::MAX).saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_excel_writes_is_read() {
        let name = "Rhode-Saint-Genèse";
        assert_eq!(decode(name.as_bytes()), Ok((name.to_owned(), TextEncoding::Utf8)));
        let marked = [b"\xef\xbb\xbf".as_slice(), name.as_bytes()].concat();
        assert_eq!(decode(&marked), Ok((name.to_owned(), TextEncoding::Utf8)));
        let ansi = b"Rhode-Saint-Gen\xe8se \x80";
        assert_eq!(decode(ansi), Ok((format!("{name} €"), TextEncoding::Windows1252)));
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_line() {
        let refused = |bytes: &[u8]| decode(bytes).map_err(|problem| (problem.line, problem.what));
        assert_eq!(refused(b"PK\x03\x04..."), Err((1, Fault::Workbook)));
        assert_eq!(refused(b"\xff\xfen\0i\0s\0"), Err((1, Fault::Utf16)));
        assert_eq!(refused(b"nis;jaar\n23102\0;2025"), Err((2, Fault::NotText)));
        let large = b"23102;2025;1\n".repeat(LARGEST_IMPORT / 13 + 2);
        let lines = u64::try_from(LARGEST_IMPORT / 13 + 1).unwrap();
        assert_eq!(refused(&large), Err((lines, Fault::TooLarge)));
    }
}
