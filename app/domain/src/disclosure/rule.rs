//! The rule itself: which counts are too small to be seen, and between which values a hidden one may lie.

use super::system::Count;
use crate::figures::{Dimension, Measure};

/// How many people a shown cell must stand for: a setting of each partnership.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thresholds {
    /// In most tables.
    pub ordinary: u64,
    /// In tables by a dimension that [`Dimension::is_sensitive`].
    pub sensitive: u64,
}

impl Thresholds {
    /// Nothing needs protection: one's own organiser.
    pub const NONE: Self = Self {
        ordinary: 1,
        sensitive: 1,
    };

    /// The threshold of a table. A total keeps its own, whatever it is split by elsewhere.
    #[must_use]
    pub fn of(self, by: &[Dimension]) -> u64 {
        if by.iter().any(|dimension| dimension.is_sensitive()) {
            self.sensitive.max(self.ordinary)
        } else {
            self.ordinary
        }
    }
}

impl Default for Thresholds {
    /// Those of `docs/figures.md` §3.
    fn default() -> Self {
        Self {
            ordinary: 5,
            sensitive: 10,
        }
    }
}

/// The rule for the cells of one table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    pub(super) k: u64,
    /// The value is itself a number of people, so that it may not be small either.
    counts_people: bool,
    /// The value counts some of the people behind the cell, and who is left out of it is as telling.
    is_part: bool,
    /// In time, parts may be more than the whole, as everybody knows.
    pub(super) counts_again: bool,
}

impl Rule {
    pub(super) const fn new(measure: Measure, k: u64) -> Self {
        Self {
            k,
            counts_people: measure.counts_people(),
            is_part: measure.is_sensitive_part(),
            counts_again: measure.counts_again(),
        }
    }

    const fn is_few(self, people: u64) -> bool {
        people > 0 && people < self.k
    }

    /// Whether a count must be hidden for itself. Zero says nothing about anybody, however few could have been in it.
    pub(super) const fn is_small(self, count: Count) -> bool {
        let rest = count.people.saturating_sub(count.value);
        count.value > 0
            && (count.people < self.k
                || (self.counts_people && self.is_few(count.value))
                || (self.is_part && self.is_few(rest)))
    }

    /// Between which values a hidden value lies for somebody who knows the rule, and even whether it is hidden for itself.
    pub(super) const fn bounds(self, value: i64) -> (i64, i64) {
        let k = self.k.cast_signed();
        match value {
            ..=0 => (0, i64::MAX),
            _ if self.counts_people && value < k => (1, k - 1),
            _ if self.counts_people => (k, i64::MAX),
            _ => (1, i64::MAX),
        }
    }

    /// By how much a hidden value must stay in doubt: one person, or a tenth of visits, minutes and cents.
    pub(super) const fn doubt(self, value: i64) -> i64 {
        if self.counts_people || value < 1 {
            1
        } else {
            (value + 9) / 10
        }
    }
}

/// The rule in plain Dutch, for under every table.
#[must_use]
pub fn rule_nl(k: u64) -> String {
    format!(
        "Een getal over minder dan {k} mensen tonen we niet. Soms tonen we ook een ander getal niet, omdat het eerste \
         anders te berekenen is. Een nul is echt nul."
    )
}
