//! Figures for tests of sentences.

use domain::{Coverage, Figure, FigureCell, FigureCode, FigureColumn, FigureRow, Suppression, Unit};

/// A figure with one row, its total.
pub(crate) fn figure(code: FigureCode, cells: &[(&str, FigureCell)]) -> Figure {
    Figure {
        code,
        period: "2026".parse().unwrap(),
        compare: None,
        partnership: None,
        by: Vec::new(),
        columns: cells
            .iter()
            .map(|(name, _)| FigureColumn {
                name: (*name).to_owned(),
                label: (*name).to_owned(),
                unit: Unit::People,
            })
            .collect(),
        rows: Vec::new(),
        total: FigureRow {
            key: Vec::new(),
            names: Vec::new(),
            cells: cells.iter().map(|(_, cell)| cell.clone()).collect(),
        },
        definition: code.definition_nl().to_owned(),
        data_date: "2026-11-20T18:05:00Z".parse().unwrap(),
        coverage: Coverage::default(),
        suppression: Suppression {
            k: 5,
            hidden: 0,
            rule: "Regel.".to_owned(),
        },
        raw: false,
        notes: Vec::new(),
    }
}

/// The same with a row of these cells added.
pub(crate) fn with_row(mut figure: Figure, key: &str, name: &str, cells: Vec<FigureCell>) -> Figure {
    figure.rows.push(FigureRow {
        key: vec![key.to_owned()],
        names: vec![name.to_owned()],
        cells,
    });
    figure
}
