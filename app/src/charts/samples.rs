//! Figures made by hand, for the tests of pictures and pages.

use domain::{Coverage, Dimension, Figure, FigureCell, FigureCode, FigureColumn, FigureRow, Suppression, Unit};

/// A count, or hidden.
pub(crate) fn cell(value: Option<u64>) -> FigureCell {
    value.map_or(FigureCell::Hidden, FigureCell::count)
}

/// A figure of these columns and rows over 2026.
pub(crate) fn figure(
    code: FigureCode,
    by: &[Dimension],
    columns: &[(&str, Unit)],
    rows: Vec<(Vec<&str>, Vec<FigureCell>)>,
    total: Vec<FigureCell>,
) -> Figure {
    let column = |(name, unit): &(&str, Unit)| FigureColumn {
        name: (*name).to_owned(),
        label: format!("Kolom {name}"),
        unit: *unit,
    };
    let row = |(key, cells): (Vec<&str>, Vec<FigureCell>)| FigureRow {
        key: key.iter().map(|key| (*key).to_owned()).collect(),
        names: key.iter().map(|key| format!("Naam {key}")).collect(),
        cells,
    };
    Figure {
        code,
        period: "2026".parse().unwrap(),
        compare: None,
        partnership: None,
        by: by.to_vec(),
        columns: columns.iter().map(column).collect(),
        rows: rows.into_iter().map(row).collect(),
        total: FigureRow {
            key: Vec::new(),
            names: Vec::new(),
            cells: total,
        },
        definition: code.definition_nl().to_owned(),
        data_date: "2026-11-20T18:05:00Z".parse().unwrap(),
        coverage: Coverage::default(),
        suppression: Suppression {
            k: 5,
            hidden: 1,
            rule: "Minder dan 5; verborgen.".to_owned(),
        },
        raw: false,
        notes: Vec::new(),
    }
}

/// Participants split by one dimension; the whole is 1.204.
pub(crate) fn by(dimension: Dimension, rows: &[(&str, Option<u64>)]) -> Figure {
    figure(
        FigureCode::Participants,
        &[dimension],
        &[("participants", Unit::People)],
        rows.iter()
            .map(|(key, value)| (vec![*key], vec![cell(*value)]))
            .collect(),
        vec![FigureCell::count(1204)],
    )
}

/// Participants split by two dimensions.
pub(crate) fn by_two(by: [Dimension; 2], rows: &[(&str, &str, Option<u64>)]) -> Figure {
    figure(
        FigureCode::Participants,
        &by,
        &[("participants", Unit::People)],
        rows.iter()
            .map(|(one, two, value)| (vec![*one, *two], vec![cell(*value)]))
            .collect(),
        vec![FigureCell::count(1204)],
    )
}
