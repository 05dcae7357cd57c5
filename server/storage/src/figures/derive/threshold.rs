//! `threshold_euro`: what people did not have to pay.

use std::collections::HashMap;

use domain::{Dimension, FigureCell, Measure, Period};

use super::activities::Activities;
use super::cells::{mean, share, sum};
use super::counts::no_cheques;
use super::draft::{At, Draft};
use super::source::Source;
use crate::error::Result;

pub(super) async fn derive(source: &mut Source<'_>) -> Result<Draft> {
    let plan = source.plan;
    source.load(plan.code.measures()).await?;
    source
        .load(&[Measure::ChequesRedeemedCents, Measure::ChequesIssued])
        .await?;
    let mut held: HashMap<Period, Activities> = HashMap::new();
    let mut periods = vec![plan.period];
    if plan.shown.contains(&Dimension::Month) {
        periods.extend(source.row_periods());
    }
    for period in periods {
        let activities = Activities::read(source.store, source.scope, plan, period).await?;
        held.insert(period, activities);
    }
    let source = &*source;
    let mut draft = source.draft(|at| {
        let discount = source.now(Measure::ThresholdCents, at);
        let cheques = source.now(Measure::ChequesRedeemedCents, at);
        let people = source.now(Measure::Participants, at);
        let paid_more = source.now(Measure::WouldHavePaidMore, at);
        // Cheques know no action and no type of activity: there the row is the discount alone, and a note says so.
        let total = if cheques == FigureCell::Nothing {
            discount.clone()
        } else {
            sum(&discount, &cheques)
        };
        let [activities, cheap] = held
            .get(&at.period)
            .map_or([FigureCell::Nothing, FigureCell::Nothing], |held| {
                held.count(&keys(source, at))
            });
        vec![
            discount,
            cheques,
            total.clone(),
            mean(&total, &people),
            paid_more.clone(),
            share(&paid_more, &people),
            activities,
            cheap,
        ]
    });
    let cheques_apart = draft.total.get(1) == Some(&FigureCell::Nothing);
    if cheques_apart {
        draft
            .notes
            .push("Cheques zijn zo niet op te delen; wat hier samen staat, is de korting alleen.".to_owned());
    } else {
        draft.notes.extend(no_cheques(source));
    }
    Ok(draft)
}

/// The keys of a row and of the filter, months aside: those are the period.
fn keys<'a>(source: &'a Source<'_>, at: &At<'a>) -> Vec<(Dimension, &'a str)> {
    let plan = source.plan;
    let shown = plan.shown.iter().copied().zip(at.key.iter().map(String::as_str));
    let filter = plan.filter.iter().map(|(dimension, key)| (*dimension, key.as_str()));
    shown
        .chain(filter)
        .filter(|(dimension, _)| *dimension != Dimension::Month)
        .collect()
}
