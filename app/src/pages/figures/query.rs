//! What the pages of figures ask of the store.

use domain::{Dimension, Figure, FigureCell, FigureCode};
use storage::{FigureRequest, Names, Role};

use super::address::Rules;
use crate::respond::{PageError, Visit};

/// A figure for this viewer: protected, except where it is raw for who may see that.
pub(super) async fn figure(visit: &Visit, request: FigureRequest) -> Result<Figure, PageError> {
    Ok(visit.context().store.compute(&visit.viewer.scope, &request).await?)
}

/// As [`figure`], when it is wanted at all.
pub(super) async fn maybe(visit: &Visit, request: Option<FigureRequest>) -> Result<Option<Figure>, PageError> {
    match request {
        Some(request) => figure(visit, request).await.map(Some),
        None => Ok(None),
    }
}

/// What people call the keys in addresses.
pub(super) async fn names(visit: &Visit) -> Result<Names, PageError> {
    Ok(visit.context().store.names(&visit.viewer.scope).await?)
}

/// What this viewer may ask.
pub(super) fn rules(visit: &Visit) -> Rules {
    Rules {
        today: visit.context().store.env().today(),
        ranges: matches!(visit.viewer.scope.role(), Some(Role::Coordinator | Role::Auditor)),
        logged_in: visit.viewer.account.is_some(),
    }
}

/// The whole of a column; `None` when it is hidden or no count.
pub(super) fn whole(figure: &Figure, column: &str) -> Option<u64> {
    figure
        .total_cell(column)
        .and_then(FigureCell::as_count)
        .and_then(|value| u64::try_from(value).ok())
}

/// The column that the picture of a figure shows when nothing else is asked.
pub(super) const fn main_column(code: FigureCode) -> &'static str {
    match code {
        FigureCode::Reach => "participants",
        FigureCode::Change => "now",
        FigureCode::Retention | FigureCode::Funnel => "issued",
        FigureCode::ThresholdEuro => "total_cents",
        FigureCode::Cheques => "redeemed",
        FigureCode::Crossings | FigureCode::NewActions | FigureCode::Anchoring => "participations",
        FigureCode::PracticeHours => "minutes",
        FigureCode::Coverage => "organisers_scanned",
        code => code.code(),
    }
}

/// Whether another period can stand beside it.
pub(super) const fn compares(code: FigureCode) -> bool {
    matches!(
        code,
        FigureCode::Change
            | FigureCode::PassesIssued
            | FigureCode::PassesActive
            | FigureCode::Participations
            | FigureCode::Participants
            | FigureCode::FirstParticipants
            | FigureCode::NewToLeisure
            | FigureCode::Sustained
    )
}

/// What a figure may be split by, for this viewer.
pub(super) fn splits(code: FigureCode, rules: Rules) -> Vec<Dimension> {
    Dimension::ALL
        .iter()
        .copied()
        .filter(|dimension| code.splits_by(*dimension) && rules.sees(*dimension))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_main_column_of_each_figure_is_one_of_its_columns() {
        for code in FigureCode::ALL.iter().copied() {
            let main = main_column(code);
            assert!(
                code.columns().iter().any(|column| column.name == main),
                "{code}: {main}"
            );
        }
    }
}
