//! Chance that repeats itself: the same seed gives the same demo.

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

/// A seeded source of chance.
pub(super) struct Dice(StdRng);

impl Dice {
    /// The same seed gives the same throws.
    pub(super) fn new(seed: u64) -> Self {
        Self(StdRng::seed_from_u64(seed))
    }

    /// A seed for chance of its own.
    pub(super) fn seed(&mut self) -> u64 {
        self.0.random()
    }

    /// True with this probability; below 0 never, above 1 always.
    pub(super) fn chance(&mut self, probability: f64) -> bool {
        self.0.random_bool(probability.clamp(0.0, 1.0))
    }

    /// A whole number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        if low >= high {
            low
        } else {
            self.0.random_range(low..=high)
        }
    }

    /// A number from 0 to 1.
    pub(super) fn share(&mut self) -> f64 {
        self.0.random()
    }

    /// A place in a list of this length; 0 for an empty list.
    pub(super) fn place(&mut self, length: usize) -> usize {
        if length == 0 { 0 } else { self.0.random_range(0..length) }
    }

    /// One of these.
    pub(super) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.place(items.len()))
    }

    /// A place in the list, the heavier the likelier; `None` when nothing weighs anything.
    pub(super) fn weighted(&mut self, weights: impl Iterator<Item = f64> + Clone) -> Option<usize> {
        let total: f64 = weights.clone().sum();
        if total <= 0.0 {
            return None;
        }
        let mut left = self.share() * total;
        let mut last = None;
        for (index, weight) in weights.enumerate().filter(|(_, weight)| *weight > 0.0) {
            last = Some(index);
            left -= weight;
            if left <= 0.0 {
                break;
            }
        }
        last
    }
}
