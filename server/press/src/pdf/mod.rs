//! The document to read and to print: a tagged PDF that an archive takes (PDF/A-3a) and a screen reader reads
//! (PDF/UA-1). krilla refuses to write a file that breaks a rule of either that a program can check.
//!
//! The document itself goes along as an attached JSON, so that what was printed can be calculated on.

mod charts;
mod face;
mod flow;
mod ink;
mod paint;
mod qr;
mod story;
mod table;

use report::Document;

use crate::PressError;
use face::Faces;

/// The document as PDF.
///
/// # Errors
/// [`PressError::Pdf`] when the document breaks a rule of the standard (a title that is empty).
pub fn pdf(document: &Document) -> Result<Vec<u8>, PressError> {
    let faces = Faces::open()?;
    let set = story::set(&faces, document);
    paint::write(&faces, document, set)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_document_is_the_same_bytes() {
        let document = report::sample();
        let file = pdf(&document).unwrap();
        assert!(file.starts_with(b"%PDF-1.7"));
        assert_eq!(pdf(&document).unwrap(), file);
    }

    #[test]
    fn a_document_without_anything_is_still_a_document() {
        let mut document = report::sample();
        document.sections.clear();
        document.lead.clear();
        document.check = None;
        assert!(pdf(&document).is_ok());
    }

    #[test]
    fn names_in_any_script_do_not_break_the_file() {
        let mut document = report::sample();
        document.subject = "مرحبا → Yıldız \u{202f}\u{ad} 数 \u{0} <>&\"".to_owned();
        document.lead = vec![String::new(), " ".to_owned(), "x".repeat(5000)];
        assert!(pdf(&document).is_ok());
    }
}
