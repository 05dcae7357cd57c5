//! Texts of the figures: first a sentence, then the picture, then the table.

use super::{moment, number};
use jiff::Timestamp;

pub(crate) const TITLE: &str = "Cijfers";
pub(crate) const DESCRIPTION: &str =
    "Hoeveel nieuwkomers doen mee in de Vlaamse Rand? Deelnemers en bezoeken per gemeente en per maand, met uitleg.";
/// Over the title: which period.
pub(crate) fn kicker(period: &str) -> String {
    format!("Periode: {period}")
}

pub(crate) const PERIOD: &str = "Periode";
pub(crate) const YEARS: &str = "Jaren";
pub(crate) const QUARTERS: &str = "Kwartalen";
pub(crate) const MONTHS: &str = "Maanden";
pub(crate) const WORK_YEARS: &str = "Werkjaren (1 december tot 30 november)";
pub(crate) const SHOW: &str = "Toon";
pub(crate) const PERIOD_WRONG: &str = "Deze periode kennen we niet. Je ziet nu dit jaar. Kies een andere periode.";

pub(crate) const PARTICIPANTS: &str = "deelnemers";
pub(crate) const PARTICIPATIONS: &str = "bezoeken";
pub(crate) const FIRST: &str = "begonnen in deze periode";
pub(crate) const NEW: &str = "deden daarvoor aan niets mee";
pub(crate) const KEYS: &str = "In het kort";

pub(crate) const BY_MUNICIPALITY: &str = "Per gemeente";
pub(crate) const BY_MONTH: &str = "Per maand";
pub(crate) const MUNICIPALITY: &str = "Gemeente";
pub(crate) const MONTH: &str = "Maand";
pub(crate) const TOTAL: &str = "Samen";
pub(crate) const AS_TABLE: &str = "Bekijk als tabel";
pub(crate) const CSV: &str = "CSV voor Excel";
pub(crate) const BRUSSELS: &str = "Brussel";
pub(crate) const HIDDEN: &str = "<5";
pub(crate) const HIDDEN_SPOKEN: &str = "minder dan 5 mensen, of niet getoond om hen te beschermen";
pub(crate) const HIDDEN_LEGEND: &str = "niet getoond";
pub(crate) const NOTHING: &str = "geen";
pub(crate) const MUNICIPALITY_NOTE: &str =
    "Een deelnemer telt bij de gemeente waar die persoon woonde. Wie verhuist, kan bij twee gemeenten staan.";
pub(crate) const MONTH_NOTE: &str =
    "Een deelnemer telt één keer per maand. Tel de maanden dus niet op: wie elke maand komt, is één deelnemer.";

pub(crate) const METHOD: &str = "Hoe we tellen";
pub(crate) const DATA_DATE: &str = "Gegevens van";
pub(crate) const COVERAGE: &str = "Hoe volledig?";
pub(crate) const SUPPRESSION: &str = "Wat tonen we niet?";

/// A value that is published (`Some`) or hidden (`None`), in a cell.
pub(crate) fn cell(value: Option<u64>) -> String {
    value.map_or_else(|| HIDDEN.to_owned(), number)
}

/// The first sentences of the page. `None` is a hidden value: then the sentence does not guess.
pub(crate) fn sentence(participants: Option<u64>, participations: Option<u64>) -> String {
    let people = match participants {
        None => {
            return "Minder dan vijf nieuwkomers deden mee. Om hen te beschermen tonen we het aantal niet.".to_owned();
        }
        Some(0) => return "In deze periode deed nog niemand mee.".to_owned(),
        Some(1) => "1 nieuwkomer deed mee.".to_owned(),
        Some(n) => format!("{} nieuwkomers deden mee.", number(n)),
    };
    match participations {
        None => people,
        Some(1) => format!("{people} Dat is 1 bezoek."),
        Some(n) => format!("{people} Dat zijn {} bezoeken.", number(n)),
    }
}

/// What the pass changed: of those who started, how many did nothing before.
pub(crate) fn new_sentence(first: Option<u64>, new: Option<u64>) -> Option<String> {
    match (first, new) {
        (Some(0) | None, _) => None,
        (Some(first), None) => Some(format!("{} begonnen in deze periode.", capital(&people(first)))),
        (Some(first), Some(new)) => Some(format!(
            "{} {} in deze periode. {} van hen {} het jaar ervoor aan niets mee.",
            people(first),
            if first == 1 { "begon" } else { "begonnen" },
            if new == 0 { "Niemand".to_owned() } else { number(new) },
            if new <= 1 { "deed" } else { "deden" },
        )),
    }
}

fn people(count: u64) -> String {
    super::count(count, "nieuwkomer", "nieuwkomers")
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// `Gegevens van 20 november 2026 om 19.05 uur`
pub(crate) fn data_date(at: Timestamp) -> String {
    moment(at)
}

/// How complete the figure is.
pub(crate) fn coverage(active: u64, scanned: u64, manual: u64, scans: u64) -> String {
    let organisers = match (active, scanned) {
        (0, _) => "In deze periode had geen enkele organisator een activiteit.".to_owned(),
        (1, 0) => "De enige organisator met een activiteit scande geen pas.".to_owned(),
        (1, _) => "De enige organisator met een activiteit scande passen.".to_owned(),
        (n, s) => format!(
            "{} van de {} organisatoren met een activiteit scanden passen.",
            number(s),
            number(n)
        ),
    };
    if scans == 0 {
        return organisers;
    }
    let share = manual.saturating_mul(100) / scans;
    let manual = match (manual, share) {
        (0, _) => "Geen enkele scan is met de hand ingetypt.".to_owned(),
        (_, 0) => "Minder dan 1 procent van de scans is met de hand ingetypt.".to_owned(),
        (_, share) => format!("{share} procent van de scans is met de hand ingetypt."),
    };
    format!("{organisers} {manual}")
}

/// Title of a picture of people or visits.
pub(crate) fn chart_title(what: &str, by: &str) -> String {
    format!("{} {}", capital(what), by.to_lowercase())
}

/// What a chart shows, for those who do not see it: the largest value, and how many are hidden.
pub(crate) fn chart_summary(largest: Option<(&str, u64)>, hidden: usize) -> String {
    let largest = largest.map_or_else(
        || "Er zijn geen waarden om te tonen.".to_owned(),
        |(label, value)| format!("Het hoogst: {label}, met {}.", number(value)),
    );
    match hidden {
        0 => largest,
        1 => format!("{largest} Eén waarde is niet getoond. De tabel eronder heeft dezelfde getallen."),
        n => format!("{largest} {n} waarden zijn niet getoond. De tabel eronder heeft dezelfde getallen."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_agrees_for_none_one_many_and_hidden() {
        assert_eq!(sentence(Some(0), Some(0)), "In deze periode deed nog niemand mee.");
        assert_eq!(sentence(Some(1), Some(1)), "1 nieuwkomer deed mee. Dat is 1 bezoek.");
        assert_eq!(
            sentence(Some(312), Some(1204)),
            "312 nieuwkomers deden mee. Dat zijn 1.204 bezoeken."
        );
        assert!(
            sentence(None, Some(7)).contains("tonen we het aantal niet"),
            "a hidden count of people hides the visits"
        );
        assert_eq!(sentence(Some(312), None), "312 nieuwkomers deden mee.");
    }

    #[test]
    fn who_did_nothing_before_is_said_only_when_it_is_published() {
        assert_eq!(new_sentence(None, Some(3)), None);
        assert_eq!(new_sentence(Some(0), Some(0)), None);
        assert_eq!(
            new_sentence(Some(200), Some(124)).unwrap(),
            "200 nieuwkomers begonnen in deze periode. 124 van hen deden het jaar ervoor aan niets mee."
        );
        assert!(new_sentence(Some(6), Some(0)).unwrap().contains("Niemand van hen deed"));
        assert_eq!(
            new_sentence(Some(6), None).unwrap(),
            "6 nieuwkomers begonnen in deze periode."
        );
    }

    #[test]
    fn coverage_is_never_a_division_by_zero() {
        assert_eq!(
            coverage(0, 0, 0, 0),
            "In deze periode had geen enkele organisator een activiteit."
        );
        assert!(coverage(40, 31, 1, 1000).contains("Minder dan 1 procent"));
        assert!(coverage(40, 31, 120, 1000).contains("12 procent"));
    }

    #[test]
    fn a_hidden_cell_is_never_a_zero() {
        assert_eq!(cell(None), "<5");
        assert_eq!(cell(Some(0)), "0");
    }
}
