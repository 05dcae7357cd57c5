//! Question 3: which practices were shared in the learning network.

use jiff::civil::Date;

use crate::dutch::{date, number};
use crate::phrase::{When, agree};

/// How many were shared.
pub(crate) fn overview(when: When, practices: usize) -> String {
    let (start, so_far) = (when.at_start(), when.so_far());
    match u64::try_from(practices).unwrap_or(u64::MAX) {
        0 => format!("{start} werd er{so_far} geen praktijkfiche gedeeld in het lerend netwerk."),
        n => format!(
            "{start} {}{so_far} {} gedeeld in het lerend netwerk.",
            agree(n, "werd", "werden"),
            if n == 1 {
                "1 praktijkfiche".to_owned()
            } else {
                format!("{} praktijkfiches", number(n))
            }
        ),
    }
}

/// The head of one sheet.
pub(crate) fn head(title: &str, shared_on: Date, by: Option<&str>) -> String {
    let by = by.map(|name| format!(" door {name}")).unwrap_or_default();
    format!("{title}: gedeeld op {}{by}.", date(shared_on))
}

/// What stands before the figures of a sheet.
pub(crate) fn figures(title: &str, count: usize) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("Dit cijfer hoort bij de praktijk \"{title}\".")),
        _ => Some(format!("Deze cijfers horen bij de praktijk \"{title}\".")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrase::when;

    #[test]
    fn sheets_are_counted_in_the_singular_and_the_plural() {
        for (count, running, text) in [
            (
                0,
                false,
                "In 2026 werd er geen praktijkfiche gedeeld in het lerend netwerk.",
            ),
            (
                0,
                true,
                "In 2026 werd er tot nu toe geen praktijkfiche gedeeld in het lerend netwerk.",
            ),
            (1, false, "In 2026 werd 1 praktijkfiche gedeeld in het lerend netwerk."),
            (
                3,
                true,
                "In 2026 werden tot nu toe 3 praktijkfiches gedeeld in het lerend netwerk.",
            ),
        ] {
            assert_eq!(overview(when("2026", running), count), text);
        }
    }

    #[test]
    fn a_sheet_says_when_and_by_whom_it_was_shared() {
        let day = "2026-03-12".parse().unwrap();
        assert_eq!(head("Proefles", day, None), "Proefles: gedeeld op 12 maart 2026.");
        assert_eq!(
            head("Proefles", day, Some("Welzijnsregio Noord-Limburg")),
            "Proefles: gedeeld op 12 maart 2026 door Welzijnsregio Noord-Limburg."
        );
        assert_eq!(figures("Proefles", 0), None);
        assert_eq!(
            figures("Proefles", 2).unwrap(),
            "Deze cijfers horen bij de praktijk \"Proefles\"."
        );
    }
}
