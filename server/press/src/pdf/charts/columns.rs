//! A column a month.

use domain::FigureColumn;

use super::super::flow::{EDGE, MEASURE, as_length};
use super::super::ink::{BAR, Ink, LINE, LINE_STRONG, hatched};
use super::{Drawing, LABEL, Point, VALUE, label, largest, says, scaled};

const HEIGHT: f32 = 96.0;
/// Above the columns: the number of the highest.
const HEAD: f32 = 14.0;
/// Below: month and year.
const FOOT: f32 = 24.0;

pub(super) fn drawing<'a>(column: &'a FigureColumn, points: Vec<Point>) -> Option<Drawing<'a>> {
    let says = says("Kolommen per maand", column, &points);
    Some(Drawing {
        height: HEAD + HEIGHT + FOOT + 4.0,
        says,
        draw: Box::new(move |flow, top| {
            let step = MEASURE / as_length(points.len());
            let width = (step * 0.66).min(40.0);
            let (ground, most) = (top + HEAD + HEIGHT, largest(&points));
            // Numbers above the columns only where they do not run into each other.
            let every = |text: f32| if step >= text { 1 } else { 1 + as_count(text / step) };
            let widest = points
                .iter()
                .map(|point| flow.faces.width(VALUE.face, &point.shown, VALUE.size, true));
            let (values, names) = (every(widest.fold(0.0, f32::max) + 3.0), every(24.0));
            let mut ink: Vec<Ink> = Vec::new();
            for share in [0.5, 1.0] {
                let y = ground - HEIGHT * share;
                ink.extend(Ink::line((EDGE, y), (EDGE + MEASURE, y), LINE, 0.5));
            }
            let mut year = String::new();
            for (at, point) in points.iter().enumerate() {
                let middle = EDGE + step * (as_length(at) + 0.5);
                let tall = match point.value {
                    Some(value) => {
                        let tall = scaled(value, most, HEIGHT).max(if value > 0.0 { 1.2 } else { 0.0 });
                        ink.extend(Ink::rect(middle - width / 2.0, ground - tall, width, tall, BAR));
                        tall
                    }
                    None => {
                        ink.extend(hatched([middle - width / 2.0, ground - 18.0, width, 18.0]));
                        18.0
                    }
                };
                if at % values == 0 {
                    ink.push(label(flow, &point.shown, VALUE, middle, ground - tall - 11.5, 0.5));
                }
                let (month, of) = month(&point.key, &point.name);
                if at % names == 0 {
                    ink.push(label(flow, &month, LABEL, middle, ground + 3.0, 0.5));
                    if of != year {
                        ink.push(label(flow, &of, LABEL, middle, ground + 12.5, 0.5));
                        year = of;
                    }
                }
            }
            ink.extend(Ink::line((EDGE, ground), (EDGE + MEASURE, ground), LINE_STRONG, 0.8));
            ink
        }),
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "how many columns a label covers: small and not negative"
)]
fn as_count(columns: f32) -> usize {
    columns.max(0.0) as usize
}

/// `2026-03` as `mrt` and `2026`; anything else as it is called.
fn month(key: &str, name: &str) -> (String, String) {
    const SHORT: [&str; 12] = [
        "jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec",
    ];
    let read = |key: &str| {
        let (year, month) = key.split_once('-')?;
        let at: usize = month.parse().ok()?;
        Some(((*SHORT.get(at.checked_sub(1)?)?).to_owned(), year.to_owned()))
    };
    read(key).unwrap_or_else(|| (name.to_owned(), String::new()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_called_by_three_letters() {
        assert_eq!(month("2026-03", "maart 2026"), ("mrt".to_owned(), "2026".to_owned()));
        assert_eq!(
            month("2026-Q1", "eerste kwartaal"),
            ("eerste kwartaal".to_owned(), String::new())
        );
    }
}
