//! Texts of the activities.

use domain::Cents;

use super::count;

pub(crate) const TITLE: &str = "Activiteiten";
pub(crate) const DESCRIPTION: &str = "Sport, cultuur en vrije tijd in de Vlaamse Rand: \
     wat is er nu open, wat komt er, en hoeveel Nederlands heb je nodig?";
pub(crate) const LEAD: &str = "Wat kun je doen in de buurt?";

pub(crate) const SEARCH: &str = "Zoek een woord";
pub(crate) const MUNICIPALITY: &str = "Gemeente";
pub(crate) const ALL_MUNICIPALITIES: &str = "Alle gemeenten";
pub(crate) const MY_DUTCH: &str = "Mijn Nederlands";
pub(crate) const ANY_DUTCH: &str = "Maakt niet uit";
pub(crate) const OPEN_NOW: &str = "Alleen wat nu open is";
pub(crate) const SHOW: &str = "Toon";
pub(crate) const NEXT: &str = "Volgende";
pub(crate) const FIRST: &str = "Naar het begin";
pub(crate) const PAGER: &str = "Meer activiteiten";
pub(crate) const LIST: &str = "Gevonden";

pub(crate) const NOW: &str = "nu open";
pub(crate) const NO_DATE: &str = "nog geen datum";
pub(crate) const FREE: &str = "gratis";
pub(crate) const INSTEAD_OF: &str = "in plaats van";
pub(crate) const EMPTY_TITLE: &str = "Geen activiteit gevonden";
pub(crate) const EMPTY_TEXT: &str = "Kies een andere gemeente, of zoek een ander woord.";
pub(crate) const EMPTY_ACTION: &str = "Toon alles";

/// How much Dutch an activity needs, level 1–4: pictogram and words.
pub(crate) fn dutch(level: u8) -> Option<(&'static str, &'static str)> {
    match level {
        1 => Some(("taal-1", "bijna geen Nederlands nodig")),
        2 => Some(("taal-2", "een beetje Nederlands")),
        3 => Some(("taal-3", "redelijk veel Nederlands")),
        4 => Some(("taal-4", "goed Nederlands")),
        _ => None,
    }
}

/// The holder's own Dutch, for the filter.
pub(crate) const MY_DUTCH_LEVELS: [(&str, &str); 4] = [
    ("1", "Ik spreek nog bijna geen Nederlands"),
    ("2", "Ik spreek een beetje Nederlands"),
    ("3", "Ik kan een gesprek volgen"),
    ("4", "Ik spreek goed Nederlands"),
];

/// `gratis` or `€ 3,50`.
pub(crate) fn price(cents: Cents) -> String {
    if cents.0 == 0 {
        FREE.to_owned()
    } else {
        cents.to_string()
    }
}

/// What kind of counting an activity has, for the organiser.
pub(crate) fn rule(rule: domain::CountingRule) -> &'static str {
    match rule {
        domain::CountingRule::OncePerDay => "Eén keer per dag",
        domain::CountingRule::OncePerSession => "Eén keer per moment",
        domain::CountingRule::Unlimited => "Elke keer",
    }
}

pub(crate) const DETAIL_DESCRIPTION: &str = "Waar, wanneer, hoeveel het kost en hoeveel Nederlands je nodig hebt.";
pub(crate) const WHERE: &str = "Waar";
pub(crate) const PRICE: &str = "Prijs";
pub(crate) const PASS_PRICE: &str = "Prijs met de pas";
pub(crate) const DUTCH: &str = "Nederlands";
pub(crate) const COUNTED: &str = "Telt mee";
pub(crate) const MOMENTS: &str = "Wanneer";
pub(crate) const NO_MOMENTS: &str = "Er is nog geen datum bekend.";
pub(crate) const SCAN_HERE: &str = "Scan voor deze activiteit";
pub(crate) const ALL: &str = "Alle activiteiten";

/// Number of moments that are not shown.
pub(crate) fn more_moments(hidden: usize) -> String {
    format!("En nog {}.", count(hidden as u64, "moment", "momenten"))
}

pub(crate) const ADD_TITLE: &str = "Nieuwe activiteit";
pub(crate) const ADD_OPEN: &str = "Voeg een activiteit toe";
pub(crate) const ADD_WHAT: &str = "Wat?";
pub(crate) const ADD_WHAT_HINT: &str = "Bijvoorbeeld: Yoga voor iedereen.";
pub(crate) const ADD_WHEN: &str = "Wanneer?";
pub(crate) const ADD_DAY: &str = "Dag";
pub(crate) const ADD_START: &str = "Van";
pub(crate) const ADD_END: &str = "Tot";
pub(crate) const ADD_WHERE: &str = "Waar?";
pub(crate) const ADD_WHERE_HINT: &str = "Naam van de zaal of het adres.";
pub(crate) const ADD_PRICE: &str = "Prijs";
pub(crate) const ADD_PRICE_HINT: &str = "In euro, bijvoorbeeld 3,50. Gratis? Vul 0 in.";
pub(crate) const ADD_ORGANISER: &str = "Voor welke organisator?";
pub(crate) const ADD_ACTION: &str = "Actie van het werkplan";
pub(crate) const ADD_NO_ACTION: &str = "Geen actie";
pub(crate) const ADD_SUBMIT: &str = "Voeg toe";
pub(crate) const ADDED: &str = "De activiteit staat erbij. Je kunt er meteen voor scannen.";

pub(crate) const WHAT_WRONG: &str = "Vul in wat het is: 1 tot 120 letters.";
pub(crate) const DAY_WRONG: &str = "Kies een dag.";
pub(crate) const START_WRONG: &str = "Vul in wanneer het begint, bijvoorbeeld 19:00.";
pub(crate) const END_WRONG: &str = "Vul in wanneer het eindigt, bijvoorbeeld 21:00.";
pub(crate) const END_SAME: &str = "Het einde is hetzelfde als het begin. Kijk de uren na.";
pub(crate) const DAY_FAR: &str = "Kies een dag van dit jaar of van de volgende twee jaar.";
pub(crate) const WHERE_WRONG: &str = "Vul in waar het is: 1 tot 200 letters.";
pub(crate) const PRICE_WRONG: &str = "Vul een prijs in euro in, bijvoorbeeld 3,50. Gratis? Vul 0 in.";
pub(crate) const ORGANISER_WRONG: &str = "Kies een organisator uit de lijst.";
pub(crate) const NOT_ADDED: &str = "De activiteit is niet bewaard. Kijk de gegevens na en probeer het nog eens.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_to_pay_is_free_and_not_zero_euro() {
        assert_eq!(price(Cents(0)), "gratis");
        assert!(price(Cents(350)).contains("3,50"));
    }

    #[test]
    fn only_four_levels_of_dutch_exist() {
        assert!((1..=4).all(|level| dutch(level).is_some()));
        assert_eq!(dutch(0), None);
        assert_eq!(dutch(5), None);
    }
}
