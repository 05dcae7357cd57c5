//! The route: one step after the other, each a bar in the middle, so that it narrows as people stay behind.

use domain::{Figure, FigureCell, Unit};
use report::dutch;

use super::super::flow::Style;
use super::super::flow::{EDGE, MEASURE, as_length};
use super::super::ink::{BAR, INK, Ink, hatched};
use super::{Drawing, LABEL, VALUE, label, scaled, value};

const STEP: f32 = 24.0;
const THICK: f32 = 19.0;
const NAMES: f32 = 120.0;

const NAME: Style = Style { colour: INK, ..LABEL };

pub(super) fn drawing(figure: &Figure) -> Option<Drawing<'_>> {
    let k = figure.suppression.k;
    let steps: Vec<(String, Option<f64>, String)> = figure
        .columns
        .iter()
        .zip(&figure.total.cells)
        .filter(|(column, cell)| {
            matches!(column.unit, Unit::People | Unit::Pieces)
                && matches!(cell, FigureCell::Count { .. } | FigureCell::Hidden)
        })
        .map(|(column, cell)| (column.label.clone(), value(cell), dutch::cell(cell, column.unit, k)))
        .collect();
    if steps.is_empty() {
        return None;
    }
    let told: Vec<String> = steps
        .iter()
        .map(|(label, _, shown)| format!("{label} {shown}"))
        .collect();
    Some(Drawing {
        height: STEP * as_length(steps.len()) + 2.0,
        says: format!("Trechter, stap na stap: {}.", told.join(", ")),
        draw: Box::new(move |flow, top| {
            let most = steps.iter().filter_map(|(_, value, _)| *value).fold(1.0, f64::max);
            let room = MEASURE - NAMES - 60.0;
            let middle = EDGE + NAMES + room / 2.0;
            let mut ink: Vec<Ink> = Vec::new();
            let mut y = top;
            for (name, value, shown) in &steps {
                ink.push(label(flow, name, NAME, EDGE + NAMES - 8.0, y + 4.5, 1.0));
                let wide = match value {
                    Some(value) => {
                        let wide = scaled(*value, most, room).max(2.0);
                        ink.extend(Ink::rounded([middle - wide / 2.0, y, wide, THICK], 2.0, BAR));
                        wide
                    }
                    None => {
                        ink.extend(hatched([middle - 20.0, y, 40.0, THICK]));
                        40.0
                    }
                };
                ink.push(label(flow, shown, VALUE, middle + wide / 2.0 + 6.0, y + 4.2, 0.0));
                y += STEP;
            }
            ink
        }),
    })
}
