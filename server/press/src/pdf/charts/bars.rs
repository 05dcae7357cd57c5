//! A bar a row: the longest first as the figure has them, at most fifteen.

use domain::FigureColumn;

use super::super::flow::Style;
use super::super::flow::{EDGE, MEASURE, as_length, lines};
use super::super::ink::{BAR, INK, Ink, hatched};
use super::{Drawing, LABEL, Point, VALUE, label, largest, says, scaled};

const STEP: f32 = 17.0;
const THICK: f32 = 10.5;
const NAMES: f32 = 170.0;
const VALUES: f32 = 70.0;
/// More would be a picture of a table.
const MOST: usize = 15;

const NAME: Style = Style { colour: INK, ..LABEL };

pub(super) fn drawing<'a>(column: &'a FigureColumn, points: Vec<Point>) -> Option<Drawing<'a>> {
    let mut says = says("Balken", column, &points);
    let all = points.len();
    let mut shown = points;
    if all > MOST {
        // The largest; of equals those that come first.
        shown.sort_by(|a, b| b.value.partial_cmp(&a.value).unwrap_or(std::cmp::Ordering::Equal));
        shown.truncate(MOST);
        says.push_str(&format!(" De tekening toont de {MOST} grootste van {all}."));
    }
    let more = (all > MOST).then(|| format!("De {MOST} grootste van {all}. Alle staan in de tabel."));
    let height = STEP * as_length(shown.len()) + if more.is_some() { 14.0 } else { 2.0 };
    Some(Drawing {
        height,
        says,
        draw: Box::new(move |flow, top| {
            let most = largest(&shown);
            let (left, length) = (EDGE + NAMES + 6.0, MEASURE - NAMES - VALUES);
            let mut ink: Vec<Ink> = Vec::new();
            let mut y = top;
            for point in &shown {
                let line = lines(flow.faces, &point.name, NAME, NAMES);
                let cut = line.len() > 1;
                let name = line.first().map_or("", |line| line.text.trim_end());
                let name = if cut { format!("{name}…") } else { name.to_owned() };
                ink.push(label(flow, &name, NAME, EDGE + NAMES, y + 1.0, 1.0));
                let end = match point.value {
                    Some(value) => {
                        let long = scaled(value, most, length).max(if value > 0.0 { 1.2 } else { 0.0 });
                        ink.extend(Ink::rounded([left, y, long, THICK], 1.5, BAR));
                        left + long
                    }
                    None => {
                        ink.extend(hatched([left, y, 26.0, THICK]));
                        left + 26.0
                    }
                };
                ink.push(label(flow, &point.shown, VALUE, end + 4.0, y + 0.3, 0.0));
                y += STEP;
            }
            if let Some(more) = more {
                ink.push(label(flow, &more, LABEL, left, y, 0.0));
            }
            ink
        }),
    })
}
