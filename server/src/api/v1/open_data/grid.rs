//! Which tables are open data: the documented grid of figure, dimensions and periods (`docs/figures.md`, "Open data").

use domain::{Dimension, FigureCode, Period, PeriodKind, is_published};

/// By what a figure is split in its data set; each is a table of its own, without rows first.
pub(super) const fn tables(code: FigureCode) -> &'static [&'static [Dimension]] {
    const WHOLE: &[Dimension] = &[];
    const PLACE: &[Dimension] = &[Dimension::Municipality];
    match code {
        FigureCode::Participations
        | FigureCode::Participants
        | FigureCode::FirstParticipants
        | FigureCode::NewToLeisure
        | FigureCode::Sustained => &[
            WHOLE,
            PLACE,
            &[Dimension::OrganiserKind],
            &[Dimension::ActivityType],
            &[Dimension::AgeBand],
        ],
        FigureCode::Retention => &[&[Dimension::Month]],
        FigureCode::Crossings => &[&[Dimension::Municipality, Dimension::ActivityMunicipality]],
        FigureCode::NewActions | FigureCode::Anchoring => &[&[Dimension::Action]],
        FigureCode::Coverage => &[WHOLE],
        _ => &[WHOLE, PLACE],
    }
}

/// The dimensions of the data set, each once.
pub(super) fn dimensions(code: FigureCode) -> Vec<Dimension> {
    let mut all: Vec<Dimension> = Vec::new();
    for dimension in tables(code).iter().copied().flatten() {
        if !all.contains(dimension) {
            all.push(*dimension);
        }
    }
    all
}

/// Over which periods of the fixed grid. One number: all of them. A table with rows: calendar years, work years and the
/// project, so that a file stays small enough to open.
pub(super) fn has_period(code: FigureCode, by: &[Dimension], period: Period) -> bool {
    let kind = period.kind();
    match code {
        // Its rows are the months of issue.
        FigureCode::Retention => kind == PeriodKind::Project,
        FigureCode::NewActions => kind == PeriodKind::WorkYear,
        // Tables by two dimensions exist over some periods only.
        _ if !is_published(by, &period) => false,
        // Nothing comes before the whole project.
        FigureCode::Change if kind == PeriodKind::Project => false,
        _ if by.is_empty() => true,
        _ => matches!(
            kind,
            PeriodKind::CalendarYear | PeriodKind::WorkYear | PeriodKind::Project
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_one_that_the_api_answers() {
        for &code in FigureCode::ALL {
            for by in tables(code) {
                assert!(
                    by.iter().all(|dimension| code.splits_by(*dimension)),
                    "{code} by {by:?}"
                );
                assert!(by.iter().all(|dimension| !dimension.is_sensitive()), "{code} by {by:?}");
            }
            let grid = ["2026-03", "2026-Q1", "2026-H1", "2026", "2025-2026", "project"];
            let held = |period: &&str| {
                let period = period.parse().unwrap();
                tables(code).iter().any(|by| has_period(code, by, period))
            };
            assert!(grid.iter().any(held), "{code} has a period");
        }
    }
}
