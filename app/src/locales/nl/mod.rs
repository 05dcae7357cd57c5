//! Dutch, A2/B1: short sentences, no abbreviations, no officialese. Numbers, dates and plurals as in Flanders.
//!
//! An error says what happened, what was kept, and what to do now.

pub(crate) mod account;
pub(crate) mod activities;
pub(crate) mod check;
pub(crate) mod counter;
pub(crate) mod denominators;
pub(crate) mod devices;
pub(crate) mod doors;
pub(crate) mod evening;
pub(crate) mod figures;
pub(crate) mod holder;
pub(crate) mod home;
pub(crate) mod method;
pub(crate) mod network;
pub(crate) mod pair;
pub(crate) mod programme;
pub(crate) mod reports;
pub(crate) mod scan;
pub(crate) mod trouble;

mod time;
pub(crate) use time::*;

/// Name of the site.
pub(crate) const SITE: &str = "Randpas";
/// Title of the home page.
pub(crate) const SITE_TITLE: &str = "Randpas: meedoen in de Vlaamse Rand";
pub(crate) const SKIP: &str = "Naar de inhoud";
pub(crate) const UPDATE: &str = "Er is een nieuwe versie.";
pub(crate) const UPDATE_LINK: &str = "Vernieuw";

pub(crate) const MENU_LABEL: &str = "Hoofdmenu";
pub(crate) const MENU_PASS: &str = "Mijn pas";
pub(crate) const MENU_ACTIVITIES: &str = "Activiteiten";
pub(crate) const MENU_SCAN: &str = "Scannen";
pub(crate) const MENU_COUNTER: &str = "Balie";
pub(crate) const MENU_FIGURES: &str = "Cijfers";
pub(crate) const SUBMENU_LABEL: &str = "Cijfers en verslagen";
pub(crate) const MENU_OVERVIEW: &str = "Overzicht";
pub(crate) const MENU_OWN: &str = "Eigen cijfers";
pub(crate) const MENU_ANSWER: &str = "Antwoord";
pub(crate) const MENU_REPORTS: &str = "Verslagen";
pub(crate) const MENU_NETWORK: &str = "Lerend netwerk";
pub(crate) const MENU_ACTIONS: &str = "Acties";
pub(crate) const MENU_PARTNERS: &str = "Partners";
pub(crate) const MENU_BUDGET: &str = "Begroting";
pub(crate) const MENU_DENOMINATORS: &str = "Noemers";
pub(crate) const MENU_METHOD: &str = "Hoe we tellen";
pub(crate) const LOG_IN: &str = "Aanmelden";
pub(crate) const LOG_OUT: &str = "Afmelden";

pub(crate) const FOOTER_LINE: &str = "Randpas: samen meedoen in de Vlaamse Rand.";
pub(crate) const FOOTER_ABOUT: &str = "Over de pas en je gegevens";
pub(crate) const FOOTER_API: &str = "Voor programmeurs";

/// Put before the title of a page that comes back with errors.
pub(crate) const ERROR_TITLE: &str = "Nog niet klaar";
/// First line under the title of the error summary.
pub(crate) const KEPT: &str = "Wat je invulde, staat er nog.";
/// What a choice shows before anything is chosen.
pub(crate) const CHOOSE: &str = "Kies…";
/// No name is known for a municipality's code.
pub(crate) const UNKNOWN_MUNICIPALITY: &str = "onbekende gemeente";

/// Title of the error summary.
pub(crate) fn errors_title(count: usize) -> String {
    match count {
        1 => "Nog één ding".to_owned(),
        2 => "Nog twee dingen".to_owned(),
        3 => "Nog drie dingen".to_owned(),
        n => format!("Nog {n} dingen"),
    }
}

/// A whole number as it is written in Flanders: `1.204`.
pub(crate) fn number(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

/// `0 passen`, `1 pas`, `1.204 passen`.
pub(crate) fn count(value: u64, one: &str, many: &str) -> String {
    format!("{} {}", number(value), if value == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_separated_with_dots() {
        assert_eq!(number(0), "0");
        assert_eq!(number(999), "999");
        assert_eq!(number(1204), "1.204");
        assert_eq!(number(1_000_000), "1.000.000");
    }

    #[test]
    fn one_is_singular_and_zero_is_plural() {
        assert_eq!(count(0, "pas", "passen"), "0 passen");
        assert_eq!(count(1, "pas", "passen"), "1 pas");
        assert_eq!(count(1204, "pas", "passen"), "1.204 passen");
    }

    #[test]
    fn the_summary_counts_in_words_as_long_as_words_are_short() {
        assert_eq!(errors_title(1), "Nog één ding");
        assert_eq!(errors_title(4), "Nog 4 dingen");
    }
}
