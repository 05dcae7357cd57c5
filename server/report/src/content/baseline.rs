//! Organisers' own counts from before the pass, beside the figures: what there is to compare with when nothing was scanned.

use storage::BaselineOf;

use crate::block::table;
use crate::desk::Desk;
use crate::dutch::{date, number};
use crate::{Block, ReportError};

/// The counts of the period to compare with; nothing where there are none.
///
/// These are counts of organisers and municipalities themselves, not of holders: they carry their source and date.
pub(crate) async fn table_of(desk: &Desk<'_>) -> Result<Option<Block>, ReportError> {
    let Some(before) = desk.before else {
        return Ok(None);
    };
    let counts = desk
        .store
        .baselines(desk.scope, None, Some(before.period), desk.as_of)
        .await?;
    if counts.is_empty() {
        return Ok(None);
    }
    let places = desk.store.municipality_history(desk.scope).await?;
    let names = desk.store.names(desk.scope).await?;
    let place = |nis: domain::Nis| {
        let found = places.iter().find(|known| known.nis == nis);
        found.map_or_else(|| nis.to_string(), |known| known.name_nl.clone())
    };
    let rows = counts
        .into_iter()
        .filter(|count| desk.municipality.is_none_or(|nis| nis == count.municipality))
        .map(|count| {
            let who = match count.of {
                BaselineOf::Organiser(id) => names.of(domain::Dimension::Organiser, &id.to_string()),
                BaselineOf::Municipality(nis) => place(nis),
            };
            let shown = |value: Option<u64>| value.map_or_else(|| "–".to_owned(), number);
            vec![
                who,
                shown(count.participants),
                shown(count.visits),
                count.source,
                date(count.dated),
            ]
        })
        .collect();
    Ok(table(
        format!(
            "Eigen tellingen van organisatoren en gemeenten, {}",
            before.period.label_nl()
        ),
        &[
            ("Wie telde", false),
            ("Deelnemers", true),
            ("Bezoeken", true),
            ("Bron", false),
            ("Datum", false),
        ],
        rows,
        false,
    ))
}
