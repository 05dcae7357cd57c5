//! `retention`: per month of issue, who still came after 1, 3, 6 and 12 months.

use domain::{FigureCell, Measure, Period, PeriodKind};
use jiff::ToSpan as _;

use super::cells::{share, sum_all};
use super::draft::Draft;
use super::source::Source;
use crate::error::Result;

const STEPS: [(Measure, i32); 4] = [
    (Measure::Retained1, 1),
    (Measure::Retained3, 3),
    (Measure::Retained6, 6),
    (Measure::Retained12, 12),
];

pub(super) async fn derive(source: &mut Source<'_>) -> Result<Draft> {
    source.load(&[Measure::FunnelIssued]).await?;
    source.load(&STEPS.map(|(measure, _)| measure)).await?;
    let source = &*source;
    let mut draft = source.draft(|at| {
        let steps = STEPS.map(|(measure, months)| {
            let ripe = ripe(source, at.period, months);
            if ripe.is_empty() {
                return (FigureCell::TooEarly, FigureCell::TooEarly);
            }
            let over = |measure| {
                let cells: Vec<FigureCell> = ripe
                    .iter()
                    .map(|&period| source.cell(measure, period, at.key))
                    .collect();
                sum_all(&cells)
            };
            let stayed = over(measure);
            let share = share(&stayed, &over(Measure::FunnelIssued));
            (stayed, share)
        });
        let issued = source.now(Measure::FunnelIssued, at);
        let (counts, shares): (Vec<_>, Vec<_>) = steps.into_iter().unzip();
        [vec![issued], counts, shares].concat()
    });
    let young = STEPS
        .iter()
        .any(|&(_, months)| ripe(source, source.plan.period, months) != [source.plan.period]);
    if young {
        draft.notes.push(
            "Een maand telt pas mee als de termijn voor de laatste dag van die maand voorbij is. Het totaal telt alleen zulke \
             maanden."
                .to_owned(),
        );
    }
    Ok(draft)
}

/// The parts of a period whose people all had so many months since: the period itself, or as few periods of the grid as fill
/// its beginning, so that as few cells as possible are hidden. Everybody has one first pass, so their sum is exact.
fn ripe(source: &Source<'_>, period: Period, months: i32) -> Vec<Period> {
    let last_day = source.last_day();
    let is_ripe = |period: &Period| {
        let after = period.last().checked_add(months.months());
        after.is_ok_and(|day| day <= last_day)
    };
    if is_ripe(&period) {
        return vec![period];
    }
    let parts: Vec<Period> = source
        .grid()
        .iter()
        .filter(|part| period.covers(part) && is_ripe(part) && period.kind() != PeriodKind::Range)
        .copied()
        .collect();
    let mut cover: Vec<Period> = Vec::new();
    let Some(mut from) = parts.iter().map(Period::first).min() else {
        return cover;
    };
    while let Some(longest) = parts
        .iter()
        .filter(|part| part.first() == from)
        .max_by_key(|part| part.last())
    {
        cover.push(*longest);
        let Ok(next) = longest.last().tomorrow() else { break };
        from = next;
    }
    cover
}
