//! Texts of `/controle`: is this document one of ours?

/// Title of the page without a code.
pub(crate) const TITLE: &str = "Een document controleren";
/// One sentence for search engines.
pub(crate) const DESCRIPTION: &str = "Controleer of een verslag van Randpas echt is en niet veranderd.";
pub(crate) const LEAD: &str = "Op elk vastgelegd verslag staat een controlecode. Met die code, of met het bestand zelf, zie je \
                               of het verslag echt is.";

pub(crate) const CODE_HEADING: &str = "Met de controlecode";
pub(crate) const CODE: &str = "Controlecode";
pub(crate) const CODE_HINT: &str = "Acht letters en cijfers, bijvoorbeeld 7F3K-2M9P.";
pub(crate) const CODE_SUBMIT: &str = "Zoek het verslag";
pub(crate) const CODE_UNKNOWN: &str = "Geen verslag heeft deze code. Kijk de code na en probeer opnieuw.";

pub(crate) const FILE_HEADING: &str = "Met het bestand";
pub(crate) const FILE: &str = "Het bestand (PDF, XLSX, CSV of JSON)";
pub(crate) const FILE_HINT: &str = "We vergelijken het bestand met wat we bewaard hebben. We houden het niet bij.";
pub(crate) const FILE_SUBMIT: &str = "Controleer het bestand";
pub(crate) const FILE_MISSING: &str = "Kies eerst een bestand.";

/// The file is the frozen one.
pub(crate) const GENUINE: &str = "Dit bestand is echt: het is precies het bestand dat we hebben vastgelegd.";
/// A file that is not the one with this code.
pub(crate) const CHANGED: &str = "Dit bestand is niet het bestand dat we hebben vastgelegd. Het is veranderd, of het is een \
                                  ander document. Het juiste bestand vind je hieronder.";
/// A file that nobody froze.
pub(crate) const STRANGER: &str = "Dit bestand kennen we niet. Het is veranderd nadat we het vastlegden, of het is geen \
                                   vastgelegd verslag van ons.";

/// The code is known and the seal over it is right.
pub(crate) const SEALED: &str = "Dit verslag is van ons, en de handtekening klopt.";
/// The code is known and the seal is wrong.
pub(crate) const BROKEN: &str = "De handtekening van dit verslag klopt niet. Vertrouw het niet, en laat het ons weten.";

/// Title of the page of a code.
pub(crate) fn title(title: &str, code: &str) -> String {
    format!("{title}: controlecode {code}")
}

pub(crate) const KICKER: &str = "Vastgelegd verslag";
pub(crate) const WHOSE: &str = "Van";
pub(crate) const PERIOD: &str = "Periode";
pub(crate) const COMPARED: &str = "Vergeleken met";
pub(crate) const DATA_DATE: &str = "Gegevens tot en met";
pub(crate) const FROZEN_AT: &str = "Vastgelegd op";
pub(crate) const FACTS: &str = "Kenmerk van de feiten";

pub(crate) const SAYS: &str = "Wat erin staat";
pub(crate) const NOT_FOR_ALL: &str = "In dit verslag staan bedragen. Alleen wie die mag zien, kan het hier lezen.";
pub(crate) const FILES: &str = "De bestanden";
pub(crate) const FILES_LEAD: &str =
    "Elk bestand heeft een kenmerk (SHA-256). Verandert er één letter, dan verandert het kenmerk.";
pub(crate) const FILES_CAPTION: &str = "Bestanden van dit verslag";
pub(crate) const FORM: &str = "Soort";
pub(crate) const HASH: &str = "Kenmerk";
pub(crate) const SEAL: &str = "De handtekening zelf (JWS)";
pub(crate) const ANOTHER: &str = "Een ander document controleren";
