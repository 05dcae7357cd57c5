//! Question 5: which costs the pass and the cheques took away.

use domain::{CHEAP_UP_TO_CENTS, Figure, FigureCell, PAID_MORE_THAN_CENTS};

use crate::dutch::{euro, number, percent};
use crate::phrase::{Value, When, agree, count, interval_word};

/// How much people did not have to pay.
pub(crate) fn total(when: When, figure: &Figure) -> String {
    let (start, so_far) = (when.at_start(), when.so_far());
    match Value::total(figure, "total_cents") {
        Value::Known(0) => format!("{start} nam de pas{so_far} geen kosten weg."),
        Value::Known(cents) => {
            let parts = (
                Value::total(figure, "discount_cents"),
                Value::total(figure, "cheque_cents"),
            );
            match parts {
                (Value::Known(_), Value::Known(0)) => format!(
                    "{start} nam de pas{so_far} {} aan kosten weg: het verschil tussen de prijs zonder en met pas.",
                    money(cents)
                ),
                (Value::Known(discount), Value::Known(cheques)) => format!(
                    "{start} namen de pas en de cheques{so_far} samen {} aan kosten weg: {} door de lagere prijs met de \
                     pas en {} met Randuitcheques.",
                    money(cents),
                    money(discount),
                    money(cheques)
                ),
                _ => format!(
                    "{start} namen de pas en de cheques{so_far} samen {} aan kosten weg.",
                    money(cents)
                ),
            }
        }
        Value::Hidden => format!(
            "Hoeveel kosten de pas {}{so_far} wegnam, tonen we niet: het bedrag gaat over te weinig mensen.",
            when.within()
        ),
        Value::Missing => format!(
            "Hoeveel kosten de pas {}{so_far} wegnam, is niet bekend.",
            when.within()
        ),
    }
}

/// Per participant.
pub(crate) fn mean(figure: &Figure) -> Option<String> {
    let cents = match figure.total_cell("mean_cents") {
        Some(FigureCell::Number { value }) if value.is_finite() && *value >= 0.0 => euro_of(*value),
        Some(FigureCell::Count { value }) => euro(*value),
        Some(FigureCell::TooFew) => {
            return Some("Voor een gemiddelde per deelnemer zijn er te weinig gegevens.".to_owned());
        }
        _ => return None,
    };
    Some(format!("Dat is gemiddeld {cents} per deelnemer."))
}

/// Of the activities: how many anybody can pay.
pub(crate) fn cheap(figure: &Figure) -> Option<String> {
    let all = Value::total(figure, "activities").known()?;
    let cheap = Value::total(figure, "activities_free_or_cheap").known()?;
    let limit = money(CHEAP_UP_TO_CENTS);
    Some(match (all, cheap) {
        (0, _) => "Er waren geen activiteiten.".to_owned(),
        (1, 0) => format!("De enige activiteit kostte met de pas meer dan {limit}."),
        (1, _) => format!("De enige activiteit was met de pas gratis of kostte hoogstens {limit}."),
        (all, 0) => format!(
            "Geen van de {} activiteiten was met de pas gratis of kostte hoogstens {limit}.",
            number(all)
        ),
        (all, n) => format!(
            "{} van de {} activiteiten {} met de pas gratis of {} hoogstens {limit}.",
            number(n),
            number(all),
            agree(n, "was", "waren"),
            agree(n, "kostte", "kostten")
        ),
    })
}

/// Of the participants: who would have paid a lot.
pub(crate) fn paid_more(figure: &Figure) -> Option<String> {
    let limit = money(PAID_MORE_THAN_CENTS);
    match figure.total_cell("share_paid_more") {
        Some(FigureCell::Estimate { value, low, high }) => Some(format!(
            "{} van de deelnemers had zonder de pas meer dan {limit} betaald ({}: {} tot {}).",
            percent(*value),
            interval_word(),
            percent(*low),
            percent(*high)
        )),
        Some(FigureCell::TooFew) => Some(format!(
            "Welk deel van de deelnemers zonder de pas meer dan {limit} had betaald, zeggen we niet: er zijn te weinig \
             gegevens."
        )),
        Some(FigureCell::Hidden) => Some(format!(
            "Welk deel van de deelnemers zonder de pas meer dan {limit} had betaald, tonen we niet."
        )),
        _ => None,
    }
}

/// What happened with Randuitcheques.
pub(crate) fn cheques(figure: &Figure) -> String {
    let issued = match Value::total(figure, "issued") {
        Value::Known(0) => {
            return match Value::total(figure, "redeemed") {
                Value::Known(1..) | Value::Hidden => redeemed(figure),
                _ => "Er werden in deze periode geen Randuitcheques uitgereikt.".to_owned(),
            };
        }
        Value::Known(n) => format!(
            "Er {} {} uitgereikt.",
            agree(n, "werd", "werden"),
            count(n, "Randuitcheque", "Randuitcheques")
        ),
        Value::Hidden => "Hoeveel Randuitcheques er werden uitgereikt, tonen we niet.".to_owned(),
        Value::Missing => return "Over Randuitcheques zijn er geen gegevens.".to_owned(),
    };
    format!("{issued} {}", redeemed(figure))
}

fn redeemed(figure: &Figure) -> String {
    let used = match (Value::total(figure, "redeemed"), Value::total(figure, "redeemed_cents")) {
        (Value::Known(0), _) => return "Er werd er nog geen gebruikt.".to_owned(),
        (Value::Known(n), Value::Known(cents)) => format!(
            "Er {} er {} gebruikt, samen goed voor {}.",
            agree(n, "werd", "werden"),
            number(n),
            money(cents)
        ),
        (Value::Known(n), _) => format!("Er {} er {} gebruikt.", agree(n, "werd", "werden"), number(n)),
        _ => return "Hoeveel er werden gebruikt, tonen we niet.".to_owned(),
    };
    match Value::total(figure, "first_visitors") {
        Value::Known(0) | Value::Missing => used,
        Value::Known(n) => format!(
            "{used} {} er een bij het allereerste bezoek.",
            count(n, "nieuwkomer gebruikte", "nieuwkomers gebruikten")
        ),
        Value::Hidden => {
            format!("{used} Hoeveel nieuwkomers er een gebruikten bij hun allereerste bezoek, tonen we niet.")
        }
    }
}

fn money(cents: u64) -> String {
    euro(i64::try_from(cents).unwrap_or(i64::MAX))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the mean of what people did not pay: rounded, and far under what an i64 holds"
)]
fn euro_of(cents: f64) -> String {
    euro(cents.round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::figure;
    use crate::phrase::when;
    use domain::FigureCode;

    fn thresholds(cells: &[(&str, FigureCell)]) -> Figure {
        figure(FigureCode::ThresholdEuro, cells)
    }

    #[test]
    fn the_amount_has_its_parts_or_its_reason() {
        let of = |total, discount, cheques| {
            total_of(&[
                ("total_cents", total),
                ("discount_cents", discount),
                ("cheque_cents", cheques),
            ])
        };
        fn total_of(cells: &[(&str, FigureCell)]) -> String {
            total(when("2025-2026", false), &thresholds(cells))
        }
        let count = FigureCell::count;
        assert_eq!(
            of(count(482_350), count(450_000), count(32_350)),
            "In het werkjaar 2025-2026 namen de pas en de cheques samen €\u{a0}4.823,50 aan kosten weg: €\u{a0}4.500,00 \
             door de lagere prijs met de pas en €\u{a0}323,50 met Randuitcheques."
        );
        assert_eq!(
            of(count(450_000), count(450_000), count(0)),
            "In het werkjaar 2025-2026 nam de pas €\u{a0}4.500,00 aan kosten weg: het verschil tussen de prijs zonder en \
             met pas."
        );
        assert_eq!(
            of(count(0), count(0), count(0)),
            "In het werkjaar 2025-2026 nam de pas geen kosten weg."
        );
        assert_eq!(
            of(FigureCell::Hidden, FigureCell::Hidden, count(0)),
            "Hoeveel kosten de pas in het werkjaar 2025-2026 wegnam, tonen we niet: het bedrag gaat over te weinig \
             mensen."
        );
        assert!(total_of(&[]).ends_with("is niet bekend."));
    }

    #[test]
    fn the_mean_and_the_cheap_activities_agree() {
        let number = |value| FigureCell::Number { value };
        assert_eq!(
            mean(&thresholds(&[("mean_cents", number(1546.2))])).unwrap(),
            "Dat is gemiddeld €\u{a0}15,46 per deelnemer."
        );
        assert!(
            mean(&thresholds(&[("mean_cents", FigureCell::TooFew)]))
                .unwrap()
                .contains("te weinig gegevens")
        );
        assert_eq!(mean(&thresholds(&[("mean_cents", FigureCell::Hidden)])), None);
        for (all, few, text) in [
            (0, 0, "Er waren geen activiteiten."),
            (
                1,
                1,
                "De enige activiteit was met de pas gratis of kostte hoogstens €\u{a0}3,00.",
            ),
            (1, 0, "De enige activiteit kostte met de pas meer dan €\u{a0}3,00."),
            (
                9,
                0,
                "Geen van de 9 activiteiten was met de pas gratis of kostte hoogstens €\u{a0}3,00.",
            ),
            (
                9,
                1,
                "1 van de 9 activiteiten was met de pas gratis of kostte hoogstens €\u{a0}3,00.",
            ),
            (
                120,
                80,
                "80 van de 120 activiteiten waren met de pas gratis of kostten hoogstens €\u{a0}3,00.",
            ),
        ] {
            let found = thresholds(&[
                ("activities", FigureCell::count(all)),
                ("activities_free_or_cheap", FigureCell::count(few)),
            ]);
            assert_eq!(cheap(&found).unwrap(), text);
        }
    }

    #[test]
    fn who_would_have_paid_a_lot_is_a_share_or_a_reason() {
        let of = |cell| paid_more(&thresholds(&[("share_paid_more", cell)]));
        assert_eq!(
            of(FigureCell::Estimate {
                value: 0.341,
                low: 0.29,
                high: 0.396
            })
            .unwrap(),
            "34,1\u{a0}% van de deelnemers had zonder de pas meer dan €\u{a0}25,00 betaald (95\u{a0}%-interval: \
             29,0\u{a0}% tot 39,6\u{a0}%)."
        );
        assert!(of(FigureCell::TooFew).unwrap().contains("te weinig gegevens"));
        assert!(of(FigureCell::Hidden).unwrap().ends_with("tonen we niet."));
        assert_eq!(of(FigureCell::Nothing), None);
    }

    #[test]
    fn cheques_are_told_from_issue_to_first_visit() {
        let of = |issued, redeemed, cents, first| {
            cheques(&figure(
                FigureCode::Cheques,
                &[
                    ("issued", issued),
                    ("redeemed", redeemed),
                    ("redeemed_cents", cents),
                    ("first_visitors", first),
                ],
            ))
        };
        let count = FigureCell::count;
        for (found, text) in [
            (
                of(count(0), count(0), count(0), count(0)),
                "Er werden in deze periode geen Randuitcheques uitgereikt.",
            ),
            (
                of(count(40), count(22), count(11_000), count(12)),
                "Er werden 40 Randuitcheques uitgereikt. Er werden er 22 gebruikt, samen goed voor €\u{a0}110,00. 12 \
                 nieuwkomers gebruikten er een bij het allereerste bezoek.",
            ),
            (
                of(count(1), count(1), count(500), count(1)),
                "Er werd 1 Randuitcheque uitgereikt. Er werd er 1 gebruikt, samen goed voor €\u{a0}5,00. 1 nieuwkomer \
                 gebruikte er een bij het allereerste bezoek.",
            ),
            (
                of(count(40), count(0), count(0), count(0)),
                "Er werden 40 Randuitcheques uitgereikt. Er werd er nog geen gebruikt.",
            ),
            (
                of(count(40), FigureCell::Hidden, FigureCell::Hidden, FigureCell::Hidden),
                "Er werden 40 Randuitcheques uitgereikt. Hoeveel er werden gebruikt, tonen we niet.",
            ),
            (
                of(count(0), count(3), count(1500), FigureCell::Hidden),
                "Er werden er 3 gebruikt, samen goed voor €\u{a0}15,00. Hoeveel nieuwkomers er een gebruikten bij hun \
                 allereerste bezoek, tonen we niet.",
            ),
            (
                of(
                    FigureCell::Nothing,
                    FigureCell::Nothing,
                    FigureCell::Nothing,
                    FigureCell::Nothing,
                ),
                "Over Randuitcheques zijn er geen gegevens.",
            ),
        ] {
            assert_eq!(found, text);
        }
    }
}
