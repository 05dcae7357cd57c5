//! What the page of figures asks for, and the names of what comes back.

use domain::{Dimension, FigureCode, Nis, Period, PublishedTable};
use storage::FigureQuery;

use crate::charts::Point;
use crate::locales::nl;
use crate::pages::Names;
use crate::respond::{PageError, Visit};

/// A protected table for this viewer.
pub(crate) async fn table(
    visit: &Visit,
    code: FigureCode,
    period: Period,
    by: &[Dimension],
) -> Result<PublishedTable, PageError> {
    let query = FigureQuery {
        code,
        period,
        by: by.to_vec(),
        municipality: None,
        organiser: None,
    };
    Ok(visit.context().store.figure(&visit.viewer.scope, query).await?)
}

/// The published total; `None` when it is hidden.
pub(crate) fn total(table: &PublishedTable) -> Option<u64> {
    table.total.value.filter(|_| !table.total.hidden)
}

/// Values per municipality, with names, by name.
pub(crate) fn by_municipality(table: &PublishedTable, names: &Names) -> Vec<Point> {
    let mut points = Point::of(table, |key| {
        let name = municipality(key, names);
        (name.clone(), name)
    });
    points.sort_by(|a, b| a.label.cmp(&b.label));
    points
}

/// Values per month, oldest first. Without `years` the labels leave the year out.
pub(crate) fn by_month(table: &PublishedTable) -> Vec<Point> {
    let mut points = Point::of(table, month);
    points.sort_by(|a, b| a.key.cmp(&b.key));
    points
}

/// `Wemmel` of `23102`.
pub(crate) fn municipality(key: &str, names: &Names) -> String {
    key.parse::<Nis>()
        .map_or_else(|_| key.to_owned(), |nis| names.of(nis).to_owned())
}

/// `maart 2026` and `mrt` of `2026-03`.
pub(crate) fn month(key: &str) -> (String, String) {
    let parts = key
        .split_once('-')
        .and_then(|(year, month)| Some((year, month.parse::<i8>().ok()?)));
    match parts.filter(|(_, month)| (1..=12).contains(month)) {
        Some((year, month)) => (
            format!("{} {year}", nl::month_name(month)),
            nl::month_short(month).to_owned(),
        ),
        None => (key.to_owned(), key.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_have_names() {
        assert_eq!(month("2026-03"), ("maart 2026".to_owned(), "mrt".to_owned()));
        assert_eq!(month("2026-13").0, "2026-13");
        assert_eq!(month("strange").0, "strange");
    }
}
