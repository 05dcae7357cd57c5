//! More or fewer than before, and whether chance alone could make such a difference.

use domain::{Figure, FigureCell};

use crate::dutch::number;
use crate::phrase::{Value, When, agree, count, interval_word, rounded_percent};

/// What a comparison says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Clearly more.
    More,
    /// Clearly fewer.
    Fewer,
    /// The interval holds both more and fewer.
    MayBeChance,
    /// Nothing that can be compared.
    Unknown,
}

/// What the figure says: clear only when the whole interval lies on one side.
pub(crate) fn verdict(figure: &Figure) -> Verdict {
    match figure.total_cell("ratio") {
        Some(FigureCell::Estimate { low, .. }) if *low > 1.0 => Verdict::More,
        Some(FigureCell::Estimate { high, .. }) if *high < 1.0 => Verdict::Fewer,
        Some(FigureCell::Estimate { .. }) => Verdict::MayBeChance,
        _ => Verdict::Unknown,
    }
}

/// The answer to "more?" in one sentence.
pub(crate) fn answer(verdict: Verdict, before: Option<When>) -> String {
    let Some(before) = before else {
        return "Of het er meer zijn dan ervoor, zeggen we niet: er is geen vergelijkingsperiode gekozen.".to_owned();
    };
    let than = before.within();
    match verdict {
        Verdict::More => format!("Er deden duidelijk meer nieuwkomers mee dan {than}."),
        Verdict::Fewer => format!("Er deden duidelijk minder nieuwkomers mee dan {than}."),
        Verdict::MayBeChance => format!("Niet aangetoond: het verschil met de deelname {than} kan toeval zijn."),
        Verdict::Unknown => format!("Niet aangetoond: een vergelijking met de deelname {than} is niet mogelijk."),
    }
}

/// How many more or fewer people, with the interval.
pub(crate) fn people(figure: &Figure, before: When) -> String {
    let than = before.within();
    let counts = (Value::total(figure, "before"), Value::total(figure, "now"));
    let (was, is) = match counts {
        (Value::Known(0), Value::Known(0)) => return format!("Ook {than} deed niemand mee."),
        (Value::Known(0), Value::Known(_)) => {
            return format!(
                "{} deed niemand mee. Er is dus niets om mee te vergelijken.",
                before.at_start()
            );
        }
        (Value::Known(was), Value::Known(is)) => (was, is),
        (Value::Hidden, _) | (_, Value::Hidden) => {
            return format!(
                "Het verschil met de deelname {than} tonen we niet: een van de twee aantallen is verborgen om mensen \
                 te beschermen."
            );
        }
        _ => return format!("Hoeveel mensen er {than} meededen, is niet bekend."),
    };
    let then = format!(
        "toen {} {}",
        count(was, "nieuwkomer", "nieuwkomers"),
        agree(was, "meedeed", "meededen")
    );
    let difference = match is.cmp(&was) {
        std::cmp::Ordering::Equal => format!("Dat zijn er evenveel als {than}."),
        order => {
            let n = is.abs_diff(was);
            let word = if order.is_gt() { "meer" } else { "minder" };
            format!(
                "Dat {} er {} {word} dan {than}, {then}.",
                agree(n, "is", "zijn"),
                number(n)
            )
        }
    };
    let interval = match figure.total_cell("ratio") {
        Some(FigureCell::Estimate { low, high, .. }) => {
            let range = interval([*low, *high]);
            match verdict(figure) {
                Verdict::More | Verdict::Fewer => {
                    format!(" Het verschil is duidelijk: het {} loopt {range}.", interval_word())
                }
                _ if was == is => format!(" Het {} loopt {range}.", interval_word()),
                _ => format!(" Dat kan toeval zijn: het {} loopt {range}.", interval_word()),
            }
        }
        Some(FigureCell::TooFew) => " Voor een interval zijn er te weinig gegevens.".to_owned(),
        _ => String::new(),
    };
    format!("{difference}{interval}")
}

/// How the visits changed; nothing where one of the two is not published.
pub(crate) fn visits(figure: &Figure) -> Option<String> {
    let was = Value::total(figure, "visits_before").known()?;
    let is = Value::total(figure, "visits_now").known()?;
    if was == 0 {
        // Nothing to compare with, as the sentence about people says.
        return None;
    }
    Some(match is.cmp(&was) {
        std::cmp::Ordering::Equal => format!("Het aantal bezoeken bleef gelijk: {}.", number(is)),
        std::cmp::Ordering::Greater => format!("Het aantal bezoeken steeg van {} naar {}.", number(was), number(is)),
        std::cmp::Ordering::Less => format!("Het aantal bezoeken daalde van {} naar {}.", number(was), number(is)),
    })
}

/// What to keep in mind when this period still runs.
pub(crate) const RUNNING: &str =
    "De periode loopt nog. Een vergelijking met een periode die voorbij is, zegt dan nog weinig.";

/// `van 5 % minder tot 12 % meer`
fn interval([low, high]: [f64; 2]) -> String {
    let percent = |ratio: f64| rounded_percent((ratio - 1.0).abs());
    match (low < 1.0, high > 1.0) {
        (_, true) if !high.is_finite() => format!("van {} tot veel meer", bound(low)),
        (false, _) => format!("van {} tot {} meer", percent(low), percent(high)),
        (_, false) => format!("van {} tot {} minder", percent(low), percent(high)),
        (true, true) => format!("van {} minder tot {} meer", percent(low), percent(high)),
    }
}

fn bound(ratio: f64) -> String {
    let word = if ratio < 1.0 { "minder" } else { "meer" };
    format!("{} {word}", rounded_percent((ratio - 1.0).abs()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::figure;
    use crate::phrase::when;
    use domain::FigureCode;

    fn change(was: FigureCell, is: FigureCell, ratio: FigureCell) -> Figure {
        figure(FigureCode::Change, &[("before", was), ("now", is), ("ratio", ratio)])
    }

    fn ratio(value: f64, low: f64, high: f64) -> FigureCell {
        FigureCell::Estimate { value, low, high }
    }

    #[test]
    fn a_difference_is_clear_or_may_be_chance() {
        let count = FigureCell::count;
        for (found, text) in [
            (
                change(count(260), count(312), ratio(1.2, 1.02, 1.42)),
                "Dat zijn er 52 meer dan in 2025, toen 260 nieuwkomers meededen. Het verschil is duidelijk: het \
                 95\u{a0}%-interval loopt van 2\u{a0}% tot 42\u{a0}% meer.",
            ),
            (
                change(count(311), count(312), ratio(1.003, 0.85, 1.18)),
                "Dat is er 1 meer dan in 2025, toen 311 nieuwkomers meededen. Dat kan toeval zijn: het \
                 95\u{a0}%-interval loopt van 15\u{a0}% minder tot 18\u{a0}% meer.",
            ),
            (
                change(count(312), count(200), ratio(0.64, 0.53, 0.77)),
                "Dat zijn er 112 minder dan in 2025, toen 312 nieuwkomers meededen. Het verschil is duidelijk: het \
                 95\u{a0}%-interval loopt van 47\u{a0}% tot 23\u{a0}% minder.",
            ),
            (
                change(count(40), count(40), ratio(1.0, 0.63, 1.59)),
                "Dat zijn er evenveel als in 2025. Het 95\u{a0}%-interval loopt van 37\u{a0}% minder tot 59\u{a0}% meer.",
            ),
            (
                change(count(1), count(9), FigureCell::TooFew),
                "Dat zijn er 8 meer dan in 2025, toen 1 nieuwkomer meedeed. Voor een interval zijn er te weinig \
                 gegevens.",
            ),
            (
                change(count(0), count(9), FigureCell::Nothing),
                "In 2025 deed niemand mee. Er is dus niets om mee te vergelijken.",
            ),
            (
                change(count(0), count(0), FigureCell::Nothing),
                "Ook in 2025 deed niemand mee.",
            ),
            (
                change(FigureCell::Hidden, count(9), FigureCell::Hidden),
                "Het verschil met de deelname in 2025 tonen we niet: een van de twee aantallen is verborgen om \
                 mensen te beschermen.",
            ),
            (
                change(FigureCell::Nothing, count(9), FigureCell::Nothing),
                "Hoeveel mensen er in 2025 meededen, is niet bekend.",
            ),
        ] {
            assert_eq!(people(&found, when("2025", false)), text);
        }
    }

    #[test]
    fn the_answer_claims_no_more_than_the_interval() {
        let count = FigureCell::count;
        let before = Some(when("2024-2025", false));
        for (ratio, text) in [
            (
                ratio(1.2, 1.02, 1.42),
                "Er deden duidelijk meer nieuwkomers mee dan in het werkjaar 2024-2025.",
            ),
            (
                ratio(0.6, 0.5, 0.99),
                "Er deden duidelijk minder nieuwkomers mee dan in het werkjaar 2024-2025.",
            ),
            (
                ratio(1.1, 1.0, 1.2),
                "Niet aangetoond: het verschil met de deelname in het werkjaar 2024-2025 kan toeval zijn.",
            ),
            (
                FigureCell::TooFew,
                "Niet aangetoond: een vergelijking met de deelname in het werkjaar 2024-2025 is niet mogelijk.",
            ),
        ] {
            assert_eq!(answer(verdict(&change(count(9), count(9), ratio)), before), text);
        }
        assert!(answer(Verdict::Unknown, None).contains("geen vergelijkingsperiode gekozen"));
    }

    #[test]
    fn an_interval_without_end_has_no_end() {
        assert_eq!(interval([0.5, f64::INFINITY]), "van 50\u{a0}% minder tot veel meer");
        assert_eq!(interval([1.004, 1.5]), "van 0,4\u{a0}% tot 50\u{a0}% meer");
    }

    #[test]
    fn visits_rise_fall_or_stay() {
        let of = |was, is| {
            visits(&figure(
                FigureCode::Change,
                &[("visits_before", was), ("visits_now", is)],
            ))
        };
        let count = FigureCell::count;
        assert_eq!(
            of(count(1004), count(1204)).as_deref(),
            Some("Het aantal bezoeken steeg van 1.004 naar 1.204.")
        );
        assert_eq!(
            of(count(9), count(7)).as_deref(),
            Some("Het aantal bezoeken daalde van 9 naar 7.")
        );
        assert_eq!(
            of(count(9), count(9)).as_deref(),
            Some("Het aantal bezoeken bleef gelijk: 9.")
        );
        assert_eq!(of(FigureCell::Hidden, count(9)), None);
        assert_eq!(
            of(count(0), count(9)),
            None,
            "from nothing there is no rise to speak of"
        );
    }
}
