//! Texts of the counter: search, new pass, card.

use super::count;

pub(crate) const KICKER: &str = "Balie";
pub(crate) const TITLE: &str = "Passen";
pub(crate) const DESCRIPTION: &str = "Passen geven en zoeken aan de balie.";
pub(crate) const LEAD: &str = "Zoek een pas, of geef een nieuwe.";

pub(crate) const SEARCH_LABEL: &str = "Zoek op voornaam of nummer";
pub(crate) const SEARCH_BUTTON: &str = "Zoek";
pub(crate) const SEARCH_EMPTY_TITLE: &str = "Geen pas gevonden";
pub(crate) const SEARCH_EMPTY_TEXT: &str =
    "Kijk het nummer of de naam na. Je ziet alleen passen van jouw gemeente. Is iemand nieuw? Geef dan een pas.";

/// Title above the results.
pub(crate) fn found(results: u64, query: &str) -> String {
    format!("{} voor ‘{query}’", count(results, "pas", "passen"))
}

pub(crate) const NEW_TITLE: &str = "Nieuwe pas";
pub(crate) const FIRST_NAME: &str = "Voornaam of roepnaam";
pub(crate) const FIRST_NAME_HINT: &str = "Een familienaam is niet nodig.";
pub(crate) const BIRTH_YEAR: &str = "Geboortejaar";
pub(crate) const BIRTH_YEAR_HINT: &str = "Vier cijfers, bijvoorbeeld 1991.";
pub(crate) const MUNICIPALITY: &str = "Gemeente";
pub(crate) const REASON: &str = "Waarom is deze persoon nieuwkomer?";
pub(crate) const BASELINE: &str = "Deed je in de laatste 12 maanden mee aan een club, cursus of vrijetijdsactiviteit?";
pub(crate) const BASELINE_HINT: &str = "Stel deze vraag zoals ze hier staat. Zo weten we later of de pas helpt.";
/// Values and texts of the answers.
pub(crate) const BASELINES: [(&str, &str); 3] = [("yes", "Ja"), ("no", "Nee"), ("not_asked", "Niet gevraagd")];
pub(crate) const PARTNER: &str = "Doorverwezen door";
pub(crate) const PARTNER_HINT: &str = "Dit mag leeg blijven.";
pub(crate) const PARTNER_NONE: &str = "Niemand, of onbekend";
pub(crate) const SUBMIT: &str = "Geef de pas";

pub(crate) const FIRST_NAME_MISSING: &str = "Vul een voornaam in.";
pub(crate) const FIRST_NAME_WRONG: &str = "Gebruik hoogstens 40 letters voor de voornaam.";
pub(crate) const BIRTH_YEAR_WRONG: &str = "Vul een geboortejaar in van vier cijfers, bijvoorbeeld 1991.";
pub(crate) const BIRTH_YEAR_RANGE: &str =
    "Kijk het geboortejaar na: niet in de toekomst, en niet meer dan 120 jaar geleden.";
pub(crate) const MUNICIPALITY_WRONG: &str = "Kies een gemeente uit de lijst.";
pub(crate) const REASON_WRONG: &str = "Kies waarom deze persoon nieuwkomer is.";
pub(crate) const BASELINE_WRONG: &str = "Kies ja, nee of niet gevraagd.";
pub(crate) const PARTNER_WRONG: &str = "Kies een partner uit de lijst, of laat dit leeg.";
/// Storage refused for another reason.
pub(crate) const NOT_ISSUED: &str = "De pas is niet gemaakt. Kijk de gegevens na en probeer het nog eens.";

pub(crate) const CARD_DESCRIPTION: &str = "Een pas aan de balie: tonen, afdrukken, op de telefoon zetten.";
/// Title of the card page.
pub(crate) fn card_title(first_name: &str) -> String {
    format!("Pas van {first_name}")
}
pub(crate) const ISSUED: &str = "De pas is klaar. Zet hem op de telefoon, of druk hem af.";
pub(crate) const STATUS_CHANGED: &str = "De pas is aangepast.";
pub(crate) const CLAIM_TITLE: &str = "Zet de pas op de telefoon";
pub(crate) const CLAIM_QR: &str = "QR-code met de link voor de telefoon";
pub(crate) const CLAIM_STEPS: [&str; 3] = [
    "Neem de telefoon van de nieuwkomer.",
    "Richt de camera op deze code.",
    "Open de link. De pas staat klaar.",
];
pub(crate) const CLAIM_LINK: &str = "Of open deze link op de telefoon:";
pub(crate) const CLAIM_NEW: &str = "Maak een link voor de telefoon";
pub(crate) const CLAIM_NEW_TEXT: &str =
    "Nieuwe telefoon, of pas nog niet op de telefoon? Maak een link. Toon hem aan niemand anders.";
pub(crate) const PRINT: &str = "Druk af";
pub(crate) const MANAGE: &str = "Pas verloren of misbruikt?";
pub(crate) const REPLACE: &str = "Vervang de pas";
pub(crate) const REPLACE_TEXT: &str =
    "Kwijt? Geef dezelfde persoon een nieuwe pas. De oude pas stopt meteen. De bezoeken blijven geteld.";
pub(crate) const BLOCK: &str = "Blokkeer de pas";
pub(crate) const BLOCK_TEXT: &str =
    "Een geblokkeerde pas wordt geweigerd aan de deur. Je kunt hem later weer vrijgeven.";
pub(crate) const UNBLOCK: &str = "Geef de pas weer vrij";
pub(crate) const REVOKE: &str = "Trek de pas voorgoed in";
pub(crate) const REVOKE_TEXT: &str = "Ingetrokken is voorgoed: deze pas werkt nooit meer.";
pub(crate) const REVOKED_NOTE: &str = "Deze pas is ingetrokken en werkt niet meer.";
pub(crate) const MEMBER_TITLE: &str = "Lid van een club";
pub(crate) const MEMBER_NONE: &str = "Nog geen lid, voor zover we weten.";
pub(crate) const MEMBER_ADD: &str = "Lid geworden bij …";
pub(crate) const MEMBER_ORGANISER: &str = "Organisator";
pub(crate) const MEMBER_SINCE: &str = "Lid sinds";
pub(crate) const MEMBER_SUBMIT: &str = "Bewaar";
pub(crate) const MEMBER_SAVED: &str = "Bewaard: deze persoon is lid.";
pub(crate) const MEMBER_ORGANISER_WRONG: &str = "Kies een organisator uit de lijst.";
pub(crate) const MEMBER_SINCE_WRONG: &str = "Vul een dag in, vandaag of vroeger.";
/// `Volley Wemmel, sinds 20 november 2026`
pub(crate) fn member_of(organiser: &str, since: jiff::civil::Date) -> String {
    format!("{organiser}, sinds {}", super::date(since))
}
pub(crate) const ANOTHER: &str = "Nog een pas geven";

pub(crate) const BORN: &str = "Geboren in";
pub(crate) const ISSUED_ON: &str = "Gegeven op";
pub(crate) const PAPER_STEPS: [&str; 3] = [
    "Neem dit blad of het kaartje mee naar een activiteit.",
    "Toon de code aan de deur.",
    "Kwijt? Ga naar de balie van je gemeente.",
];

/// The short word for a pass's state, and the modifier of its tag.
pub(crate) fn status(status: domain::PassStatus) -> (&'static str, &'static str) {
    match status {
        domain::PassStatus::Valid => ("geldig", "tag--ok"),
        domain::PassStatus::Suspended => ("geblokkeerd", "tag--wait"),
        domain::PassStatus::Revoked => ("ingetrokken", "tag--stop"),
    }
}
