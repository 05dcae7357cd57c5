//! Text as people type it: bounds, and searching without regard to case.

use crate::error::{Error, Result};

/// Trims, and refuses what is empty or longer than `longest` characters.
pub(crate) fn bounded(text: &str, longest: usize, refusal: &'static str) -> Result<String> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > longest || text.chars().any(char::is_control) {
        return Err(Error::Invalid(refusal));
    }
    Ok(text.to_owned())
}

/// The form in which text is kept for searching. Without NUL, which PostgreSQL cannot take and nobody means.
pub(crate) fn folded(text: &str) -> String {
    text.trim().to_lowercase().replace('\0', "")
}

/// A `LIKE` pattern (escape character `\`) that finds `text` anywhere. Nothing to search for: `None`.
pub(crate) fn anywhere(text: Option<&str>) -> Option<String> {
    let text = folded(text?);
    if text.is_empty() {
        return None;
    }
    let mut pattern = String::from("%");
    for character in text.chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    Some(pattern)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_searched_for_literally() {
        assert_eq!(
            anywhere(Some(" 100% Zwem_Club ")).as_deref(),
            Some("%100\\% zwem\\_club%")
        );
        assert_eq!(anywhere(Some("  ")), None);
        assert_eq!(anywhere(Some("\0")), None);
        assert_eq!(anywhere(None), None);
    }

    #[test]
    fn text_is_trimmed_and_bounded() {
        assert!(matches!(bounded(" a ", 1, "too long").as_deref(), Ok("a")));
        assert!(bounded("ab", 1, "too long").is_err());
        assert!(bounded(" ", 1, "too long").is_err());
        assert!(bounded("a\0", 9, "too long").is_err());
    }
}
