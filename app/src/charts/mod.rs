//! Pictures of published figures, drawn on the server. Every picture has a table with the same numbers beside it;
//! what is hidden is drawn as hidden, never as zero and never left out.

pub(crate) mod bars;
pub(crate) mod columns;
pub(crate) mod scale;
pub(crate) mod table;
pub(crate) mod tile_map;

use domain::PublishedTable;

/// One published value with the words that go with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Point {
    /// The key as published: a municipality's code, a month.
    pub(crate) key: String,
    /// Full name: `Wemmel`, `maart 2026`.
    pub(crate) label: String,
    /// As short as it is still clear: `mrt`.
    pub(crate) short: String,
    /// `None` is hidden, to protect few people.
    pub(crate) value: Option<u64>,
}

impl Point {
    /// The rows of a table split by one dimension, named by `name` (full, short).
    pub(crate) fn of(table: &PublishedTable, mut name: impl FnMut(&str) -> (String, String)) -> Vec<Self> {
        let rows = table
            .rows
            .iter()
            .filter_map(|row| row.key.first().map(|key| (key, row)));
        rows.map(|(key, row)| {
            let (label, short) = name(key);
            Self {
                key: key.clone(),
                label,
                short,
                value: row.value.filter(|_| !row.hidden),
            }
        })
        .collect()
    }

    /// The point with the highest value that is not hidden and not zero.
    pub(crate) fn largest(points: &[Self]) -> Option<(&str, u64)> {
        let known = points
            .iter()
            .filter_map(|point| Some((point.label.as_str(), point.value?)));
        known.filter(|(_, value)| *value > 0).max_by_key(|(_, value)| *value)
    }

    /// How many are hidden.
    pub(crate) fn hidden(points: &[Self]) -> usize {
        points.iter().filter(|point| point.value.is_none()).count()
    }
}

#[cfg(test)]
pub(crate) fn points(values: &[(&str, Option<u64>)]) -> Vec<Point> {
    let point = |(key, value): &(&str, Option<u64>)| Point {
        key: (*key).to_owned(),
        label: format!("Naam {key}"),
        short: (*key).to_owned(),
        value: *value,
    };
    values.iter().map(point).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_is_neither_hidden_nor_zero() {
        assert_eq!(
            Point::largest(&points(&[("a", None), ("b", Some(7)), ("c", Some(3))])),
            Some(("Naam b", 7))
        );
        assert_eq!(Point::largest(&points(&[("a", None), ("b", Some(0))])), None);
        assert_eq!(Point::hidden(&points(&[("a", None), ("b", Some(0))])), 1);
    }
}
