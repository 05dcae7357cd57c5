//! Texts of scanning.

use domain::Verdict;

use super::count;

pub(crate) const TITLE: &str = "Scannen";
pub(crate) const DESCRIPTION: &str = "Scan een Randpas aan de deur: met de camera, met het nummer of met een foto.";
pub(crate) const LEAD: &str = "Kies de activiteit. Scan dan de passen.";

pub(crate) const CLOSED_TITLE: &str = "Scannen is voor clubs";
pub(crate) const CLOSED_TEXT: &str =
    "Help je bij een club of een centrum? Dan kun je hier passen scannen, ook zonder internet.";
pub(crate) const PAIR_TEXT: &str =
    "Koppel dit toestel één keer met de code van je club. Heeft je club een account? Dan kun je je ook aanmelden.";
pub(crate) const PAIR: &str = "Koppel dit toestel";
pub(crate) const WRONG_ACCOUNT: &str =
    "Dit account kan niet scannen. Meld je af en meld je aan met het account van je club.";
pub(crate) const HOLDER_TEXT: &str = "Heb je zelf een pas? Dan hoef je hier niets te doen.";

pub(crate) const ACTIVITY: &str = "Activiteit";
pub(crate) const ACTIVITY_HINT: &str = "Wat nu open is, staat bovenaan.";
pub(crate) const OPEN_GROUP: &str = "Nu open";
pub(crate) const LATER_GROUP: &str = "Later";
pub(crate) const PICK: &str = "Kies deze";
pub(crate) const NO_ACTIVITY_TITLE: &str = "Er is nog geen activiteit";
pub(crate) const NO_ACTIVITY_TEXT: &str = "Voeg eerst een activiteit toe. Dan kun je passen scannen.";
pub(crate) const NO_ACTIVITY_ACTION: &str = "Voeg een activiteit toe";
pub(crate) const NOT_OPEN: &str =
    "Deze activiteit is nu niet open. Scannen kan van 5 uur voor het begin tot 5 uur na het einde.";

pub(crate) const WAYS: &str = "Geen camera?";
pub(crate) const NUMBER_TITLE: &str = "Typ het nummer";
pub(crate) const NUMBER: &str = "Nummer van de pas";
pub(crate) const NUMBER_HINT: &str = "Elf letters en cijfers. Streepjes hoeven niet.";
pub(crate) const NUMBER_SUBMIT: &str = "Tel mee";
pub(crate) const PHOTO_TITLE: &str = "Kies een foto";
pub(crate) const PHOTO: &str = "Foto van de pas";
pub(crate) const PHOTO_HINT: &str = "JPG, PNG of WebP, hoogstens 10 MB. De foto wordt niet bewaard.";
pub(crate) const PHOTO_SUBMIT: &str = "Lees de foto";

pub(crate) const NUMBER_MISSING: &str = "Typ het nummer dat op de pas staat.";
pub(crate) const NUMBER_WRONG: &str = "Dit nummer klopt niet. Kijk het na op de pas. Er is niets geteld.";
pub(crate) const PHOTO_MISSING: &str = "Kies eerst een foto. Er is niets geteld.";
pub(crate) const PHOTO_FORMAT: &str =
    "Deze foto kunnen we niet openen. Er is niets geteld. Kies een foto in JPG, PNG of WebP, of typ het nummer.";
pub(crate) const PHOTO_NO_CODE: &str =
    "Op deze foto zien we geen code. Er is niets geteld. Maak een foto van dichtbij, of typ het nummer.";
pub(crate) const FORM_STALE: &str = "Dit formulier was te oud. Er is niets geteld. Probeer het nog eens.";
pub(crate) const ID_REUSE: &str =
    "Dit formulier is al gebruikt voor een andere pas. Er is niets dubbel geteld. Probeer het nog eens.";

pub(crate) const RECENT: &str = "Laatste scans";
pub(crate) const RECENT_EMPTY: &str = "Vandaag is er nog niets gescand.";
/// How many were counted today.
pub(crate) fn today(counted: u64) -> String {
    match counted {
        0 => "Vandaag is nog niemand geteld.".to_owned(),
        n => format!("Vandaag {} geteld.", count(n, "keer", "keer")),
    }
}
/// Said of a pass whose number is not known.
pub(crate) const NO_NUMBER: &str = "geen pas";

/// The one word of a verdict, the modifier of its panel, and its symbol.
pub(crate) fn verdict(verdict: Verdict) -> (&'static str, &'static str, &'static str) {
    match verdict {
        Verdict::Counted => ("Geteld", "verdict--counted", "tick"),
        Verdict::Duplicate => ("Al geteld", "verdict--duplicate", "eye"),
        Verdict::Refused => ("Niet geteld", "verdict--refused", "hand"),
        Verdict::Flagged => ("Kijk even", "verdict--flagged", "eye"),
        Verdict::Annulled => ("Ongedaan", "verdict--annulled", "undo"),
    }
}

pub(crate) const RESULT_TITLE: &str = "Resultaat";
pub(crate) const FIRST_VISIT: &str = "Dit is de eerste keer.";
pub(crate) const UNDO: &str = "Ongedaan maken";
pub(crate) const NEXT: &str = "Volgende pas";
pub(crate) const UNDO_TOO_LATE: &str =
    "Ongedaan maken kan niet meer: het is te lang geleden. De scan blijft geteld. Vraag het aan de coördinator.";
pub(crate) const UNDO_UNKNOWN: &str = "Deze scan vinden we niet. Er is niets veranderd.";
pub(crate) const UNDO_DENIED: &str = "Deze scan is niet van jouw club. Er is niets veranderd.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verdict_has_a_word_a_colour_and_a_shape_of_its_own_meaning() {
        assert_eq!(verdict(Verdict::Counted), ("Geteld", "verdict--counted", "tick"));
        assert_eq!(verdict(Verdict::Refused).2, "hand");
        assert_eq!(verdict(Verdict::Flagged).2, "eye");
    }

    #[test]
    fn the_count_of_today_is_a_sentence_at_zero_too() {
        assert_eq!(today(0), "Vandaag is nog niemand geteld.");
        assert_eq!(today(1), "Vandaag 1 keer geteld.");
    }
}
