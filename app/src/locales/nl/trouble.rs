//! When something does not work: what happened, what was kept, what to do now.

pub(crate) const HOME: &str = "Naar de startpagina";

pub(crate) const NOT_FOUND_TITLE: &str = "Deze pagina is er niet";
pub(crate) const NOT_FOUND_WHAT: &str =
    "Misschien is de link oud, of staat er een fout in. Er is niets verloren. Begin opnieuw op de startpagina.";

pub(crate) const METHOD_TITLE: &str = "Dit kan hier niet";
pub(crate) const METHOD_WHAT: &str =
    "De link past niet bij deze pagina. Er is niets veranderd. Begin op de startpagina.";

pub(crate) const DENIED_TITLE: &str = "Dit hoort niet bij jouw account";
pub(crate) const DENIED_WHAT: &str = "Je bent aangemeld, maar je account mag dit niet. Er is niets veranderd. \
    Meld je aan met een ander account, of vraag het aan de coördinator.";

pub(crate) const LOGGED_OUT_TITLE: &str = "Je bent niet meer aangemeld";
pub(crate) const LOGGED_OUT_WHAT: &str = "Er is nog niets bewaard of geteld. Meld je aan in een nieuw tabblad. \
    Ga dan hier één pagina terug en verstuur het opnieuw: wat je invulde, staat er nog.";

pub(crate) const UNREADABLE_TITLE: &str = "We konden dit niet lezen";
pub(crate) const UNREADABLE_WHAT: &str =
    "Het formulier kwam niet goed aan. Er is niets bewaard of veranderd. Ga terug en probeer het nog eens.";

pub(crate) const TOO_LARGE_TITLE: &str = "Dit is te groot";
pub(crate) const TOO_LARGE_WHAT: &str =
    "Een foto mag hoogstens 10 MB zijn, een CSV-bestand 1 MB. Er is niets geteld of bewaard. Kies een kleiner bestand.";

pub(crate) const BROKEN_TITLE: &str = "Er ging iets mis bij ons";
pub(crate) const BROKEN_WHAT: &str =
    "Het ligt niet aan jou. Wat al bewaard was, blijft bewaard. Wacht even, ga terug en probeer het nog eens.";

pub(crate) const OFFLINE_TITLE: &str = "Je hebt nu geen internet";
pub(crate) const OFFLINE_WHAT: &str =
    "Deze pagina hebben we niet op je toestel. Je pas wel: die werkt ook zonder internet. Er is niets verloren.";
pub(crate) const OFFLINE_PASS: &str = "Toon mijn pas";
pub(crate) const OFFLINE_DESCRIPTION: &str = "Geen internet. Je pas werkt ook zonder.";
