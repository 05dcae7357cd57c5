//! Small numbers instead of ids: what arrays keep.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;

/// No number: what belongs to none.
pub(crate) const NONE: u32 = u32::MAX;

/// Gives each key a number, in the order in which they come; a number never changes.
#[derive(Clone, Debug)]
pub(crate) struct Dictionary<K> {
    keys: Vec<K>,
    numbers: HashMap<K, u32>,
}

impl<K> Default for Dictionary<K> {
    fn default() -> Self {
        Self {
            keys: Vec::new(),
            numbers: HashMap::new(),
        }
    }
}

impl<K: Clone + Eq + Hash> Dictionary<K> {
    /// The number of a key, new if need be.
    pub(crate) fn number(&mut self, key: &K) -> u32 {
        if let Some(number) = self.numbers.get(key) {
            return *number;
        }
        let number = u32::try_from(self.keys.len()).unwrap_or(NONE);
        self.keys.push(key.clone());
        self.numbers.insert(key.clone(), number);
        number
    }

    /// The number of a key that may not be; [`NONE`] then.
    pub(crate) fn number_or_none(&mut self, key: Option<&K>) -> u32 {
        key.map_or(NONE, |key| self.number(key))
    }

    /// The number of a key that is known.
    pub(crate) fn find<Q>(&self, key: &Q) -> Option<u32>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        self.numbers.get(key).copied()
    }

    /// The keys, by number.
    pub(crate) fn keys(&self) -> &[K] {
        &self.keys
    }

    /// The key of a number.
    pub(crate) fn key(&self, number: u32) -> Option<&K> {
        self.keys.get(at(number))
    }
}

/// A number as the place in an array.
pub(crate) const fn at(number: u32) -> usize {
    number as usize
}
