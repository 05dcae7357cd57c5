//! `coverage`: how complete the facts are. Organisers and devices are no people, but scans are visits: where the visits of
//! the period are hidden, so are they.

use domain::{FigureCell, Measure, Period};

use super::cells::part;
use super::draft::Draft;
use super::source::Source;
use crate::error::Result;

pub(super) async fn derive(source: &mut Source<'_>) -> Result<Draft> {
    source.load(&[Measure::Participations]).await?;
    let mut draft = source.draft(|_| Vec::new());
    let months: Vec<Period> = source.months();
    for ((_, cells), month) in draft.rows.iter_mut().zip(months) {
        *cells = of(source, month).await?;
    }
    draft.total = of(source, source.plan.period).await?;
    Ok(draft)
}

async fn of(source: &Source<'_>, period: Period) -> Result<Vec<FigureCell>> {
    let coverage = source.coverage(period).await?;
    let hidden = source.cell(Measure::Participations, period, &[]).is_hidden();
    let visits = |count| {
        if hidden {
            FigureCell::Hidden
        } else {
            FigureCell::count(count)
        }
    };
    let [active, scanned] = [coverage.organisers_active, coverage.organisers_scanned].map(FigureCell::count);
    let [scans, manual] = [coverage.scans, coverage.manual].map(visits);
    Ok(vec![
        active.clone(),
        scanned.clone(),
        part(&scanned, &active),
        scans.clone(),
        manual.clone(),
        part(&manual, &scans),
        FigureCell::count(coverage.unsent_devices),
    ])
}
