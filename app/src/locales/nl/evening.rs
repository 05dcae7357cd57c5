//! Texts of an organiser's evening: counts, stories of scans, gaps, and what is added later.

use domain::{ChainBreak, Flag, Lang, Reason, Verdict};
use jiff::Timestamp;
use jiff::civil::Date;

use super::{clock, count, date, day_short};

pub(crate) const DESCRIPTION: &str = "Hoeveel bezoeken er zijn geteld, wie er scant, en wat je nog moet nakijken.";
pub(crate) const CHOOSE_TITLE: &str = "De avond van een club";

/// Title of the page.
pub(crate) fn title(day: Date, today: Date) -> String {
    if day == today { "Vandaag".to_owned() } else { date(day) }
}

/// The first sentence.
pub(crate) fn visits(visits: u64, without_number: u64) -> String {
    let counted = match visits {
        0 => "Er is nog geen bezoek geteld.".to_owned(),
        1 => "Er is 1 bezoek geteld.".to_owned(),
        n => format!("Er zijn {} geteld.", count(n, "bezoek", "bezoeken")),
    };
    match without_number {
        0 => counted,
        n => format!("{counted} Daarnaast {}.", self::without_number(n)),
    }
}

/// `12 bezoeken zonder nummer`
pub(crate) fn without_number(people: u64) -> String {
    format!("{} zonder nummer", count(people, "bezoek", "bezoeken"))
}

pub(crate) const DAY: &str = "Dag";
pub(crate) const SHOW: &str = "Toon";
pub(crate) const ACTIVITIES: &str = "Per activiteit";
/// `12 bezoeken`
pub(crate) fn visits_of(visits: u64) -> String {
    count(visits, "bezoek", "bezoeken")
}

pub(crate) const LOOK: &str = "Kijk hier even naar";
pub(crate) const LOOK_NOTHING: &str = "Er is niets om na te kijken. Alles is aangekomen.";
/// What is folded away.
pub(crate) fn more(hidden: usize) -> String {
    format!("Toon er nog {hidden}")
}
/// The list of stories does not hold all.
pub(crate) fn cut(shown: usize) -> String {
    format!("Dit zijn de laatste {shown}. Er zijn er nog meer. Los deze eerst op, of kijk per dag.")
}

pub(crate) const DEVICES: &str = "Wie scant?";
pub(crate) const NO_DEVICES: &str = "Er is nog geen toestel gekoppeld.";
pub(crate) const WITHOUT_DEVICE: &str = "Zonder gekoppeld toestel";
pub(crate) const TO_DEVICES: &str = "Beheer de toestellen";
pub(crate) const TO_SCAN: &str = "Scan nu";
pub(crate) const TO_LATE: &str = "Voeg bezoeken later toe";
pub(crate) const REVOKED: &str = "ingetrokken";

/// What is known of a device in one line.
pub(crate) fn device_line(visits: u64, last_seen: Option<Timestamp>, today: bool) -> String {
    let seen = match last_seen {
        None => "nog niet gehoord".to_owned(),
        Some(at) if today => format!("laatst gehoord om {} uur", clock(at)),
        Some(at) => format!("laatst gehoord {} om {} uur", day_short(at), clock(at)),
    };
    format!("{} · {seen}", visits_of(visits))
}

/// What still waits on a device.
pub(crate) fn device_waiting(scans: u32) -> String {
    match scans {
        1 => "1 scan wacht nog op de telefoon".to_owned(),
        n => format!("{} wachten nog op de telefoon", count(n.into(), "scan", "scans")),
    }
}

/// Title and story of a place where a device's chain is not whole.
pub(crate) fn gap(name: &str, gap: ChainBreak) -> (String, String) {
    match gap {
        ChainBreak::Missing { from, until } => {
            let missing = (until - from + 1).unsigned_abs();
            let (verb, numbers) = if from == until {
                ("kwam", format!("nummer {from}"))
            } else {
                ("kwamen", format!("nummer {from} tot en met {until}"))
            };
            (
                format!("{} van ‘{name}’ {verb} nooit aan", count(missing, "scan", "scans")),
                format!(
                    "Het gaat om {numbers}. Misschien staan ze nog op de telefoon. Open Randpas op die telefoon met \
                     netwerk: dan komen ze vanzelf. Lukt dat niet? Laad dan het bestand met de wachtrij hieronder op."
                ),
            )
        }
        ChainBreak::Broken { seq } => (
            format!("Scan {seq} van ‘{name}’ past niet bij de scan ervoor"),
            "Misschien is het geheugen van de telefoon gewist of teruggezet. Wat hier aankwam, is geteld. Vraag de \
             vrijwilliger of er nog meer mensen waren, en voeg die later toe."
                .to_owned(),
        ),
    }
}

/// What a scan counts for, in one word, and the modifier of its tag.
pub(crate) const fn verdict(verdict: Verdict) -> (&'static str, &'static str) {
    match verdict {
        Verdict::Counted => ("telt mee", "tag--ok"),
        Verdict::Duplicate => ("telde al mee", "tag--wait"),
        Verdict::Refused => ("telt niet mee", "tag--stop"),
        Verdict::Flagged => ("telt mee, kijk na", "tag--wait"),
        Verdict::Annulled => ("ongedaan gemaakt", "tag--wait"),
    }
}

/// What the phone said: `Om 19.05 uur zei ‘Jan’: geteld.` Without a device only when.
pub(crate) fn said(at: Timestamp, device: Option<&str>, said: Option<(Verdict, Reason)>) -> String {
    match (device, said) {
        (Some(name), Some((verdict, reason))) => {
            let word = match (verdict, reason) {
                (Verdict::Flagged, Reason::NeedsOnline) => "genoteerd, later nakijken",
                (Verdict::Counted, _) => "geteld",
                (Verdict::Duplicate, _) => "al geteld",
                (Verdict::Refused, _) => "niet geteld",
                (Verdict::Flagged, _) => "kijk even na",
                (Verdict::Annulled, _) => "ongedaan gemaakt",
            };
            format!("Om {} uur zei ‘{name}’: {word}.", clock(at))
        }
        (Some(name), None) => format!("Gescand om {} uur met ‘{name}’.", clock(at)),
        (None, _) => format!("Gescand om {} uur.", clock(at)),
    }
}

/// What a flag means to whoever looks back; nothing where the reason says it all.
pub(crate) fn flag(flag: Flag, by_device: bool, received_at: Timestamp) -> Option<String> {
    match flag {
        Flag::ClockSuspect if !by_device => Some(
            "De pas is pas na dat uur gegeven. We namen het uur waarop het bezoek aankwam.".to_owned(),
        ),
        Flag::ClockSuspect => Some(
            "De klok van het toestel kan niet juist zijn. We namen het uur waarop de scan aankwam. Zet de klok van het \
             toestel op automatisch."
                .to_owned(),
        ),
        Flag::Late => Some(format!(
            "De scan kwam pas aan op {} om {} uur.",
            day_short(received_at),
            clock(received_at)
        )),
        Flag::DuplicateOffline => Some(
            "De pas is twee keer gescand zonder netwerk. De toestellen konden dat niet van elkaar weten.".to_owned(),
        ),
        Flag::OfflineLoss | Flag::Manual => None,
    }
}

/// Why a scan ended as it did, and what to do, told to the organiser afterwards.
pub(crate) const fn why(reason: Reason) -> &'static str {
    match reason {
        Reason::Ok => "Je hoeft niets te doen.",
        Reason::AlreadyCounted => "Het bezoek telt één keer. Je hoeft niets te doen.",
        Reason::ForeignQr => "Dit was geen Randpas, maar een andere code. Je hoeft niets te doen.",
        Reason::Malformed => {
            "De code of het nummer was niet goed te lezen. Was er toch iemand? Voeg het bezoek later toe."
        }
        Reason::BadSignature => {
            "De pas is niet echt, of de code was beschadigd. Was er toch iemand? Voeg het bezoek toe met het nummer."
        }
        Reason::UnknownKey => {
            "We kennen de sleutel van deze pas niet. Vraag de balie van de gemeente om de pas na te kijken."
        }
        Reason::OutsideWindow => {
            "De activiteit was toen niet open. Stond de verkeerde activiteit aan? Voeg het bezoek toe bij de juiste."
        }
        Reason::WrongActivity => {
            "Deze activiteit vinden we niet. Was er toch iemand? Voeg het bezoek toe bij de juiste activiteit."
        }
        Reason::UnknownPass => "Er is geen pas met dit nummer. Heb je het juiste nummer? Voeg het bezoek later toe.",
        Reason::DeviceRevoked => {
            "Het toestel was al ingetrokken toen deze scan aankwam. Vertrouw je het toestel? Laat de scan dan meetellen."
        }
        Reason::NeedsOnline => "Het nummer is getypt zonder netwerk. Het bezoek telt mee zodra het is nagekeken.",
        other => other.sentence(Lang::Nl),
    }
}

pub(crate) const HELD: &str = "Scans die op jou wachten";
pub(crate) const HELD_TEXT: &str =
    "Deze scans komen van een toestel dat je hebt ingetrokken. Ze tellen pas mee als jij dat wilt.";
pub(crate) const RELEASE: &str = "Laat toch meetellen";
pub(crate) const RELEASED: &str = "De scan telt nu mee.";
pub(crate) const RELEASED_AGAIN: &str =
    "De scan staat er nu bij. Deze pas was hier al geteld: het bezoek telt één keer.";
pub(crate) const RELEASED_REFUSED: &str = "De scan is vrijgegeven, maar telt niet mee. Hieronder staat waarom.";
pub(crate) const RELEASE_UNKNOWN: &str = "Deze scan wacht niet (meer). Er is niets veranderd.";

pub(crate) const COUNTED: &str = "Getelde bezoeken";
pub(crate) const COUNTED_EMPTY: &str = "Er is geen geteld bezoek.";
pub(crate) const COUNTED_NOT_FOUND: &str = "Op deze dag is er geen geteld bezoek met dit nummer.";
pub(crate) const COUNTED_WRONG: &str =
    "Dit nummer klopt niet. Kijk het na op de pas. Hieronder staan de laatste bezoeken.";
pub(crate) const COUNTED_LAST: &str = "De laatste 50 bezoeken. Zoek een ander bezoek met het nummer van de pas.";
pub(crate) const FIND: &str = "Zoek op nummer van de pas";
pub(crate) const FIND_SUBMIT: &str = "Zoek";
pub(crate) const NO_NUMBER: &str = "geen pas";
pub(crate) const NO_ACTIVITY: &str = "onbekende activiteit";
pub(crate) const UNDO: &str = "Maak ongedaan";
pub(crate) const UNDONE: &str = "Het bezoek is ongedaan gemaakt en telt niet meer mee.";

pub(crate) const QUEUE: &str = "Laad een wachtrij op";
pub(crate) const QUEUE_TEXT: &str = "Krijgt een telefoon geen netwerk meer? Tik daar op ‘Wachtrij’ en ‘Bewaar als bestand’, en kies \
    dat bestand hier. Een scan die al aankwam, telt niet dubbel.";
pub(crate) const QUEUE_FILE: &str = "Bestand met de wachtrij";
pub(crate) const QUEUE_SUBMIT: &str = "Laad op";
pub(crate) const QUEUE_MISSING: &str = "Kies eerst een bestand. Er is niets geteld.";
pub(crate) const QUEUE_NOT_A_QUEUE: &str =
    "Dit is geen wachtrij van Randpas. Er is niets geteld. Bewaar het bestand opnieuw op de telefoon, en kies dat.";
pub(crate) const QUEUE_NOT_YOURS: &str = "Deze wachtrij komt van een toestel van een andere club. Er is niets geteld. Kies het bestand van een eigen toestel.";
pub(crate) const QUEUE_SIGNATURE: &str = "De handtekening in dit bestand klopt niet: het bestand is veranderd of beschadigd. Er is niets geteld. \
    Bewaar het opnieuw op de telefoon.";
pub(crate) const QUEUE_DONE: &str = "De wachtrij is opgeladen";
pub(crate) const QUEUE_DESCRIPTION: &str = "Wat er van een opgeladen wachtrij is geworden.";
pub(crate) const QUEUE_BACK: &str = "Terug naar de avond";
/// What became of a file of the queue.
pub(crate) fn queue_done(events: u32, counted: u32, duplicates: u32, refused: u32, unreadable: u32) -> Vec<String> {
    let mut lines = vec![format!("{} in het bestand.", count(events.into(), "scan", "scans"))];
    let mut line = |scans: u32, one: &str, many: &str| match scans {
        0 => {}
        1 => lines.push(format!("1 scan {one}.")),
        n => lines.push(format!("{} {many}.", count(n.into(), "scan", "scans"))),
    };
    line(counted, "telt mee", "tellen mee");
    line(duplicates, "was al geteld", "waren al geteld");
    line(
        refused,
        "telt niet mee: kijk in de avond waarom",
        "tellen niet mee: kijk in de avond waarom",
    );
    line(
        unreadable,
        "was niet te lezen: voeg dat bezoek later toe",
        "waren niet te lezen: voeg die bezoeken later toe",
    );
    lines
}

pub(crate) const LATE_TITLE: &str = "Bezoeken later toevoegen";
pub(crate) const LATE_DESCRIPTION: &str = "Voeg bezoeken toe die aan de deur niet gescand zijn.";
pub(crate) const LATE_LEAD: &str = "Was de telefoon leeg? Voeg hier toe wie er was.";
pub(crate) const LATE_NO_SESSIONS: &str = "Er is nog geen activiteit geweest";
pub(crate) const LATE_NO_SESSIONS_TEXT: &str = "Hier kun je bezoeken toevoegen zodra er een activiteit is begonnen.";
pub(crate) const LATE_NO_SESSIONS_ACTION: &str = "Naar de activiteiten";
pub(crate) const LATE_SESSION: &str = "Bij welke activiteit?";
pub(crate) const LATE_SESSION_HINT: &str = "De laatste staat bovenaan.";
pub(crate) const LATE_HOUR: &str = "Hoe laat kwamen ze?";
pub(crate) const LATE_HOUR_HINT: &str = "Dit mag leeg blijven. Dan nemen we het einde van de activiteit.";
pub(crate) const LATE_REASON: &str = "Waarom is er niet gescand?";
/// Code and text of each reason; the last one needs an explanation.
pub(crate) const LATE_REASONS: [(&str, &str); 4] = [
    ("telefoon", "De telefoon was leeg"),
    ("toestel", "Er was geen toestel"),
    ("code", "De code was niet te lezen"),
    (LATE_OTHER, "Iets anders"),
];
/// Code of the reason that needs an explanation.
pub(crate) const LATE_OTHER: &str = "anders";
pub(crate) const LATE_EXPLAIN: &str = "Leg kort uit";
pub(crate) const LATE_EXPLAIN_HINT: &str = "Alleen nodig bij ‘Iets anders’. Schrijf geen namen van bezoekers.";
pub(crate) const LATE_NUMBERS: &str = "Nummers van de passen";
pub(crate) const LATE_NUMBERS_HINT: &str =
    "Eén nummer op elke regel. Streepjes en hoofdletters hoeven niet. Twee keer hetzelfde nummer telt één keer.";
pub(crate) const LATE_PEOPLE: &str = "Mensen zonder nummer";
pub(crate) const LATE_PEOPLE_HINT: &str =
    "Hoeveel mensen met een pas kwamen er nog? We tonen dat aantal apart, want we weten niet wie het was.";
pub(crate) const LATE_SUBMIT: &str = "Voeg toe";

pub(crate) const LATE_SESSION_WRONG: &str = "Kies een activiteit uit de lijst.";
pub(crate) const LATE_HOUR_WRONG: &str = "Vul een uur in, bijvoorbeeld 19:30, of laat dit leeg.";
pub(crate) const LATE_HOUR_FUTURE: &str = "Dat uur is nog niet voorbij. Kies een vroeger uur, of laat dit leeg.";
/// The hour is outside the scan window.
pub(crate) fn late_hour_outside(opens: Timestamp, closes: Timestamp) -> String {
    format!(
        "Kies een uur tussen {} en {}: toen was de activiteit open.",
        clock(opens),
        clock(closes)
    )
}
pub(crate) const LATE_REASON_WRONG: &str = "Kies waarom er niet is gescand.";
pub(crate) const LATE_EXPLAIN_WRONG: &str = "Leg uit waarom er niet is gescand: 1 tot 200 letters, op één regel.";
pub(crate) const LATE_NOTHING: &str = "Vul nummers in, of een aantal mensen.";
pub(crate) const LATE_PEOPLE_WRONG: &str = "Vul een aantal in van 1 tot 2.000, in cijfers.";
pub(crate) const LATE_USED: &str =
    "Met dit formulier is al een ander aantal bewaard. Open een nieuw formulier voor nog meer mensen.";
pub(crate) const LATE_STALE: &str = "Dit formulier was te oud. Er is niets geteld. Verstuur het nog eens.";
/// One line that is no number.
pub(crate) fn late_line_wrong(line: usize, typed: &str) -> String {
    format!("Regel {line}: ‘{typed}’ is geen nummer van een pas. Kijk het na.")
}
/// More lines that are no number.
pub(crate) fn late_more_wrong(lines: usize) -> String {
    match lines {
        1 => "Er is nog 1 regel die niet klopt.".to_owned(),
        n => format!("Er zijn nog {n} regels die niet kloppen."),
    }
}
/// Too many lines.
pub(crate) fn late_too_many(most: usize) -> String {
    format!("Vul hoogstens {most} nummers tegelijk in. Zet de rest in een tweede formulier.")
}

pub(crate) const LATE_DONE: &str = "De bezoeken zijn toegevoegd";
/// What became of the form.
pub(crate) fn late_done(counted: u64, of: u64, people: u64) -> String {
    let numbers = match (counted, of) {
        (_, 0) => String::new(),
        (1, 1) => "Het nummer is geteld.".to_owned(),
        (counted, of) => format!("{counted} van {} geteld.", count(of, "nummer", "nummers")),
    };
    let people = match people {
        0 => String::new(),
        n => format!("{} bewaard.", without_number(n)),
    };
    [numbers, people]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
pub(crate) const LATE_MORE: &str = "Voeg nog bezoeken toe";
pub(crate) const TO_EVENING: &str = "Naar de avond";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_agree_in_number() {
        assert_eq!(visits(0, 0), "Er is nog geen bezoek geteld.");
        assert_eq!(visits(1, 1), "Er is 1 bezoek geteld. Daarnaast 1 bezoek zonder nummer.");
        assert_eq!(visits(1204, 0), "Er zijn 1.204 bezoeken geteld.");
        assert_eq!(
            late_done(2, 3, 12),
            "2 van 3 nummers geteld. 12 bezoeken zonder nummer bewaard."
        );
        assert_eq!(late_done(1, 1, 0), "Het nummer is geteld.");
    }

    #[test]
    fn a_gap_says_how_many_from_whom_and_where_they_may_be() {
        let (title, story) = gap("Telefoon Jan", ChainBreak::Missing { from: 14, until: 16 });
        assert_eq!(title, "3 scans van ‘Telefoon Jan’ kwamen nooit aan");
        assert!(story.contains("nummer 14 tot en met 16") && story.contains("nog op de telefoon"));
        let (title, story) = gap("Jan", ChainBreak::Missing { from: 1, until: 1 });
        assert_eq!(title, "1 scan van ‘Jan’ kwam nooit aan");
        assert!(story.contains("nummer 1."));
        assert!(gap("Jan", ChainBreak::Broken { seq: 7 }).0.contains("Scan 7"));
    }

    #[test]
    fn every_reason_and_verdict_is_told_in_whole_sentences() {
        for reason in Reason::ALL {
            assert!(why(*reason).ends_with(['.', '!']), "{reason}");
        }
        let at: Timestamp = "2026-11-20T18:05:00Z".parse().unwrap();
        assert_eq!(
            said(at, Some("Jan"), Some((Verdict::Flagged, Reason::NeedsOnline))),
            "Om 19.05 uur zei ‘Jan’: genoteerd, later nakijken."
        );
        assert_eq!(said(at, None, None), "Gescand om 19.05 uur.");
    }

    #[test]
    fn a_queue_is_summed_up_without_what_did_not_happen() {
        assert_eq!(
            queue_done(3, 2, 1, 0, 0),
            [
                "3 scans in het bestand.",
                "2 scans tellen mee.",
                "1 scan was al geteld."
            ]
        );
    }
}
