//! What was done with partners and what came of it (question 2).

use domain::{Dimension, Figure, FigureCode, NO_KEY};
use storage::Agreement;

use crate::block::{bars, drawable, figure, list, note, sentence, table};
use crate::desk::Desk;
use crate::dutch::date;
use crate::phrase::Value;
use crate::sentences::partners::{HOW_COUNTED, PartnerLine, overview};
use crate::{Block, Chart, ReportError};

pub(crate) async fn blocks(desk: &Desk<'_>) -> Result<Vec<Block>, ReportError> {
    use FigureCode::{Funnel, NewToLeisure, Participations};
    let by = [Dimension::Partner];
    let (route, visits, new, agreements, known, together) = futures::try_join!(
        desk.figure(Funnel, &by),
        desk.figure(Participations, &by),
        desk.figure(NewToLeisure, &by),
        async { Ok(desk.store.agreements(desk.scope, desk.partnership).await?) },
        async { Ok(desk.store.partners(desk.scope).await?) },
        desk.activities_together(),
    )?;
    let agreements: Vec<Agreement> = agreements
        .into_iter()
        .filter(|agreement| desk.covers(agreement.agreed_on))
        .collect();
    let lines: Vec<PartnerLine> = known
        .into_iter()
        .map(|partner| {
            let key = partner.id.to_string();
            PartnerLine {
                activities: together.get(&partner.id).copied().unwrap_or(0),
                referred: of(&route, &key, "issued"),
                came: of(&route, &key, "first_visit"),
                members: of(&route, &key, "member"),
                visits: of(&visits, &key, "participations"),
                new: of(&new, &key, "new_to_leisure"),
                agreements: count(agreements.iter().filter(|one| one.partner == partner.id).count()),
                name: partner.name,
            }
        })
        .collect();
    let mut blocks = vec![sentence(overview(desk.when, &lines))];
    blocks.extend(list(lines.iter().map(PartnerLine::text).collect()));
    blocks.push(note(HOW_COUNTED));
    blocks.extend(agreed(agreements));
    let chart = (Value::total(&route, "issued") != Value::Known(0)).then_some(Chart::Funnel);
    blocks.push(figure(
        "De weg van pas naar lid, per doorverwijzende partner",
        route,
        chart,
    ));
    let chart = drawable(&visits, "participations", bars);
    blocks.push(figure("Bezoeken aan activiteiten, per partner", visits, chart));
    blocks.push(figure("Nieuw in de vrije tijd, per partner", new, None));
    Ok(blocks)
}

/// The agreements with their dates: what public bodies agree on is public.
fn agreed(agreements: Vec<Agreement>) -> Option<Block> {
    let rows = agreements
        .into_iter()
        .map(|agreement| {
            vec![
                agreement.partner_name,
                date(agreement.agreed_on),
                agreement.ends_on.map_or_else(|| "–".to_owned(), date),
                agreement.text,
            ]
        })
        .collect();
    table(
        "Afspraken met partners in deze periode",
        &[
            ("Partner", false),
            ("Datum", false),
            ("Tot", false),
            ("Afspraak", false),
        ],
        rows,
        false,
    )
}

/// The value of the row with this key. A key without row is zero.
fn of(figure: &Figure, key: &str, column: &str) -> Value {
    debug_assert_ne!(key, NO_KEY, "nobody is no partner");
    figure
        .rows
        .iter()
        .find(|row| row.key.first().is_some_and(|known| known == key))
        .map_or(Value::Known(0), |row| Value::row(figure, row, column))
}

fn count(value: usize) -> u64 {
    u64::try_from(value).unwrap_or(u64::MAX)
}
