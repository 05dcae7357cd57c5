//! The document itself, for programs.

use report::Document;

use crate::PressError;

/// The document as JSON: members in the order of its types, so the same document is the same text.
///
/// # Errors
/// [`PressError::Json`], for a number that JSON cannot hold.
pub fn json(document: &Document) -> Result<Vec<u8>, PressError> {
    let mut text = serde_json::to_vec_pretty(document)?;
    text.push(b'\n');
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back_and_written_the_same() {
        let document = report::sample();
        let text = json(&document).unwrap();
        let back: Document = serde_json::from_slice(&text).unwrap();
        assert_eq!(back, document);
        assert_eq!(json(&back).unwrap(), text);
    }
}
