//! Charts as drawings with a text for who does not see them. Every chart stands above the table with the same numbers;
//! what is hidden is drawn as hidden, never as zero and never left out.

mod bars;
mod columns;
mod funnel;
mod tiles;

use domain::{Figure, FigureCell, FigureColumn, Unit};
use report::{Chart, dutch};

use super::face::Face;
use super::flow::{Flow, Style};
use super::ink::{INK, Ink, SOFT};

/// Small letters in a chart.
pub(super) const LABEL: Style = Style {
    face: Face::Regular,
    size: 8.0,
    leading: 10.0,
    colour: SOFT,
    tabular: true,
};

/// Numbers in a chart.
pub(super) const VALUE: Style = Style {
    face: Face::Bold,
    size: 8.5,
    leading: 10.5,
    colour: INK,
    tabular: true,
};

/// A drawing: how high, what it says, and its marks when its upper edge is known.
pub(super) struct Drawing<'a> {
    pub(super) height: f32,
    pub(super) says: String,
    pub(super) draw: Draw<'a>,
}

/// Gives the marks of a drawing whose upper edge is known.
pub(super) type Draw<'a> = Box<dyn FnOnce(&Flow<'_>, f32) -> Vec<Ink> + 'a>;

/// One value with its name.
#[derive(Debug, Clone)]
struct Point {
    key: String,
    name: String,
    /// `None`: hidden or not there.
    value: Option<f64>,
    shown: String,
}

/// The drawing of a figure; `None` when its column is not there or there is nothing to draw.
pub(super) fn drawing<'a>(figure: &'a Figure, chart: &Chart) -> Option<Drawing<'a>> {
    match chart {
        Chart::Funnel => funnel::drawing(figure),
        Chart::Bars { column } => {
            let (column, points) = points(figure, column)?;
            bars::drawing(column, points)
        }
        Chart::Columns { column } => {
            let (column, points) = points(figure, column)?;
            columns::drawing(column, points)
        }
        Chart::TileMap { column } => {
            let (column, points) = points(figure, column)?;
            tiles::drawing(column, points)
        }
    }
}

fn points<'a>(figure: &'a Figure, column: &str) -> Option<(&'a FigureColumn, Vec<Point>)> {
    let at = figure.columns.iter().position(|known| known.name == column)?;
    let of = figure.columns.get(at)?;
    let point = |row: &'a domain::FigureRow| {
        let cell = row.cells.get(at)?;
        Some(Point {
            key: row.key.first().cloned().unwrap_or_default(),
            name: row.names.join(", "),
            value: value(cell),
            shown: short(cell, of.unit, figure.suppression.k),
        })
    };
    let points: Vec<Point> = figure.rows.iter().filter_map(point).collect();
    (!points.is_empty()).then_some((of, points))
}

#[expect(clippy::cast_precision_loss, reason = "a length on paper")]
fn value(cell: &FigureCell) -> Option<f64> {
    match cell {
        FigureCell::Count { value } => Some(*value as f64),
        FigureCell::Number { value } | FigureCell::Estimate { value, .. } => Some(*value),
        _ => None,
    }
}

/// As in the table, without the interval: a chart has no room for it.
fn short(cell: &FigureCell, unit: Unit, k: u64) -> String {
    match cell {
        FigureCell::Estimate { value, .. } => {
            let number = dutch::cell(&FigureCell::Number { value: *value }, unit, k);
            number.trim_end_matches(" procentpunt").to_owned()
        }
        FigureCell::TooFew | FigureCell::NoDenominator | FigureCell::TooEarly => "–".to_owned(),
        cell => dutch::cell(cell, unit, k),
    }
}

/// The largest value; 1 when there is none.
fn largest(points: &[Point]) -> f64 {
    let largest = points.iter().filter_map(|point| point.value).fold(0.0, f64::max);
    if largest > 0.0 { largest } else { 1.0 }
}

/// A part of a length.
#[expect(clippy::cast_possible_truncation, reason = "a length on paper")]
fn scaled(value: f64, largest: f64, length: f32) -> f32 {
    ((value.max(0.0) / largest) as f32 * length).min(length)
}

/// What every chart says: of what, the highest, how many are hidden, and where all numbers are.
fn says(kind: &str, column: &FigureColumn, points: &[Point]) -> String {
    let mut text = format!("{kind}: {}, {} waarden.", column.label, points.len());
    let known = points
        .iter()
        .filter(|point| point.value.is_some_and(|value| value > 0.0));
    let highest = known.max_by(|a, b| a.value.partial_cmp(&b.value).unwrap_or(std::cmp::Ordering::Equal));
    match highest {
        Some(point) => text.push_str(&format!(" Het hoogst: {}, met {}.", point.name, point.shown)),
        None => text.push_str(" Er is geen waarde boven nul om te tonen."),
    }
    match points.iter().filter(|point| point.value.is_none()).count() {
        0 => {}
        1 => text.push_str(" Eén waarde is niet getoond."),
        n => text.push_str(&format!(" {n} waarden zijn niet getoond.")),
    }
    text.push_str(" Alle getallen staan in de tabel hieronder.");
    text
}

/// A line of text with its middle or its right end at `x`.
fn label(flow: &Flow<'_>, text: &str, style: Style, x: f32, y: f32, anchor: f32) -> Ink {
    let line = flow.faces.shape(style.face, text, style.tabular);
    let x = x - line.width * style.size * anchor;
    Flow::set(line, style, x, y)
}
