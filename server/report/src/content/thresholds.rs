//! Which costs were taken away (question 5).

use domain::{Dimension, FigureCode};

use crate::block::{bars, drawable, figure, note, paragraph, sentence};
use crate::desk::Desk;
use crate::sentences::thresholds;
use crate::{Block, ReportError};

pub(crate) async fn blocks(desk: &Desk<'_>) -> Result<Vec<Block>, ReportError> {
    let place = desk.municipality.is_none().then_some(Dimension::Municipality);
    let (money, cheques) = futures::try_join!(
        desk.figure(FigureCode::ThresholdEuro, place.as_slice()),
        desk.figure(FigureCode::Cheques, &[Dimension::Organiser]),
    )?;
    let mut blocks: Vec<Block> = [
        paragraph([Some(thresholds::total(desk.when, &money)), thresholds::mean(&money)]),
        paragraph([thresholds::cheap(&money), thresholds::paid_more(&money)]),
    ]
    .into_iter()
    .flatten()
    .collect();
    if cheques.notes.is_empty() {
        blocks.push(sentence(thresholds::cheques(&cheques)));
    } else {
        // The figure's own note says that none were ever registered.
        blocks.extend(cheques.notes.iter().map(note));
    }
    let chart = drawable(&money, "total_cents", bars);
    let caption = if money.rows.is_empty() {
        "Weggenomen kosten"
    } else {
        "Weggenomen kosten, per gemeente van de pashouder"
    };
    blocks.push(figure(caption, money, chart));
    let caption = if cheques.by.is_empty() {
        "Randuitcheques"
    } else {
        "Randuitcheques, per organisator"
    };
    blocks.push(figure(caption, cheques, None));
    Ok(blocks)
}
