//! Which part of those who could took part: of the passes, and of the newcomers.

use domain::{Figure, FigureCell};

use crate::dutch::{number, percent};
use crate::phrase::{Value, interval_word};

/// Of the valid passes.
pub(crate) fn of_passes(figure: &Figure) -> String {
    let passes = Value::total(figure, "passes_active");
    let whole = passes.known().map_or_else(
        || "de geldige passen".to_owned(),
        |n| format!("de {} geldige passen", number(n)),
    );
    match (passes, figure.total_cell("share_of_passes")) {
        (Value::Known(0), _) => "Er waren geen geldige passen.".to_owned(),
        (_, Some(FigureCell::Estimate { value, low, high })) => {
            format!(
                "De deelnemers zijn {} van {whole}{}.",
                percent(*value),
                interval([*low, *high])
            )
        }
        (_, Some(FigureCell::TooFew)) => {
            "Er zijn minder dan 20 geldige passen. Daarom geven we geen percentage.".to_owned()
        }
        (_, Some(FigureCell::Hidden)) => format!("Welk deel van {whole} meedeed, tonen we niet."),
        _ => format!("Welk deel van {whole} meedeed, is niet bekend."),
    }
}

/// Of the newcomers who live there, where somebody imported how many those are.
pub(crate) fn of_newcomers(figure: &Figure) -> String {
    let whole = Value::total(figure, "newcomers").known().map_or_else(
        || "de nieuwkomers in deze gemeenten".to_owned(),
        |n| format!("de {} nieuwkomers in deze gemeenten", number(n)),
    );
    match figure.total_cell("share_of_newcomers") {
        Some(FigureCell::Estimate { value, low, high }) => {
            format!("Dat is {} van {whole}{}.", percent(*value), interval([*low, *high]))
        }
        Some(FigureCell::TooFew) => {
            "In deze gemeenten wonen minder dan 20 nieuwkomers. Daarom geven we geen percentage van hen.".to_owned()
        }
        Some(FigureCell::Hidden) => format!("Welk deel van {whole} meedeed, tonen we niet."),
        _ => "Hoeveel nieuwkomers er in deze gemeenten wonen, is niet voor elke gemeente ingevoerd. Daarom zeggen we \
              niet welk deel van hen meedeed."
            .to_owned(),
    }
}

fn interval([low, high]: [f64; 2]) -> String {
    format!(" ({}: {} tot {})", interval_word(), percent(low), percent(high))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::figure;
    use domain::FigureCode;

    const SHARE: FigureCell = FigureCell::Estimate {
        value: 0.415,
        low: 0.38,
        high: 0.451,
    };

    #[test]
    fn the_part_of_the_passes_has_its_interval_or_its_reason() {
        for (passes, share, text) in [
            (
                FigureCell::count(752),
                SHARE,
                "De deelnemers zijn 41,5\u{a0}% van de 752 geldige passen (95\u{a0}%-interval: 38,0\u{a0}% tot \
                 45,1\u{a0}%).",
            ),
            (
                FigureCell::count(0),
                FigureCell::Nothing,
                "Er waren geen geldige passen.",
            ),
            (
                FigureCell::count(12),
                FigureCell::TooFew,
                "Er zijn minder dan 20 geldige passen. Daarom geven we geen percentage.",
            ),
            (
                FigureCell::count(752),
                FigureCell::Hidden,
                "Welk deel van de 752 geldige passen meedeed, tonen we niet.",
            ),
            (
                FigureCell::Hidden,
                FigureCell::Hidden,
                "Welk deel van de geldige passen meedeed, tonen we niet.",
            ),
            (
                FigureCell::Nothing,
                FigureCell::Nothing,
                "Welk deel van de geldige passen meedeed, is niet bekend.",
            ),
        ] {
            let found = figure(
                FigureCode::Reach,
                &[("passes_active", passes), ("share_of_passes", share)],
            );
            assert_eq!(of_passes(&found), text);
        }
    }

    #[test]
    fn without_denominator_nothing_is_guessed() {
        for (newcomers, share, text) in [
            (
                FigureCell::count(3760),
                SHARE,
                "Dat is 41,5\u{a0}% van de 3.760 nieuwkomers in deze gemeenten (95\u{a0}%-interval: 38,0\u{a0}% tot \
                 45,1\u{a0}%).",
            ),
            (
                FigureCell::NoDenominator,
                FigureCell::NoDenominator,
                "Hoeveel nieuwkomers er in deze gemeenten wonen, is niet voor elke gemeente ingevoerd. Daarom zeggen \
                 we niet welk deel van hen meedeed.",
            ),
            (
                FigureCell::count(3760),
                FigureCell::Hidden,
                "Welk deel van de 3.760 nieuwkomers in deze gemeenten meedeed, tonen we niet.",
            ),
            (
                FigureCell::count(12),
                FigureCell::TooFew,
                "In deze gemeenten wonen minder dan 20 nieuwkomers. Daarom geven we geen percentage van hen.",
            ),
        ] {
            let found = figure(
                FigureCode::Reach,
                &[("newcomers", newcomers), ("share_of_newcomers", share)],
            );
            assert_eq!(of_newcomers(&found), text);
        }
    }
}
