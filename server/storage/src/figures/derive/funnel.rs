//! `funnel`: from pass to member, and how long each step takes.

use domain::FigureCell;

use super::draft::Draft;
use super::source::Source;
use crate::error::Result;

pub(super) async fn derive(source: &mut Source<'_>) -> Result<Draft> {
    let measures = source.plan.code.measures();
    source.load(measures).await?;
    let source = &*source;
    Ok(source.draft(|at| {
        let mut cells: Vec<FigureCell> = measures.iter().map(|&measure| source.now(measure, at)).collect();
        cells.extend([FigureCell::Nothing, FigureCell::Nothing, FigureCell::Nothing]);
        cells
    }))
}
