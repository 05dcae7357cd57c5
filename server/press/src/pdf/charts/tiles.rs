//! The municipalities as tiles of the same size, placed as on the map (`style/components/tilemap.css` has the same
//! places).

use domain::FigureColumn;

use super::super::face::Face;
use super::super::flow::{EDGE, Style, as_length, lines};
use super::super::ink::{INK, Ink, LINE_STRONG, MAP, SOFT, WHITE, hatched};
use super::{Drawing, LABEL, Point, label, largest, says};

/// NIS code, row, column.
const PLACES: [(&str, u8, u8); 19] = [
    ("23052", 1, 1),
    ("23050", 1, 2),
    ("23088", 1, 4),
    ("23002", 2, 1),
    ("23102", 2, 2),
    ("23025", 2, 3),
    ("23047", 2, 4),
    ("23016", 3, 1),
    ("23094", 3, 4),
    ("23077", 4, 1),
    ("23099", 4, 4),
    ("23103", 4, 5),
    ("23098", 5, 2),
    ("23100", 5, 3),
    ("24104", 5, 5),
    ("23003", 6, 2),
    ("23101", 6, 3),
    ("23033", 6, 4),
    ("23062", 6, 5),
];

const WIDE: f32 = 62.0;
const TALL: f32 = 40.0;
const GAP: f32 = 3.0;
const ROWS: f32 = 6.0;
/// Shades above "none".
const SHADES: usize = 5;

const NAME: Style = Style {
    face: Face::Regular,
    size: 7.2,
    leading: 8.4,
    colour: INK,
    tabular: false,
};
const NUMBER: Style = Style {
    face: Face::Bold,
    size: 11.0,
    leading: 12.0,
    colour: INK,
    tabular: true,
};

pub(super) fn drawing<'a>(column: &'a FigureColumn, points: Vec<Point>) -> Option<Drawing<'a>> {
    let on_map = points
        .iter()
        .filter(|point| PLACES.iter().any(|(nis, ..)| *nis == point.key));
    if on_map.count() == 0 {
        return None;
    }
    let says = says("Kaart van de gemeenten als tegels", column, &points);
    Some(Drawing {
        height: ROWS * (TALL + GAP) + 4.0,
        says,
        draw: Box::new(move |flow, top| {
            let most = largest(&points);
            let mut ink: Vec<Ink> = Vec::new();
            let corner = |row: u8, column: u8| {
                let x = EDGE + (WIDE + GAP) * f32::from(column.saturating_sub(1));
                (x, top + (TALL + GAP) * f32::from(row.saturating_sub(1)))
            };
            let (x, y) = corner(3, 2);
            let (wide, tall) = (2.0 * WIDE + GAP, 2.0 * TALL + GAP);
            ink.extend(Ink::frame(
                [x + 0.5, y + 0.5, wide - 1.0, tall - 1.0],
                5.0,
                LINE_STRONG,
                0.7,
            ));
            let brussels = Style { colour: SOFT, ..NAME };
            ink.push(label(
                flow,
                "Brussel",
                brussels,
                x + wide / 2.0,
                y + tall / 2.0 - 4.0,
                0.5,
            ));
            for (nis, row, column) in PLACES {
                let (x, y) = corner(row, column);
                let Some(point) = points.iter().find(|point| point.key == nis) else {
                    ink.extend(Ink::frame([x + 0.4, y + 0.4, WIDE - 0.8, TALL - 0.8], 5.0, MAP[0], 0.8));
                    continue;
                };
                let ink_colour = match point.value {
                    Some(value) => {
                        let shade = shade(value, most);
                        let colour = MAP.get(shade).copied().unwrap_or(MAP[0]);
                        ink.extend(Ink::rounded([x, y, WIDE, TALL], 5.0, colour));
                        if shade >= 4 { WHITE } else { INK }
                    }
                    None => {
                        ink.extend(hatched([x, y, WIDE, TALL]));
                        // Letters need a calm ground.
                        ink.extend(Ink::rounded([x + 2.0, y + 2.0, WIDE - 4.0, TALL - 4.0], 4.0, WHITE));
                        INK
                    }
                };
                let name = Style {
                    colour: ink_colour,
                    ..NAME
                };
                let mut line_y = y + 3.5;
                for line in lines(flow.faces, &point.name, name, WIDE - 6.0).into_iter().take(2) {
                    ink.push(super::Flow::set(line, name, x + 4.0, line_y));
                    line_y += name.leading;
                }
                let number = Style {
                    colour: ink_colour,
                    ..NUMBER
                };
                ink.push(label(flow, &point.shown, number, x + WIDE - 4.0, y + TALL - 14.5, 1.0));
            }
            ink.extend(legend(flow, top, most, &points));
            ink
        }),
    })
}

/// 0 for none, 1–5 in equal steps up to the largest.
fn shade(value: f64, most: f64) -> usize {
    if value <= 0.0 {
        return 0;
    }
    (1..=SHADES)
        .find(|step| value <= most * f64::from(u32::try_from(*step).unwrap_or(5)) / 5.0 + f64::EPSILON)
        .unwrap_or(SHADES)
}

/// At the right of the map: what the shades mean.
fn legend(flow: &super::Flow<'_>, top: f32, most: f64, points: &[Point]) -> Vec<Ink> {
    let x = EDGE + 5.0 * (WIDE + GAP) + 14.0;
    let mut ink = Vec::new();
    let mut rows: Vec<(Option<usize>, String)> = vec![(Some(0), "geen".to_owned())];
    for step in 1..=SHADES {
        let members = points
            .iter()
            .filter(|point| point.value.is_some_and(|value| shade(value, most) == step));
        let mut members: Vec<&Point> = members.collect();
        members.sort_by(|a, b| a.value.partial_cmp(&b.value).unwrap_or(std::cmp::Ordering::Equal));
        match (members.first(), members.last()) {
            (Some(one), Some(other)) if one.shown != other.shown => {
                rows.push((Some(step), format!("{} tot {}", one.shown, other.shown)));
            }
            (Some(one), _) => rows.push((Some(step), one.shown.clone())),
            _ => {}
        }
    }
    if points.iter().any(|point| point.value.is_none()) {
        rows.push((None, "niet getoond".to_owned()));
    }
    for (at, (shade, text)) in rows.iter().enumerate() {
        let y = top + 2.0 + as_length(at) * 15.0;
        match shade {
            Some(shade) => {
                let colour = MAP.get(*shade).copied().unwrap_or(MAP[0]);
                ink.extend(Ink::rounded([x, y, 16.0, 10.0], 2.0, colour));
            }
            None => ink.extend(hatched([x, y, 16.0, 10.0])),
        }
        ink.push(label(flow, text, LABEL, x + 22.0, y, 0.0));
    }
    ink
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shades_are_five_equal_steps() {
        assert_eq!(shade(0.0, 100.0), 0);
        assert_eq!([1.0, 20.0, 21.0, 100.0].map(|value| shade(value, 100.0)), [1, 1, 2, 5]);
    }
}
