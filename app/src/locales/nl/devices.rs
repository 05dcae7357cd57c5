//! Texts of the organiser's devices and of pairing one.

use domain::DeviceRole;
use domain::device::pairing::PAIRING_CODE_MINUTES;

use super::{clock, count};

pub(crate) const KICKER: &str = "Club";
pub(crate) const TITLE: &str = "Toestellen";
pub(crate) const DESCRIPTION: &str = "De telefoons en tablets waarmee je club scant: koppelen, nakijken en intrekken.";
pub(crate) const LEAD: &str = "Met deze telefoons en tablets scant je club. Ze werken ook zonder netwerk.";

pub(crate) const CHOOSE_LABEL: &str = "Organisator";
pub(crate) const CHOOSE_SUBMIT: &str = "Toon";
pub(crate) const CHOOSE_EMPTY: &str = "Kies een organisator";

pub(crate) const TO_EVENING: &str = "Naar de avond";
pub(crate) const TO_SCAN: &str = "Naar scannen";
pub(crate) const TO_DEVICES: &str = "Naar de toestellen";

pub(crate) const LIST: &str = "Gekoppelde toestellen";
pub(crate) const EMPTY_TITLE: &str = "Er is nog geen toestel gekoppeld";
pub(crate) const EMPTY_TEXT: &str =
    "Koppel de telefoon of tablet van je vrijwilliger. Dan kan die scannen zonder account, ook zonder netwerk.";
pub(crate) const PAIRED: &str = "Gekoppeld op";
pub(crate) const LAST_SEEN: &str = "Laatst gehoord";
pub(crate) const NEVER_SEEN: &str = "nog niet";
pub(crate) const WAITING: &str = "Wacht op verzenden";
pub(crate) const ROLE: &str = "Taak";
pub(crate) const ACTIVE: &str = "gekoppeld";
pub(crate) const REVOKED: &str = "ingetrokken";
pub(crate) const REVOKED_ON: &str = "Ingetrokken op";
pub(crate) const ROLL_ASKED: &str = "krijgt een nieuwe sleutel";

/// `niets`, `1 scan`, `12 scans`.
pub(crate) fn waiting(scans: u32) -> String {
    match scans {
        0 => "niets".to_owned(),
        n => count(n.into(), "scan", "scans"),
    }
}

pub(crate) const MANAGE: &str = "Beheer dit toestel";
pub(crate) const ROLE_CHANGE: &str = "Verander de taak";
pub(crate) const ROLE_CHANGE_TEXT: &str = "Het toestel weet dit bij de volgende verbinding.";
pub(crate) const ROLL: &str = "Vernieuw de sleutel";
pub(crate) const ROLL_TEXT: &str = "Was de telefoon even kwijt? Dan maakt het toestel bij de volgende verbinding een nieuwe sleutel. Scans gaan niet verloren.";
pub(crate) const REVOKE: &str = "Trek dit toestel in";
pub(crate) const REVOKE_TEXT: &str = "Het toestel kan dan niet meer scannen. Dat is voorgoed: koppel het opnieuw als je het later weer \
    gebruikt. Scans die er nog op staan, wachten op jou in de avond. Jij beslist of ze meetellen.";
pub(crate) const REVOKE_SURE: &str = "Ja, trek het in";

pub(crate) const DONE_REVOKED: &str = "Het toestel is ingetrokken. Het kan niet meer scannen.";
pub(crate) const DONE_ROLL: &str = "Het toestel maakt een nieuwe sleutel bij de volgende verbinding.";
pub(crate) const DONE_ROLE: &str = "De taak is veranderd.";

pub(crate) const PAIR_TITLE: &str = "Koppel een toestel";
pub(crate) const PAIR_TEXT: &str = "Je krijgt een code voor één toestel. Houd de telefoon van je vrijwilliger klaar.";
pub(crate) const PAIR_ROLE: &str = "Wat mag het toestel?";
pub(crate) const PAIR_SUBMIT: &str = "Maak een code";
pub(crate) const PAIR_DESCRIPTION: &str = "Een code om één toestel te koppelen.";
pub(crate) const PAIR_QR: &str = "QR-code om een toestel te koppelen";
pub(crate) const PAIR_STEPS: [&str; 3] = [
    "Neem de telefoon die moet scannen.",
    "Richt de camera op deze code en open de link.",
    "Geef het toestel een naam en tik op ‘Koppel dit toestel’.",
];
pub(crate) const PAIR_TYPE: &str = "Lukt de camera niet? Open dit adres op de telefoon en typ de code:";
pub(crate) const PAIR_CODE: &str = "Code";
pub(crate) const PAIR_AGAIN: &str = "Werkt de code niet meer? Maak een nieuwe. De oude stopt vanzelf.";
pub(crate) const PAIR_SECRET: &str = "Toon deze code alleen aan wie moet scannen.";

/// Until when the code can be used.
pub(crate) fn pair_until(until: jiff::Timestamp) -> String {
    format!(
        "De code werkt één keer, tot {} uur ({PAIRING_CODE_MINUTES} minuten).",
        clock(until)
    )
}

/// Name and explanation of what a device may do.
pub(crate) const fn role(role: DeviceRole) -> (&'static str, &'static str) {
    match role {
        DeviceRole::Counter => ("Tellen", "Telt bezoeken. Voor de meeste vrijwilligers."),
        DeviceRole::Redeemer => ("Tellen en cheques", "Telt bezoeken, en neemt later ook cheques aan."),
        DeviceRole::Supervisor => (
            "Verantwoordelijke",
            "Telt bezoeken. Scans van een ander toestel ongedaan maken doe je in De avond.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_waiting_is_said_in_words() {
        assert_eq!(waiting(0), "niets");
        assert_eq!(waiting(1), "1 scan");
        assert_eq!(waiting(1200), "1.200 scans");
    }

    #[test]
    fn every_role_says_what_it_may() {
        for known in DeviceRole::ALL {
            assert!(role(*known).1.ends_with('.'), "{known}");
        }
    }
}
