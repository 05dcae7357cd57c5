//! Texts of an activity's poster, and of the holder's own phone that scans it.

use domain::{Reason, Verdict};

pub(crate) const POSTER: &str = "Affiche";
pub(crate) const POSTER_LINK: &str = "Druk de affiche";
pub(crate) const POSTER_DESCRIPTION: &str = "Een affiche met een code. Bezoekers scannen die met hun eigen telefoon.";
pub(crate) const POSTER_LEAD: &str =
    "Geen toestel om te scannen? Hang deze affiche aan de deur. Bezoekers scannen ze zelf.";
pub(crate) const POSTER_QR: &str = "QR-code voor bezoekers met een Randpas";
/// What a visitor reads.
pub(crate) const POSTER_LINES: [&str; 2] = [
    "Heb je een Randpas op je telefoon? Scan deze code.",
    "Tik op ‘Ik ben er’. Meer hoef je niet te doen.",
];
pub(crate) const POSTER_NOTES: [&str; 3] = [
    "De code blijft altijd dezelfde. Je kunt de affiche elke keer opnieuw gebruiken.",
    "Scannen kan alleen als de activiteit open is. Twee keer scannen telt één keer.",
    "Wie een pas op papier heeft, scan je zelf. Of voeg het nummer later toe.",
];
pub(crate) const PRINT: &str = "Druk af";
pub(crate) const BACK: &str = "Naar de activiteit";

pub(crate) const DESCRIPTION: &str = "Zeg met je eigen telefoon dat je er bent.";
pub(crate) const WHO: &str = "Wie is er?";
pub(crate) const WHO_HINT: &str = "Kies iedereen die nu binnenkomt.";
pub(crate) const SUBMIT: &str = "Ik ben er";
pub(crate) const SUBMIT_SEVERAL: &str = "Wij zijn er";
pub(crate) const CHOOSE: &str = "Kies wie er is. Er is nog niets geteld.";
pub(crate) const STALE: &str = "Deze pagina was te oud. Er is niets geteld. Tik nog eens.";
pub(crate) const CLOSED: &str = "Deze activiteit is nu niet open. Scan de code opnieuw als je er bent.";
pub(crate) const NO_PASS_TITLE: &str = "Er staat nog geen pas op deze telefoon";
pub(crate) const NO_PASS_TEXT: &str = "Heb je een pas op papier? Toon die aan iemand van de club. Wil je de pas op je telefoon? Vraag dat aan de balie \
    van je gemeente.";
pub(crate) const NO_PASS_ACTION: &str = "Mijn pas";
pub(crate) const UNKNOWN_TITLE: &str = "Deze code kennen we niet";
pub(crate) const UNKNOWN_WHAT: &str =
    "Er is niets geteld. Scan de code op de affiche nog eens, of toon je pas aan iemand van de club.";
pub(crate) const NOT_YOURS_TITLE: &str = "Nog niet geteld";
pub(crate) const NOT_YOURS: &str = "Die pas staat niet meer op deze telefoon. Er is niets geteld. Kijk bij ‘Mijn pas’, en scan de affiche daarna opnieuw.";
pub(crate) const TO_PASS: &str = "Naar mijn pas";

/// Title of the result.
pub(crate) fn done(counted: usize, of: usize) -> &'static str {
    match (counted, of) {
        (0, _) => "Niet geteld",
        (counted, of) if counted == of => "Welkom!",
        _ => "Kijk even",
    }
}
pub(crate) const DONE_DESCRIPTION: &str = "Wat er is geteld.";

/// What became of one pass: the word, the modifier of its tag, and a sentence for its holder.
pub(crate) const fn visit(verdict: Verdict, reason: Reason) -> (&'static str, &'static str, &'static str) {
    match (verdict, reason) {
        (Verdict::Counted | Verdict::Flagged, _) => ("geteld", "tag--ok", "Je bezoek is geteld. Veel plezier!"),
        (Verdict::Duplicate, _) => ("was al geteld", "tag--ok", "Je was al geteld. Alles is in orde."),
        (Verdict::Annulled, _) => (
            "ongedaan gemaakt",
            "tag--wait",
            "De club heeft dit ongedaan gemaakt. Ben je er toch? Zeg het aan iemand van de club.",
        ),
        (_, Reason::OutsideWindow) => (
            "niet geteld",
            "tag--wait",
            "De activiteit is nu niet open. Scan de code opnieuw als ze open is.",
        ),
        (_, Reason::NotYetValid) => (
            "niet geteld",
            "tag--wait",
            "Je pas is nog niet geldig. Op je pas staat vanaf wanneer.",
        ),
        (_, Reason::Expired) => (
            "niet geteld",
            "tag--stop",
            "Je pas is niet meer geldig. Vraag een nieuwe aan de balie van je gemeente.",
        ),
        (_, Reason::Revoked | Reason::Suspended | Reason::KeyRevoked) => (
            "niet geteld",
            "tag--stop",
            "Deze pas werkt niet meer. Vraag aan de balie van je gemeente waarom.",
        ),
        _ => (
            "niet geteld",
            "tag--stop",
            "Dat lukte niet. Toon je pas aan iemand van de club.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeat_is_no_reproach_and_a_refusal_says_where_to_go() {
        assert!(visit(Verdict::Duplicate, Reason::AlreadyCounted).2.contains("in orde"));
        assert!(visit(Verdict::Refused, Reason::Expired).2.contains("balie"));
        assert!(visit(Verdict::Refused, Reason::ServerError).2.contains("club"));
    }

    #[test]
    fn the_title_says_whether_everybody_was_counted() {
        assert_eq!(
            [done(2, 2), done(1, 2), done(0, 2)],
            ["Welkom!", "Kijk even", "Niet geteld"]
        );
    }
}
