//! The financial part: what was budgeted, what was spent, and who pays.

use crate::dutch::{NO_BREAK, decimal, euro};
use crate::phrase::When;

/// Spent against budgeted.
pub(crate) fn spent(when: When, budgeted: i64, spent: i64) -> String {
    let (start, so_far) = (when.at_start(), when.so_far());
    match (budgeted, spent) {
        (0, 0) => format!("{start} zijn er geen begroting en geen uitgaven genoteerd."),
        (0, spent) => format!(
            "{start} werd er{so_far} {} uitgegeven. Er is geen begroting genoteerd.",
            euro(spent)
        ),
        (budgeted, spent) => {
            let part = f64::from(permille(spent, budgeted)) / 10.0;
            let left = budgeted - spent;
            let rest = match left {
                0 => "De begroting is precies op.".to_owned(),
                left if left > 0 => format!("Er blijft {} over.", euro(left)),
                left => format!("Dat is {} meer dan begroot.", euro(-left)),
            };
            format!(
                "{start} werd er{so_far} {} uitgegeven van de begrote {}: {}{NO_BREAK}%. {rest}",
                euro(spent),
                euro(budgeted),
                decimal(part, 1)
            )
        }
    }
}

/// Subsidy and the municipalities' own share.
pub(crate) fn who_pays(subsidy: i64, own: i64, own_share_bp: u32) -> String {
    let share = decimal(f64::from(own_share_bp) / 100.0, 2);
    let share = share.trim_end_matches('0').trim_end_matches(',');
    format!(
        "De subsidie is {}. De gemeenten betalen zelf {share}{NO_BREAK}%: {}.",
        euro(subsidy),
        euro(own)
    )
}

/// Without budget there is nothing to split.
pub(crate) const NO_BUDGET: &str =
    "Voor deze periode is geen begroting genoteerd. Daarom tonen we geen subsidie en geen eigen aandeel.";

fn permille(part: i64, whole: i64) -> u32 {
    let part = i128::from(part.max(0)) * 1000;
    let whole = i128::from(whole.max(1));
    u32::try_from((part + whole / 2) / whole).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrase::when;

    #[test]
    fn spending_is_held_against_the_budget() {
        for (budgeted, paid, running, text) in [
            (
                2_000_000,
                1_965_235,
                false,
                "In het werkjaar 2025-2026 werd er €\u{a0}19.652,35 uitgegeven van de begrote €\u{a0}20.000,00: \
                 98,3\u{a0}%. Er blijft €\u{a0}347,65 over.",
            ),
            (
                100,
                150,
                false,
                "In het werkjaar 2025-2026 werd er €\u{a0}1,50 uitgegeven van de begrote €\u{a0}1,00: 150,0\u{a0}%. \
                 Dat is €\u{a0}0,50 meer dan begroot.",
            ),
            (
                100,
                100,
                true,
                "In het werkjaar 2025-2026 werd er tot nu toe €\u{a0}1,00 uitgegeven van de begrote €\u{a0}1,00: \
                 100,0\u{a0}%. De begroting is precies op.",
            ),
            (
                0,
                150,
                false,
                "In het werkjaar 2025-2026 werd er €\u{a0}1,50 uitgegeven. Er is geen begroting genoteerd.",
            ),
            (
                0,
                0,
                false,
                "In het werkjaar 2025-2026 zijn er geen begroting en geen uitgaven genoteerd.",
            ),
        ] {
            assert_eq!(spent(when("2025-2026", running), budgeted, paid), text);
        }
    }

    #[test]
    fn the_own_share_is_a_percentage_and_an_amount() {
        assert_eq!(
            who_pays(8_000_000, 2_000_000, 2_000),
            "De subsidie is €\u{a0}80.000,00. De gemeenten betalen zelf 20\u{a0}%: €\u{a0}20.000,00."
        );
        assert!(who_pays(0, 0, 1_250).contains("12,5\u{a0}%"));
        assert!(
            who_pays(0, 0, 10_000).contains("zelf 100\u{a0}%"),
            "no digit of 100 is lost"
        );
    }
}
