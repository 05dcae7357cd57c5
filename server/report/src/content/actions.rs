//! Which actions began (question 6) and which qualify for anchoring (question 7).

use domain::{Figure, FigureCode};

use crate::block::{bars, drawable, figure, list, note, sentence};
use crate::desk::Desk;
use crate::sentences::{anchoring, new_actions};
use crate::{Block, ReportError};

/// The actions whose first activity falls in the period.
pub(crate) async fn new(desk: &Desk<'_>) -> Result<Vec<Block>, ReportError> {
    let found = desk.figure(FigureCode::NewActions, &[]).await?;
    let mut blocks = vec![sentence(new_actions::overview(desk.when, &found))];
    blocks.extend(list(points(&found, |row| Some(new_actions::point(&found, row)))));
    let chart = drawable(&found, "participations", bars);
    blocks.push(figure("Nieuwe acties", found, chart));
    Ok(blocks)
}

/// What stays when the project ends.
pub(crate) async fn anchoring(desk: &Desk<'_>) -> Result<Vec<Block>, ReportError> {
    let found = desk.figure(FigureCode::Anchoring, &[]).await?;
    let mut blocks = vec![sentence(anchoring::overview(&found))];
    blocks.extend(list(points(&found, |row| anchoring::point(&found, row))));
    blocks.push(note(
        "Een beslissing komt van het samenwerkingsverband. De cijfers van een actie tonen hoe ze loopt; ze beslissen \
         niets.",
    ));
    let chart = drawable(&found, "participations", bars);
    blocks.push(figure("Verankering, per actie", found, chart));
    Ok(blocks)
}

fn points(figure: &Figure, point: impl Fn(&domain::FigureRow) -> Option<String>) -> Vec<String> {
    figure.rows.iter().filter_map(point).collect()
}
