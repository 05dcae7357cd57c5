//! Texts of the home page and of the page about the pass.

use super::{count, number};

pub(crate) const DESCRIPTION: &str = "Met de Randpas doen nieuwkomers in de Vlaamse Rand mee aan sport, cultuur en \
    vrije tijd. Gratis pas, op papier of op je telefoon.";
pub(crate) const TITLE: &str = "Kom erbij.";
pub(crate) const LEAD: &str = "Sport, muziek, samen koken, een cursus: met de Randpas doe je mee in jouw buurt.";
pub(crate) const ACTION_PASS: &str = "Mijn pas";
pub(crate) const ACTION_ACTIVITIES: &str = "Wat kan ik doen?";

pub(crate) const STEPS_TITLE: &str = "Zo werkt het";
/// Pictogram, title and text of each step.
pub(crate) const STEPS: [(&str, &str, &str); 3] = [
    (
        "people",
        "Haal een pas",
        "Ga naar de balie van je gemeente. Je pas is klaar in één minuut.",
    ),
    (
        "calendar",
        "Kies een activiteit",
        "Zie wat er is in jouw buurt, en hoeveel Nederlands je nodig hebt.",
    ),
    (
        "scan",
        "Toon je pas",
        "De club scant je pas aan de deur. Meer hoef je niet te doen.",
    ),
];

pub(crate) const DOORS_TITLE: &str = "Waarvoor kom je?";
/// Address, pictogram, title and text of each door.
pub(crate) const DOORS: [(&str, &str, &str, &str); 3] = [
    ("/pas", "pass", "Ik heb een pas", "Open je pas op deze telefoon."),
    (
        "/activiteiten",
        "calendar",
        "Ik zoek een activiteit",
        "Kijk wat er vandaag en deze week is.",
    ),
    ("/scan", "scan", "Ik werk voor een club", "Scan een pas aan de deur."),
];
/// The fourth door, for counters.
pub(crate) const COUNTER_DOOR: (&str, &str, &str, &str) = (
    "/balie",
    "people",
    "Ik werk aan een balie",
    "Geef een pas, of zoek een pas.",
);

/// More doors, for who has devices to manage.
pub(crate) const ORGANISER_DOORS: [(&str, &str, &str, &str); 2] = [
    (
        "/avond",
        "clock",
        "De avond van mijn club",
        "Kijk wie er scant, en wat je nog moet nakijken.",
    ),
    (
        "/toestellen",
        "phone",
        "Toestellen",
        "Koppel een telefoon die aan de deur scant.",
    ),
];

/// What is going on right now. `more`: there are more open activities than were counted. `people`: newcomers with a
/// visit this year; `None` when too few to say.
pub(crate) fn live(open: u64, more: bool, people: Option<u64>) -> String {
    let open = match (open, more) {
        (0, _) => "Op dit moment is er geen activiteit open.".to_owned(),
        (1, _) => "Op dit moment is er één activiteit open.".to_owned(),
        (n, true) => format!("Op dit moment zijn er meer dan {} activiteiten open.", number(n)),
        (n, false) => format!("Op dit moment zijn er {} activiteiten open.", number(n)),
    };
    match people {
        None | Some(0) => open,
        Some(n) => {
            format!(
                "{open} Dit jaar {} al {} mee.",
                if n == 1 { "deed" } else { "deden" },
                { count(n, "nieuwkomer", "nieuwkomers") }
            )
        }
    }
}

pub(crate) const ABOUT_TITLE: &str = "Over de pas en je gegevens";
pub(crate) const ABOUT_DESCRIPTION: &str = "Wat de Randpas is, wat we over je bewaren, en wat je zelf kunt beslissen.";
/// Headings and paragraphs of the page about the pass.
pub(crate) const ABOUT: [(&str, &[&str]); 5] = [
    (
        "Wat is de Randpas?",
        &[
            "De Randpas is een pas voor mensen die nieuw zijn in de Vlaamse Rand. Met de pas doe je mee aan sport, cultuur \
             en vrije tijd. De pas is gratis.",
        ],
    ),
    (
        "Wat bewaren we?",
        &[
            "Je voornaam of roepnaam, je geboortejaar, je gemeente, en waarom je een pas kreeg. Ook bewaren we bij welke \
             activiteit je pas gescand is, en op welke dag.",
            "We vragen geen rijksregisternummer, geen nationaliteit en geen familienaam. Je taal bewaren we niet.",
        ],
    ),
    (
        "Wie ziet dat?",
        &[
            "De balie van jouw gemeente ziet je pas. De club ziet alleen of je pas goed is, niet wie je bent.",
            "In de cijfers staan nooit namen. Gaat een cijfer over minder dan vijf mensen, dan tonen we het niet.",
        ],
    ),
    (
        "Wat staat er op je telefoon?",
        &[
            "Als je je pas op je telefoon zet, bewaart de telefoon een sleutel. Dat is een cookie die nodig is voor de pas. \
             Andere cookies zijn er niet, behalve als je je aanmeldt.",
            "Je haalt de pas weer weg met de knop ‘Verwijder van deze telefoon’.",
        ],
    ),
    (
        "Een vraag?",
        &["Ga naar de balie van je gemeente. Daar kun je ook vragen om je gegevens te zien of te wissen."],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_live_sentence_agrees_in_number() {
        assert_eq!(live(0, false, None), "Op dit moment is er geen activiteit open.");
        assert_eq!(live(1, false, Some(0)), "Op dit moment is er één activiteit open.");
        assert_eq!(
            live(12, false, Some(1204)),
            "Op dit moment zijn er 12 activiteiten open. Dit jaar deden al 1.204 nieuwkomers mee."
        );
        assert!(live(1, false, Some(1)).ends_with("Dit jaar deed al 1 nieuwkomer mee."));
        assert!(live(100, true, None).contains("meer dan 100"));
    }
}
