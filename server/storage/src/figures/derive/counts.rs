//! Figures whose columns are measures, one for one.

use domain::{FigureCell, Measure, Unit};

use super::cells::{difference, extra_column};
use super::draft::Draft;
use super::source::Source;
use crate::error::Result;

/// One measure; with a period to compare with, also what it was then and the difference.
pub(super) async fn simple(source: &mut Source<'_>) -> Result<Draft> {
    let measures = source.plan.code.measures();
    source.load(measures).await?;
    let source = &*source;
    let compared = source.plan.compare.is_some();
    let mut draft = source.draft(|at| {
        measures
            .iter()
            .flat_map(|&measure| {
                let now = source.now(measure, at);
                if !compared {
                    return vec![now];
                }
                let before = source.before(measure, at);
                let difference = difference(&now, &before);
                vec![now, before, difference]
            })
            .collect()
    });
    if let Some(unit) = draft.columns.first().map(|column| column.unit).filter(|_| compared) {
        draft.columns.push(extra_column("before", "Vroeger", unit));
        draft
            .columns
            .push(extra_column("difference", "Verschil", Unit::Difference));
    }
    Ok(draft)
}

/// Every column is a measure: `practice_hours`, `crossings`.
pub(super) async fn each(source: &mut Source<'_>) -> Result<Draft> {
    let measures = source.plan.code.measures();
    source.load(measures).await?;
    let source = &*source;
    Ok(source.draft(|at| measures.iter().map(|&measure| source.now(measure, at)).collect()))
}

/// `cheques`.
pub(super) async fn cheques(source: &mut Source<'_>) -> Result<Draft> {
    let mut draft = each(source).await?;
    draft.notes.extend(no_cheques(source));
    Ok(draft)
}

/// What to say while nobody has handed out a cheque: the zeros are no result. The measures of cheques are loaded.
pub(super) fn no_cheques(source: &Source<'_>) -> Option<String> {
    let none = [Measure::ChequesIssued, Measure::ChequesRedeemedCents].map(|measure| {
        let ever = source.cell(measure, domain::Period::project(), &[]);
        ever == FigureCell::count(0) || ever == FigureCell::Nothing
    });
    (none == [true, true]).then(|| "Er zijn nog geen Randuitcheques geregistreerd.".to_owned())
}
