//! Texts of the figures: first a sentence, then the picture, then the table.

mod cells;
mod choices;
mod sentences;

pub(crate) use cells::{Shown, Style};
pub(crate) use choices::*;
pub(crate) use sentences::*;

use domain::{Period, PeriodKind};

use super::{date, number};

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
pub(crate) const SUSTAINED: &str = "bleven komen";
pub(crate) const PASSES: &str = "geldige passen";
pub(crate) const KEYS: &str = "In het kort";

pub(crate) const BY_MUNICIPALITY: &str = "Per gemeente";
pub(crate) const BY_MONTH: &str = "Per maand";
pub(crate) const TOTAL: &str = "Samen";
pub(crate) const AS_TABLE_PAGE: &str = "Bekijk als tabel met alle getallen";
pub(crate) const CLICK_TILE: &str = "Kies een gemeente om alleen die te zien.";
pub(crate) const AS_TABLE: &str = "Bekijk als tabel";
pub(crate) const CSV: &str = "CSV voor Excel";
pub(crate) const BRUSSELS: &str = "Brussel";
pub(crate) const HIDDEN_LEGEND: &str = "niet getoond";
pub(crate) const NOTHING: &str = "geen";
pub(crate) const MUNICIPALITY_NOTE: &str =
    "Een deelnemer telt bij de gemeente waar die persoon woonde. Wie verhuist, kan bij twee gemeenten staan.";
pub(crate) const MONTH_NOTE: &str =
    "Een deelnemer telt één keer per maand. Tel de maanden dus niet op: wie elke maand komt, is één deelnemer.";

pub(crate) const NOT_PUBLISHED: &str = "Twee opdelingen samen tonen we alleen per werkjaar of over de hele looptijd: anders \
    gaat het over te weinig mensen. Kies een van deze periodes:";
pub(crate) const ALL_HIDDEN: &str = "In elk vakje zitten te weinig mensen om te tonen. Kies een langere periode, of deel \
    maar op één manier op.";
pub(crate) const COLUMNS: &str = "Wat de tekening toont";
pub(crate) const COHORTS_NOTE: &str = "Elke regel volgt wie in die maand een eerste pas kreeg. Hoe sterker de kleur, \
    hoe meer van hen na die tijd nog kwamen. \"Te vroeg\" betekent: die tijd is nog niet voorbij.";
pub(crate) const WHISKER_NOTE: &str = "De stip is onze schatting. De streep toont hoe laag en hoe hoog het echte \
    getal kan zijn. Raakt de streep de lijn \"even veel\", dan kan het verschil toeval zijn.";
pub(crate) const METHOD: &str = "Hoe we tellen";
pub(crate) const DATA_DATE: &str = "Gegevens van";
pub(crate) const NOTE: &str = "Let op";
pub(crate) const JSON: &str = "Voor programma's (JSON)";
pub(crate) const COVERAGE: &str = "Hoe volledig?";
pub(crate) const SUPPRESSION: &str = "Wat tonen we niet?";

/// `2026 (1 januari 2026 tot en met 31 december 2026)`: nobody has to guess where a period begins.
pub(crate) fn period_in_full(period: Period) -> String {
    let label = period.label_nl();
    match period.kind() {
        PeriodKind::Range | PeriodKind::Project => format!("{label}."),
        _ => format!(
            "{label}: van {} tot en met {}.",
            date(period.first()),
            date(period.last())
        ),
    }
}

/// The line under the title on paper.
pub(crate) fn paper(period: &str, data_date: &str, partnership: Option<&str>) -> String {
    let whose = partnership.map(|name| format!("{name}. ")).unwrap_or_default();
    format!("Randpas. {whose}Periode: {period}. Gegevens van {data_date}.")
}

/// The first sentences of the page. `None` is a hidden value: then the sentence does not guess.
pub(crate) fn sentence(participants: Option<u64>, participations: Option<u64>) -> String {
    let people = match participants {
        None => {
            return "Er deden nieuwkomers mee. Om hen te beschermen tonen we het aantal niet.".to_owned();
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

/// With a capital.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// Title of a picture of people or visits.
pub(crate) fn chart_title(what: &str, by: &str) -> String {
    format!("{} {}", capital(what), by.to_lowercase())
}

/// What a chart shows, for those who do not see it: the largest value, and how many are hidden.
pub(crate) fn chart_summary(style: Style, largest: Option<(&str, u64)>, hidden: usize) -> String {
    let largest = largest.map_or_else(
        || NO_VALUES.to_owned(),
        |(label, value)| format!("Het hoogst: {label}, met {}.", style.short(Some(value))),
    );
    match hidden {
        0 => largest,
        1 => format!("{largest} Eén waarde is niet getoond. De tabel eronder heeft dezelfde getallen."),
        n => format!("{largest} {n} waarden zijn niet getoond. De tabel eronder heeft dezelfde getallen."),
    }
}

pub(crate) const NO_VALUES: &str = "Er zijn geen waarden om te tonen.";
/// On the axis of a change.
pub(crate) const AS_MANY: &str = "even veel";
/// Heads the months of a cohort table.
pub(crate) const ISSUED_IN: &str = "Pas gekregen in";

/// `½ keer`, `2 keer` at the ends of the axis of a change.
pub(crate) fn times(ratio: f64) -> String {
    let text = report::dutch::decimal(ratio, 2);
    let short = text
        .strip_suffix(",00")
        .or_else(|| text.strip_suffix('0'))
        .unwrap_or(&text);
    format!("{short}\u{a0}keer")
}

/// Under the small multiples.
pub(crate) fn same_scale(panel: &str, point: &str, value: &str) -> String {
    format!("Alle kleine grafieken hebben dezelfde schaal. Het hoogst is {panel} in {point}, met {value}.")
}

/// Between two steps of the route.
pub(crate) fn after_days(days: f64) -> String {
    format!("de helft binnen {}", report::dutch::days(days))
}

/// Bars that do not fit.
pub(crate) fn left_out(count: usize) -> String {
    match count {
        1 => "Nog 1 staat alleen in de tabel.".to_owned(),
        n => format!("Nog {n} staan alleen in de tabel."),
    }
}

/// A name of at most so many letters in a picture; the table has it whole.
pub(crate) fn cut(name: &str, most: usize) -> String {
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let short: String = name.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", short.trim_end())
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
    fn ends_of_an_axis_are_short() {
        assert_eq!(
            [times(0.5), times(2.0), times(1.25)],
            ["0,5\u{a0}keer", "2\u{a0}keer", "1,25\u{a0}keer"]
        );
    }

    #[test]
    fn a_long_name_is_cut_between_letters_and_not_between_bytes() {
        assert_eq!(cut("Zoë en vriendën", 20), "Zoë en vriendën");
        assert_eq!(cut("ëëëëë", 3), "ëë…");
    }
}
