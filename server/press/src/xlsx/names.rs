//! Names of sheets: unique, at most 31 characters, without the signs that Excel forbids.

/// The longest name that Excel takes.
const LONGEST: usize = 31;

/// Gives names out.
pub(super) struct SheetNames {
    first: String,
    taken: Vec<String>,
}

impl SheetNames {
    /// With the names of the first and the last sheet already taken.
    pub(super) fn new(first: &str, last: &str) -> Self {
        let first = cut(first, LONGEST);
        Self {
            taken: vec![first.to_lowercase(), last.to_lowercase()],
            first,
        }
    }

    /// The first sheet's.
    pub(super) fn first(&self) -> &str {
        &self.first
    }

    /// A name for a table: its number, then as much of its caption as fits.
    pub(super) fn next(&mut self, caption: &str) -> String {
        let number = self.taken.len() - 1;
        let start = format!("{number} ");
        let name = format!("{start}{}", cut(caption, LONGEST - start.len()));
        let name = name.trim_end().to_owned();
        self.taken.push(name.to_lowercase());
        name
    }
}

fn cut(text: &str, longest: usize) -> String {
    let allowed = |c: &char| !c.is_control() && !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'');
    let text: String = text.chars().filter(allowed).take(longest).collect();
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_unique_and_without_forbidden_signs() {
        let mut names = SheetNames::new("Antwoord", "Uitleg");
        let long = "Deelnemers [per] maand: 'nu' / toen, en nog veel meer woorden";
        let (one, two) = (names.next(long), names.next(long));
        assert_eq!(one, "1 Deelnemers per maand nu  toen");
        assert_ne!(one, two);
        assert_eq!(names.first(), "Antwoord");
    }
}
