//! Question 1: how many took part, for how many it was new, how many stayed.

use crate::dutch::number;
use crate::phrase::{Value, When, agree, count, hidden_because};

/// Attendance proves no cause (FIGURES §4, question 1).
pub(crate) const NO_PROOF: &str = "Aanwezigheid alleen bewijst niet dat de pas de oorzaak is.";

/// How many people took part.
pub(crate) fn participants(when: When, value: Value, k: u64) -> String {
    let (start, so_far) = (when.at_start(), when.so_far());
    match value {
        Value::Known(0) => format!("{start} deed{so_far} niemand mee aan vrijetijdsactiviteiten met de pas."),
        Value::Known(n) => format!(
            "{start} {}{so_far} {} mee aan vrijetijdsactiviteiten met de pas.",
            agree(n, "deed", "deden"),
            count(n, "nieuwkomer", "nieuwkomers")
        ),
        Value::Hidden => format!(
            "Hoeveel nieuwkomers er {}{so_far} meededen, tonen we niet: {}.",
            when.within(),
            hidden_because(k)
        ),
        Value::Missing => format!(
            "Hoeveel nieuwkomers er {}{so_far} meededen, is niet bekend.",
            when.within()
        ),
    }
}

/// How many visits that were; nothing to say where the people are hidden or none came.
pub(crate) fn visits(people: Value, visits: Value) -> Option<String> {
    match (people, visits) {
        (Value::Known(1..), Value::Known(n)) => Some(format!(
            "Samen {} dat {}.",
            agree(n, "is", "zijn"),
            count(n, "bezoek", "bezoeken")
        )),
        _ => None,
    }
}

/// How many of them came for the first time.
pub(crate) fn first(people: Value, first: Value) -> Option<String> {
    match (people, first) {
        (Value::Known(0), _) | (_, Value::Missing) => None,
        (Value::Known(1), Value::Known(1)) => Some("Dat was een eerste bezoek.".to_owned()),
        (Value::Known(all), Value::Known(n)) if all == n => Some("Zij kwamen allemaal voor het eerst.".to_owned()),
        (Value::Known(_), Value::Known(0)) => Some("Niemand van hen kwam voor het eerst.".to_owned()),
        (Value::Known(_), Value::Known(n)) => Some(format!(
            "{} van hen {} voor het eerst.",
            number(n),
            agree(n, "kwam", "kwamen")
        )),
        (_, Value::Known(0)) => Some("Niemand kwam voor het eerst.".to_owned()),
        (_, Value::Known(n)) => Some(format!(
            "{} {} voor het eerst.",
            count(n, "nieuwkomer", "nieuwkomers"),
            agree(n, "kwam", "kwamen")
        )),
        (_, Value::Hidden) => Some("Hoeveel van hen voor het eerst kwamen, tonen we niet.".to_owned()),
    }
}

/// For how many of those it was new: by their own answer when the pass was issued.
pub(crate) fn new_to_leisure(first: Value, new: Value) -> Option<String> {
    const DID_NOTHING: &str = "in het jaar voor de pas aan geen georganiseerde vrije tijd";
    match (first, new) {
        (Value::Known(0), _) | (_, Value::Missing) => None,
        (Value::Known(1), Value::Known(1)) => Some(format!(
            "Die nieuwkomer zei {DID_NOTHING} te doen. Voor die persoon is dit nieuw."
        )),
        (Value::Known(1), Value::Known(_)) => Some(format!("Die nieuwkomer zei niet {DID_NOTHING} te doen.")),
        (Value::Known(all), Value::Known(0)) => {
            Some(format!("Niemand van die {} zei {DID_NOTHING} te doen.", number(all)))
        }
        (Value::Known(all), Value::Known(n)) if all == n => Some(format!(
            "Alle {} zeiden dat ze {DID_NOTHING} deden. Voor hen is dit nieuw.",
            number(all)
        )),
        (Value::Known(all), Value::Known(1)) => Some(format!(
            "1 van die {} zei {DID_NOTHING} te doen. Voor die persoon is dit nieuw.",
            number(all)
        )),
        (Value::Known(all), Value::Known(n)) => Some(format!(
            "{} van die {} zeiden dat ze {DID_NOTHING} deden. Voor hen is dit nieuw.",
            number(n),
            number(all)
        )),
        (_, Value::Known(0)) => Some(format!("Niemand die voor het eerst kwam, zei {DID_NOTHING} te doen.")),
        (_, Value::Known(1)) => Some(format!(
            "1 nieuwkomer die voor het eerst kwam, zei {DID_NOTHING} te doen. Voor die persoon is dit nieuw."
        )),
        (_, Value::Known(n)) => Some(format!(
            "{} nieuwkomers die voor het eerst kwamen, zeiden dat ze {DID_NOTHING} deden. Voor hen is dit nieuw.",
            number(n)
        )),
        (_, Value::Hidden) => Some(format!("Hoeveel van hen {DID_NOTHING} deden, tonen we niet.")),
    }
}

/// How many stayed.
pub(crate) fn sustained(people: Value, stayed: Value) -> Option<String> {
    const STAYED: &str = "minstens drie keer, in minstens twee verschillende maanden";
    match (people, stayed) {
        (Value::Known(0), _) | (_, Value::Missing) => None,
        (_, Value::Known(0)) => Some(format!("Nog niemand bleef komen: {STAYED}.")),
        (_, Value::Known(n)) => Some(format!(
            "{} {} komen: {STAYED}.",
            count(n, "deelnemer", "deelnemers"),
            agree(n, "bleef", "bleven")
        )),
        (_, Value::Hidden) => Some(format!("Hoeveel deelnemers bleven komen ({STAYED}), tonen we niet.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrase::when;
    use Value::{Hidden, Known, Missing};

    #[test]
    fn taking_part_is_said_for_none_one_many_hidden_and_a_period_that_runs() {
        for (period, running, value, text) in [
            (
                "2026",
                false,
                Known(0),
                "In 2026 deed niemand mee aan vrijetijdsactiviteiten met de pas.",
            ),
            (
                "2026",
                true,
                Known(0),
                "In 2026 deed tot nu toe niemand mee aan vrijetijdsactiviteiten met de pas.",
            ),
            (
                "2026-03",
                false,
                Known(1),
                "In maart 2026 deed 1 nieuwkomer mee aan vrijetijdsactiviteiten met de pas.",
            ),
            (
                "2025-2026",
                false,
                Known(1312),
                "In het werkjaar 2025-2026 deden 1.312 nieuwkomers mee aan vrijetijdsactiviteiten met de pas.",
            ),
            (
                "2026-Q4",
                true,
                Known(31),
                "In het vierde kwartaal van 2026 deden tot nu toe 31 nieuwkomers mee aan vrijetijdsactiviteiten met de \
                 pas.",
            ),
            (
                "project",
                true,
                Known(31),
                "Sinds de start van het project deden 31 nieuwkomers mee aan vrijetijdsactiviteiten met de pas.",
            ),
            (
                "2026",
                false,
                Hidden,
                "Hoeveel nieuwkomers er in 2026 meededen, tonen we niet: het zijn er minder dan 5, of het getal zou \
                 een ander klein getal verraden.",
            ),
            (
                "2026",
                true,
                Missing,
                "Hoeveel nieuwkomers er in 2026 tot nu toe meededen, is niet bekend.",
            ),
        ] {
            assert_eq!(participants(when(period, running), value, 5), text);
        }
    }

    #[test]
    fn visits_are_told_only_beside_people_that_are_told() {
        assert_eq!(
            visits(Known(312), Known(1204)).as_deref(),
            Some("Samen zijn dat 1.204 bezoeken.")
        );
        assert_eq!(visits(Known(1), Known(1)).as_deref(), Some("Samen is dat 1 bezoek."));
        assert_eq!(visits(Hidden, Known(7)), None);
        assert_eq!(visits(Known(0), Known(0)), None);
        assert_eq!(visits(Known(7), Hidden), None);
    }

    #[test]
    fn first_visits_agree_with_those_who_came() {
        for (people, value, text) in [
            (Known(312), Known(200), Some("200 van hen kwamen voor het eerst.")),
            (Known(312), Known(1), Some("1 van hen kwam voor het eerst.")),
            (Known(312), Known(0), Some("Niemand van hen kwam voor het eerst.")),
            (Known(312), Known(312), Some("Zij kwamen allemaal voor het eerst.")),
            (Known(1), Known(1), Some("Dat was een eerste bezoek.")),
            (
                Known(312),
                Hidden,
                Some("Hoeveel van hen voor het eerst kwamen, tonen we niet."),
            ),
            (Hidden, Known(8), Some("8 nieuwkomers kwamen voor het eerst.")),
            (Hidden, Known(0), Some("Niemand kwam voor het eerst.")),
            (Known(0), Known(0), None),
            (Known(9), Missing, None),
        ] {
            assert_eq!(first(people, value).as_deref(), text);
        }
    }

    #[test]
    fn who_did_nothing_before_is_their_own_answer() {
        for (started, new, text) in [
            (
                Known(200),
                Known(124),
                Some(
                    "124 van die 200 zeiden dat ze in het jaar voor de pas aan geen georganiseerde vrije tijd deden. \
                     Voor hen is dit nieuw.",
                ),
            ),
            (
                Known(200),
                Known(1),
                Some(
                    "1 van die 200 zei in het jaar voor de pas aan geen georganiseerde vrije tijd te doen. Voor die \
                     persoon is dit nieuw.",
                ),
            ),
            (
                Known(200),
                Known(0),
                Some("Niemand van die 200 zei in het jaar voor de pas aan geen georganiseerde vrije tijd te doen."),
            ),
            (
                Known(1200),
                Known(1200),
                Some(
                    "Alle 1.200 zeiden dat ze in het jaar voor de pas aan geen georganiseerde vrije tijd deden. Voor \
                     hen is dit nieuw.",
                ),
            ),
            (
                Known(1),
                Known(1),
                Some(
                    "Die nieuwkomer zei in het jaar voor de pas aan geen georganiseerde vrije tijd te doen. Voor die \
                     persoon is dit nieuw.",
                ),
            ),
            (
                Known(1),
                Known(0),
                Some("Die nieuwkomer zei niet in het jaar voor de pas aan geen georganiseerde vrije tijd te doen."),
            ),
            (
                Known(9),
                Hidden,
                Some(
                    "Hoeveel van hen in het jaar voor de pas aan geen georganiseerde vrije tijd deden, tonen we niet.",
                ),
            ),
            (
                Hidden,
                Known(0),
                Some(
                    "Niemand die voor het eerst kwam, zei in het jaar voor de pas aan geen georganiseerde vrije tijd \
                     te doen.",
                ),
            ),
            (Known(0), Known(0), None),
            (Known(9), Missing, None),
        ] {
            assert_eq!(new_to_leisure(started, new).as_deref(), text);
        }
    }

    #[test]
    fn staying_has_its_definition_in_the_sentence() {
        for (stayed, text) in [
            (
                Known(87),
                Some("87 deelnemers bleven komen: minstens drie keer, in minstens twee verschillende maanden."),
            ),
            (
                Known(1),
                Some("1 deelnemer bleef komen: minstens drie keer, in minstens twee verschillende maanden."),
            ),
            (
                Known(0),
                Some("Nog niemand bleef komen: minstens drie keer, in minstens twee verschillende maanden."),
            ),
            (
                Hidden,
                Some(
                    "Hoeveel deelnemers bleven komen (minstens drie keer, in minstens twee verschillende maanden), \
                     tonen we niet.",
                ),
            ),
            (Missing, None),
        ] {
            assert_eq!(sustained(Known(300), stayed).as_deref(), text);
        }
        assert_eq!(sustained(Known(0), Known(0)), None);
    }
}
