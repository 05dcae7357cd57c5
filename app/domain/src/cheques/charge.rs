//! What cheques pay of a price, and what is left for the holder.

use serde::{Deserialize, Serialize};

use super::scheme::{ChequeUnit, MOST_CHEQUES, SchemeTerms};
use crate::money::Cents;

/// What a redemption takes and gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charge {
    /// Cheques used.
    pub quantity: u32,
    /// What the organiser is paid for them.
    pub value: Cents,
    /// What the holder still pays at the door.
    pub remainder: Cents,
}

/// What `quantity` cheques pay for `heads` people (1, or 2 with a companion) at a price with the pass.
///
/// A cheque in euro pays at most the price: there is no change. An entry pays for one person.
#[must_use]
pub fn charge(terms: &SchemeTerms, price: Cents, heads: u32, quantity: u32) -> Charge {
    let price = price.0.max(0);
    let whole = price.saturating_mul(i64::from(heads));
    let face = terms.face_value.0.saturating_mul(i64::from(quantity));
    let (value, left) = match terms.unit {
        ChequeUnit::Euro => (face.min(whole), whole.saturating_sub(face).max(0)),
        ChequeUnit::Entry => {
            let unpaid = i64::from(heads.saturating_sub(quantity));
            (face, price.saturating_mul(unpaid))
        }
    };
    Charge {
        quantity,
        value: Cents(value),
        remainder: Cents(left),
    }
}

/// How many cheques the scanner proposes: as many as the price takes, and no more than there are. Free: none.
#[must_use]
pub fn propose(terms: &SchemeTerms, price: Cents, heads: u32, open: u32) -> u32 {
    let wanted = match terms.unit {
        _ if price.0 <= 0 => 0,
        ChequeUnit::Entry => heads,
        ChequeUnit::Euro => {
            let (whole, face) = (price.0.saturating_mul(i64::from(heads)), terms.face_value.0.max(1));
            u32::try_from(whole.saturating_add(face - 1) / face).unwrap_or(MOST_CHEQUES)
        }
    };
    wanted.min(open).min(MOST_CHEQUES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cheques::scheme::example;

    fn charged(unit: ChequeUnit, price: i64, heads: u32, quantity: u32) -> (i64, i64) {
        let terms = SchemeTerms { unit, ..example() };
        let charge = charge(&terms, Cents(price), heads, quantity);
        (charge.value.0, charge.remainder.0)
    }

    #[test]
    fn euro_cheques_pay_up_to_the_price_and_give_no_change() {
        assert_eq!(charged(ChequeUnit::Euro, 1200, 1, 2), (1000, 200));
        assert_eq!(charged(ChequeUnit::Euro, 400, 1, 1), (400, 0));
        assert_eq!(charged(ChequeUnit::Euro, 400, 2, 1), (500, 300));
        assert_eq!(charged(ChequeUnit::Euro, 0, 1, 1), (0, 0));
    }

    #[test]
    fn an_entry_pays_for_one_person_whatever_it_costs() {
        assert_eq!(charged(ChequeUnit::Entry, 1200, 1, 1), (500, 0));
        assert_eq!(charged(ChequeUnit::Entry, 1200, 2, 2), (1000, 0));
        assert_eq!(charged(ChequeUnit::Entry, 1200, 2, 1), (500, 1200));
    }

    #[test]
    fn no_more_is_proposed_than_the_price_takes_or_the_pass_has() {
        let terms = example();
        for (price, heads, open, proposed) in [
            (1200, 1, 10, 3),
            (1000, 1, 10, 2),
            (1, 1, 10, 1),
            (1200, 2, 10, 5),
            (1200, 1, 2, 2),
            (0, 1, 10, 0),
            (i64::MAX, 2, 10, 10),
        ] {
            assert_eq!(
                propose(&terms, Cents(price), heads, open),
                proposed,
                "{price} {heads} {open}"
            );
        }
    }
}
