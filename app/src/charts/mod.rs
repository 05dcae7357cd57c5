//! Pictures of published figures, drawn on the server. Every picture has a table with the same numbers beside it;
//! what is hidden is drawn as hidden, never as zero and never left out.

pub(crate) mod bars;
pub(crate) mod columns;
pub(crate) mod cross;
pub(crate) mod funnel;
pub(crate) mod heat;
pub(crate) mod multiples;
pub(crate) mod scale;
pub(crate) mod table;
pub(crate) mod tile_map;
pub(crate) mod whisker;

use domain::{Dimension, Figure, FigureCell, Period, PeriodKind};

use crate::locales::nl::{self, figures::Style};

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
    /// The values of one column of a figure that is split by one dimension. Cells without a number and without anything
    /// hidden (too early, not known) are left to the table.
    pub(crate) fn of(figure: &Figure, column: &str) -> Vec<Self> {
        let month = figure.by.first() == Some(&Dimension::Month);
        let points = figure.rows.iter().filter_map(|row| {
            let value = value(figure.cell(row, column)?)?;
            let key = row.key.first()?.clone();
            let label = row.names.first().unwrap_or(&key).clone();
            let short = if month { month_short(&key) } else { label.clone() };
            Some(Self {
                key,
                label,
                short,
                value,
            })
        });
        points.collect()
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

/// What a picture can draw of a cell: a number, or that it is hidden (`Some(None)`).
fn value(cell: &FigureCell) -> Option<Option<u64>> {
    match cell {
        FigureCell::Count { value } => Some(Some(u64::try_from(*value).unwrap_or(0))),
        FigureCell::Hidden => Some(None),
        _ => None,
    }
}

/// How the numbers of a column of this figure are written.
pub(crate) fn style(figure: &Figure, column: &str) -> Style {
    let unit = figure
        .columns
        .iter()
        .find(|known| known.name == column)
        .map_or(domain::Unit::Pieces, |known| known.unit);
    Style {
        unit,
        k: figure.suppression.k,
    }
}

/// `mrt` of `2026-03`; what is no month stays (`0-11` is an age).
pub(crate) fn month_short(key: &str) -> String {
    match key.parse::<Period>() {
        Ok(month) if month.kind() == PeriodKind::Month => nl::month_short(month.first().month()).to_owned(),
        _ => key.to_owned(),
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
pub(crate) mod samples;

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

    #[test]
    fn months_are_short_and_what_is_no_month_stays() {
        assert_eq!(month_short("2026-03"), "mrt");
        assert_eq!(month_short("2026-13"), "2026-13");
        assert_eq!(month_short("0-11"), "0-11", "an age is no month");
    }

    #[test]
    fn only_numbers_and_hidden_cells_are_drawn() {
        let mut figure = samples::by(Dimension::Municipality, &[("23102", Some(41)), ("23002", None)]);
        figure.rows[0].cells[0] = FigureCell::TooEarly;
        let points = Point::of(&figure, "participants");
        assert_eq!(points.len(), 1);
        assert_eq!(points[0].value, None);
    }
}
