//! Texts of the learning network.

use super::count;

pub(crate) const KICKER: &str = "Lerend netwerk";
pub(crate) const KICKER_PRACTICE: &str = "Praktijk uit het lerend netwerk";
pub(crate) const TITLE: &str = "Lerend netwerk";
pub(crate) const DESCRIPTION: &str =
    "Samenwerkingsverbanden leren van elkaar: wie meedoet, wanneer ze samenkwamen en wat ze deelden.";
pub(crate) const TO_NETWORK: &str = "Naar het lerend netwerk";

/// Who takes part, and what they shared.
pub(crate) fn lead(now: u64, ever: u64, practices: u64) -> String {
    let members = match (now, ever) {
        (_, 0) => "Het lerend netwerk heeft nog geen leden.".to_owned(),
        (0, _) => "Het lerend netwerk heeft nu geen leden.".to_owned(),
        (1, _) => "Eén samenwerkingsverband leert met ons mee.".to_owned(),
        (now, _) => format!("{now} samenwerkingsverbanden leren met ons mee."),
    };
    let shared = match practices {
        0 => "Er is nog niets gedeeld.".to_owned(),
        1 => "Er is één praktijk gedeeld.".to_owned(),
        many => format!("Er zijn {} gedeeld.", count(many, "praktijk", "praktijken")),
    };
    format!("{members} {shared}")
}

/// What a form just did.
pub(crate) fn done(done: &str) -> Option<&'static str> {
    Some(match done {
        "lid" => "Het lid is bewaard.",
        "lid_gewijzigd" => "Het lid is bewaard.",
        "bijeenkomst" => "De bijeenkomst is bewaard.",
        "praktijk" => "De praktijk is bewaard.",
        "praktijk_gewijzigd" => "De praktijk is bewaard.",
        _ => return None,
    })
}

pub(crate) const PRACTICES: &str = "Praktijken";
pub(crate) const NO_PRACTICES: &str = "Nog geen praktijken";
pub(crate) const NO_PRACTICES_TEXT: &str = "Hier komt wat werkt: een probleem, een aanpak en het resultaat.";
pub(crate) const OURSELVES: &str = "Ons eigen samenwerkingsverband";
pub(crate) const NOT_YET: &str = "nog niet gedeeld";

pub(crate) const MEMBERS: &str = "Leden";
pub(crate) const NO_MEMBERS: &str = "Nog geen leden.";
pub(crate) const LEFT: &str = "niet meer lid";
pub(crate) const CHANGE_MEMBER: &str = "Verander dit lid";

/// `9 besturen`
pub(crate) fn bodies(number: u64) -> String {
    count(number, "bestuur", "besturen")
}

/// What a member went on in.
pub(crate) fn went_on(name: &str) -> String {
    format!("Ging verder als {name}.")
}

/// Into what a municipality merged.
pub(crate) fn merged(now: &str, until: &str) -> String {
    format!("nu {now} (fusie, tot en met {until})")
}

/// When a member belongs.
pub(crate) fn span(from: &str, until: Option<&str>) -> String {
    match until {
        Some(until) => format!("Lid van {from} tot en met {until}."),
        None => format!("Lid sinds {from}."),
    }
}

pub(crate) const MEETINGS: &str = "Bijeenkomsten";
pub(crate) const NO_MEETINGS: &str = "Nog geen bijeenkomsten.";
pub(crate) const PLANNED: &str = "gepland";

/// `Met: …`
pub(crate) fn with(names: &str) -> String {
    format!("Met: {names}.")
}

/// `Gedeeld op 3 maart 2026 door …`
pub(crate) fn shared(day: &str, by: &str) -> String {
    format!("Gedeeld op {day}. Door: {by}.")
}

/// `Uit de actie …`
pub(crate) fn of_action(name: &str) -> String {
    format!("Uit de actie ‘{name}’.")
}

/// For search engines.
pub(crate) fn practice_description(title: &str) -> String {
    format!("{title}: een probleem, een aanpak en het resultaat, met cijfers.")
}

pub(crate) const THE_PROBLEM: &str = "Het probleem";
pub(crate) const THE_APPROACH: &str = "De aanpak";
pub(crate) const THE_RESULT: &str = "Het resultaat";
pub(crate) const BY_OURSELVES: &str = "ons eigen samenwerkingsverband";
pub(crate) const FIGURES: &str = "De cijfers erbij";
pub(crate) const FIGURES_LIVE: &str =
    "Nu geteld, voor het hele samenwerkingsverband. Kleine aantallen zijn verborgen, zodat niemand te herkennen is.";
pub(crate) const NOT_COUNTED: &str = "Dit cijfer kan nu niet getoond worden.";
pub(crate) const MORE_FIGURES: &str = "Meer over dit cijfer";

/// `Deelnemers, werkjaar 2025-2026`
pub(crate) fn figure_caption(title: &str, period: &str) -> String {
    format!("{title}, {period}")
}

/// Up to when was counted.
pub(crate) fn counted_up_to(moment: &str) -> String {
    format!("Geteld tot {moment}.")
}

// Forms of the coordinator.

pub(crate) const KEEP_UP: &str = "Vul aan";
pub(crate) const NEW_PRACTICE: &str = "Nieuwe praktijk";
pub(crate) const ADD_PRACTICE: &str = "Bewaar de praktijk";
pub(crate) const CHANGE_PRACTICE: &str = "Verander deze praktijk";
pub(crate) const NEW_MEMBER: &str = "Nieuw lid";
pub(crate) const ADD_MEMBER: &str = "Bewaar het lid";
pub(crate) const NEW_MEETING: &str = "Nieuwe bijeenkomst";
pub(crate) const ADD_MEETING: &str = "Bewaar de bijeenkomst";

/// Title of the page that changes a member.
pub(crate) fn change_title(name: &str) -> String {
    format!("{name} veranderen")
}

pub(crate) const MEMBER_NAME: &str = "Naam van het samenwerkingsverband";
pub(crate) const MEMBER_NAME_WRONG: &str = "Geef het lid een naam van hoogstens 120 tekens.";
pub(crate) const MEMBER_KIND: &str = "Wat is het?";
pub(crate) const MEMBER_KIND_WRONG: &str = "Kies wat voor samenwerking het is.";
pub(crate) const BODIES: &str = "Welke besturen werken erin samen?";
pub(crate) const BODIES_HINT: &str = "Eén op elke regel, bijvoorbeeld: OCMW Pelt. Van gemeenten die fuseerden, mag je de oude naam houden: de nieuwe komt erbij te staan.";
pub(crate) const BODIES_WRONG: &str = "Schrijf hoogstens 60 besturen, één op elke regel, elk in hoogstens 120 tekens.";
pub(crate) const FROM: &str = "Lid sinds";
pub(crate) const UNTIL: &str = "Lid tot en met";
pub(crate) const UNTIL_BEFORE_FROM: &str = "De laatste dag ligt voor de eerste. Kijk de dagen na.";
pub(crate) const UNTIL_NEEDED: &str = "Vul ook de laatste dag in: dit lid ging verder als een ander.";
pub(crate) const NEXT: &str = "Ging verder als";
pub(crate) const NEXT_HINT: &str = "Na een fusie bijvoorbeeld. Bewaar eerst het nieuwe lid.";
pub(crate) const NO_NEXT: &str = "Niet van toepassing";
pub(crate) const NEXT_WRONG: &str = "Kies een lid uit de lijst.";

pub(crate) const MEETING_ABOUT: &str = "Waarover ging het?";
pub(crate) const MEETING_WRONG: &str = "Schrijf in hoogstens 120 tekens waarover het ging.";
pub(crate) const MEETING_DAY: &str = "Op welke dag?";
pub(crate) const WHO: &str = "Wie was er?";
pub(crate) const WHO_WRONG: &str = "Kies leden uit de lijst.";
pub(crate) const NOTES: &str = "Verslag";
pub(crate) const NOTES_HINT: &str = "Alleen voor de coördinator. Je mag dit leeg laten.";
pub(crate) const NOTES_WRONG: &str = "Schrijf het verslag in hoogstens 4000 tekens.";

pub(crate) const TITLE_LABEL: &str = "Titel";
pub(crate) const TITLE_WRONG: &str = "Geef de praktijk een titel van hoogstens 120 tekens.";
pub(crate) const PROBLEM: &str = "Wat was het probleem?";
pub(crate) const PROBLEM_HINT: &str = "Bijvoorbeeld: ouders kennen de sportclubs niet.";
pub(crate) const PROBLEM_WRONG: &str = "Schrijf het probleem in hoogstens 2000 tekens.";
pub(crate) const APPROACH: &str = "Wat deden jullie?";
pub(crate) const APPROACH_HINT: &str = "Zo dat een andere gemeente het kan overdoen.";
pub(crate) const APPROACH_WRONG: &str = "Schrijf de aanpak in hoogstens 4000 tekens.";
pub(crate) const RESULT: &str = "Wat kwam ervan?";
pub(crate) const RESULT_HINT: &str = "In woorden. De cijfers kies je hieronder.";
pub(crate) const RESULT_WRONG: &str = "Schrijf het resultaat in hoogstens 2000 tekens.";
pub(crate) const SHARED_ON: &str = "Gedeeld op";
pub(crate) const SHARED_ON_HINT: &str = "Vanaf die dag kan iedereen dit lezen.";
pub(crate) const SHARED_BY: &str = "Door wie?";
pub(crate) const FROM_ACTION: &str = "Uit welke actie?";
pub(crate) const NO_ACTION: &str = "Geen actie";
pub(crate) const LINKED_FIGURES: &str = "Cijfers erbij";
pub(crate) const LINKED_FIGURES_HINT: &str = "Ze worden telkens opnieuw geteld. Kleine aantallen zijn verborgen.";
pub(crate) const FIGURE: &str = "Cijfer";
pub(crate) const NO_FIGURE: &str = "Geen";
pub(crate) const FIGURE_WRONG: &str = "Kies een cijfer uit de lijst.";
pub(crate) const PERIOD: &str = "Periode";
pub(crate) const PERIOD_WRONG: &str = "Kies een periode uit de lijst.";
pub(crate) const SPLIT_BY: &str = "Per";
pub(crate) const NO_SPLIT: &str = "Niet verdeeld";
pub(crate) const SPLIT_WRONG: &str = "Dit cijfer kan niet zo verdeeld worden. Kies iets anders.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lead_knows_none_one_and_many() {
        assert_eq!(
            lead(0, 0, 0),
            "Het lerend netwerk heeft nog geen leden. Er is nog niets gedeeld."
        );
        assert_eq!(
            lead(1, 2, 1),
            "Eén samenwerkingsverband leert met ons mee. Er is één praktijk gedeeld."
        );
        assert_eq!(
            lead(3, 3, 4),
            "3 samenwerkingsverbanden leren met ons mee. Er zijn 4 praktijken gedeeld."
        );
        assert!(lead(0, 1, 0).starts_with("Het lerend netwerk heeft nu geen leden."));
    }
}
