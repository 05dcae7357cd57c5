//! `change`: more or fewer than before, and how sure that is.

use domain::Measure;

use super::cells::{difference, ratio, share, share_difference};
use super::draft::Draft;
use super::source::Source;
use crate::error::Result;

pub(super) async fn derive(source: &mut Source<'_>) -> Result<Draft> {
    source
        .load(&[Measure::Participants, Measure::Participations, Measure::PassesActive])
        .await?;
    let source = &*source;
    let mut draft = source.draft(|at| {
        let [people, visits, passes] = [Measure::Participants, Measure::Participations, Measure::PassesActive]
            .map(|measure| [source.now(measure, at), source.before(measure, at)]);
        let ([now, before], [visits_now, visits_before]) = (people, visits);
        let [passes_now, passes_before] = passes;
        vec![
            before.clone(),
            now.clone(),
            difference(&now, &before),
            ratio(&now, &before),
            visits_before.clone(),
            visits_now.clone(),
            difference(&visits_now, &visits_before),
            ratio(&visits_now, &visits_before),
            share(&before, &passes_before),
            share(&now, &passes_now),
            share_difference([&now, &passes_now], [&before, &passes_before]),
        ]
    });
    let (period, last) = (source.plan.period, source.last_day());
    if period.contains(last) && period.last() != last {
        draft.notes.push(
            "De periode loopt nog, de vergelijkingsperiode is misschien al voorbij. Vergelijk daarom met zorg."
                .to_owned(),
        );
    }
    draft.notes.push(
        "Het interval neemt aan dat mensen en bezoeken los van elkaar komen. Wie in groep komt, maakt het in het echt breder."
            .to_owned(),
    );
    Ok(draft)
}
