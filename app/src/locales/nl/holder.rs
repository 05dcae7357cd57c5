//! Texts of the holder's own pages.

pub(crate) const TITLE: &str = "Mijn pas";
pub(crate) const DESCRIPTION: &str = "Je Randpas op je telefoon. Werkt ook zonder internet.";
pub(crate) const DECK: &str = "Passen op deze telefoon";
pub(crate) const DOTS: &str = "Kies een pas";
pub(crate) const VALID_UNTIL: &str = "Geldig tot";
pub(crate) const ENLARGE: &str = "Tik om groot te maken";
pub(crate) const SHRINK: &str = "Klaar";
pub(crate) const HOW: &str = "Toon deze code aan de deur van de activiteit.";

pub(crate) const EMPTY_TITLE: &str = "Er staat nog geen pas op deze telefoon";
pub(crate) const EMPTY_TEXT: &str =
    "Ga naar de balie van je gemeente. Daar krijg je een pas. Scan daar de code met je telefoon, en je pas staat hier.";
pub(crate) const EMPTY_ACTION: &str = "Wat kan ik doen met een pas?";

pub(crate) const GONE: &str = "Een pas op deze telefoon bestaat niet meer. Vraag een nieuwe aan de balie.";

/// Button that removes one pass of several.
pub(crate) fn forget(first_name: &str) -> String {
    format!("Verwijder de pas van {first_name} van deze telefoon")
}
pub(crate) const FORGET: &str = "Verwijder van deze telefoon";
pub(crate) const FORGOTTEN: &str = "De pas is van deze telefoon weg. De pas zelf blijft geldig.";

pub(crate) const CLAIM_UNKNOWN_TITLE: &str = "Deze link werkt niet (meer)";
pub(crate) const CLAIM_UNKNOWN_WHAT: &str =
    "De link is al te oud, of er mist een stuk. Je pas blijft bestaan. Vraag een nieuwe link aan de balie.";
pub(crate) const FULL_TITLE: &str = "Er staan al acht passen op deze telefoon";
pub(crate) const FULL_WHAT: &str =
    "Meer kan niet. De passen die er staan, blijven staan. Verwijder eerst een pas, en open de link dan opnieuw.";
pub(crate) const TO_PASS: &str = "Naar mijn pas";
