//! Texts of logging in.

use std::time::Duration;

pub(crate) const TITLE: &str = "Aanmelden";
pub(crate) const DESCRIPTION: &str = "Aanmelden voor clubs, balies en coördinatoren van de Randpas.";
pub(crate) const LEAD: &str = "Voor clubs, balies en coördinatoren. Heb je een pas? Dan hoef je je niet aan te melden.";
pub(crate) const EMAIL: &str = "E-mailadres";
pub(crate) const PASSWORD: &str = "Wachtwoord";
pub(crate) const SUBMIT: &str = "Meld me aan";
pub(crate) const TO_PASS: &str = "Naar mijn pas";

pub(crate) const EMAIL_MISSING: &str = "Vul je e-mailadres in.";
pub(crate) const PASSWORD_MISSING: &str = "Vul je wachtwoord in.";
pub(crate) const WRONG: &str =
    "Dit e-mailadres en dit wachtwoord horen niet bij elkaar. Kijk ze allebei na en probeer het nog eens.";
pub(crate) const UNAVAILABLE: &str =
    "Aanmelden lukt nu even niet. Het ligt niet aan jou. Probeer het over een minuut nog eens.";

/// Too many attempts.
pub(crate) fn too_many(wait: Duration) -> String {
    let minutes = wait.as_secs().div_ceil(60).max(1);
    let wait = if minutes == 1 {
        "één minuut".to_owned()
    } else {
        format!("{minutes} minuten")
    };
    format!("Er was te vaak een fout wachtwoord. Wacht {wait}. Probeer het dan nog eens.")
}

pub(crate) const DEMO_TITLE: &str = "Dit is een oefenversie";
/// Before the password of the demo accounts.
pub(crate) const DEMO_LEAD: &str = "Alle namen en cijfers zijn verzonnen. Het wachtwoord is altijd:";
/// The same word as `randpas demo` prints.
pub(crate) const DEMO_PASSWORD: &str = "randpas-demo";
/// Address and role of each demo account, as `randpas demo` makes them.
pub(crate) const DEMO_ACCOUNTS: [(&str, &str); 4] = [
    ("balie@demo.randpas.example", "balie van Wemmel: geeft passen"),
    ("club@demo.randpas.example", "club in Wemmel: scant passen"),
    ("coordinator@demo.randpas.example", "coördinator: ziet en doet alles"),
    ("audit@demo.randpas.example", "auditor: leest de cijfers"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_is_rounded_up_to_whole_minutes() {
        assert!(too_many(Duration::from_secs(5)).contains("Wacht één minuut."));
        assert!(too_many(Duration::from_secs(61)).contains("Wacht 2 minuten."));
    }
}
