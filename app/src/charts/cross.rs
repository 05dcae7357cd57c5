//! A table of two dimensions, shaded by value: the picture and its table in one. Hidden cells are hatched, each with its
//! reason.

use std::collections::HashMap;

use domain::{Figure, FigureCell};
use leptos::prelude::*;

use crate::charts::table::{content, wrapped};
use crate::charts::tile_map::{legend, shade};
use crate::charts::{Point, month_short, style, value};
use crate::locales::nl::figures::{self as text, Style};

/// One side of the table: keys with their names, in order, and the totals when they are known.
#[derive(Debug, Clone, Default)]
struct Side {
    heading: &'static str,
    entries: Vec<(String, String)>,
    totals: HashMap<String, FigureCell>,
}

impl Side {
    /// The keys of dimension `place` in the order of `totals`, and then those that it lacks.
    fn of(figure: &Figure, place: usize, totals: Option<&Figure>, column: &str) -> Self {
        let mut side = Self {
            heading: figure.by.get(place).map_or("", |dimension| dimension.label_nl()),
            ..Self::default()
        };
        let of_totals = totals.into_iter().flat_map(|known| &known.rows).map(|row| (row, 0));
        for (row, place) in of_totals.chain(figure.rows.iter().map(|row| (row, place))) {
            let Some(key) = row.key.get(place) else { continue };
            if !side.entries.iter().any(|(known, _)| known == key) {
                let name = row.names.get(place).unwrap_or(key).clone();
                side.entries.push((key.clone(), name));
            }
        }
        for row in totals.into_iter().flat_map(|known| &known.rows) {
            if let (Some(key), Some(cell)) = (row.key.first(), totals.and_then(|known| known.cell(row, column))) {
                side.totals.insert(key.clone(), cell.clone());
            }
        }
        side
    }
}

/// The table of `column`. `margins` are the same figure by the first and by the second dimension alone, for the totals.
/// The dimension with more keys goes down, months always do: a phone scrolls that way. `href` is where the name of a key of
/// that dimension (0 or 1) leads.
pub(crate) fn cross(
    caption: &str,
    figure: &Figure,
    column: &str,
    margins: [Option<&Figure>; 2],
    href: impl Fn(usize, &str) -> Option<String>,
) -> AnyView {
    let style = style(figure, column);
    let cells: HashMap<(&str, &str), &FigureCell> = figure
        .rows
        .iter()
        .filter_map(|row| match row.key.as_slice() {
            [one, two] => Some(((one.as_str(), two.as_str()), figure.cell(row, column)?)),
            _ => None,
        })
        .collect();
    let sides = [0, 1].map(|place| Side::of(figure, place, margins[place], column));
    let turned = sides[1].entries.len() > sides[0].entries.len();
    let [mut down, mut across] = sides;
    if turned {
        std::mem::swap(&mut down, &mut across);
    }
    let nothing = FigureCell::count(0);
    let find = |row: &str, head: &str| {
        let key = if turned { (head, row) } else { (row, head) };
        cells.get(&key).copied().unwrap_or(&nothing)
    };
    let largest = figure
        .rows
        .iter()
        .filter_map(|row| value(figure.cell(row, column)?)?)
        .max()
        .unwrap_or(0);
    let (place_down, place_across) = (usize::from(turned), usize::from(!turned));
    let heads = across
        .entries
        .iter()
        .map(|(key, name)| {
            let name = linked(short(key, name), href(place_across, key));
            view! {
                <th scope="col" class="table__number">
                    {name}
                </th>
            }
        })
        .collect_view();
    let rows = down
        .entries
        .iter()
        .map(|(row, name)| {
            let values = across
                .entries
                .iter()
                .map(|(head, _)| shaded(style, find(row, head), largest))
                .collect_view();
            view! {
                <tr>
                    <th scope="row">{linked(name.clone(), href(place_down, row))}</th>
                    {values}
                    {total(style, down.totals.get(row))}
                </tr>
            }
        })
        .collect_view();
    let totals = across
        .entries
        .iter()
        .map(|(key, _)| total(style, across.totals.get(key)))
        .collect_view();
    let corner = format!("{} \\ {}", down.heading, across.heading);
    let inside = view! {
        <thead>
            <tr>
                <th scope="col">{corner}</th>
                {heads}
                <th scope="col" class="table__number">
                    {text::TOTAL}
                </th>
            </tr>
        </thead>
        <tbody>{rows}</tbody>
        <tfoot>
            <tr>
                <th scope="row">{text::TOTAL}</th>
                {totals}
                {total(style, figure.total_cell(column))}
            </tr>
        </tfoot>
    };
    let hidden = cells.values().filter(|cell| cell.is_hidden()).count();
    let remark = (hidden > 0 && largest == 0).then(|| view! { <p class="figure__remark">{text::ALL_HIDDEN}</p> });
    view! {
        {remark}
        <div class="cross">{wrapped(caption, inside.into_any())} {legend(largest, style, hidden > 0)}</div>
    }
    .into_any()
}

fn linked(name: String, href: Option<String>) -> AnyView {
    match href {
        Some(href) => view! { <a href=href>{name}</a> }.into_any(),
        None => name.into_any(),
    }
}

/// A month over a column has room for its year and three letters only.
fn short(key: &str, name: &str) -> String {
    match month_short(key) {
        month if month != key => format!("{month} {}", key.split('-').next().unwrap_or_default()),
        _ => name.to_owned(),
    }
}

fn shaded(style: Style, cell: &FigureCell, largest: u64) -> AnyView {
    let class = match value(cell) {
        None => "table__number cross__cell".to_owned(),
        Some(None) => "table__number cross__cell tile--hidden table__hidden".to_owned(),
        Some(Some(value)) => format!("table__number cross__cell tile--l{}", shade(value, largest)),
    };
    view! {
        <td class=class>
            <span class="cross__value">{content(style.shown(cell))}</span>
        </td>
    }
    .into_any()
}

fn total(style: Style, cell: Option<&FigureCell>) -> AnyView {
    let cell = cell.unwrap_or(&FigureCell::Nothing);
    let class = if cell.is_hidden() {
        "table__number table__hidden cross__total"
    } else {
        "table__number cross__total"
    };
    view! { <td class=class>{content(style.shown(cell))}</td> }.into_any()
}

/// Each key of the first dimension with its values along the second: what small multiples draw.
pub(crate) fn panels(figure: &Figure, column: &str, along: usize) -> Vec<(String, Vec<Point>)> {
    let mut panels: Vec<(String, String, Vec<Point>)> = Vec::new();
    for row in &figure.rows {
        let (Some(key), Some(other)) = (row.key.get(along), row.key.get(1 - along)) else {
            continue;
        };
        let Some(value) = figure.cell(row, column).and_then(value) else {
            continue;
        };
        let point = Point {
            key: key.clone(),
            label: row.names.get(along).unwrap_or(key).clone(),
            short: month_short(key),
            value,
        };
        match panels.iter_mut().find(|(known, ..)| known == other) {
            Some((_, _, points)) => points.push(point),
            None => {
                let name = row.names.get(1 - along).unwrap_or(other).clone();
                panels.push((other.clone(), name, vec![point]));
            }
        }
    }
    panels.into_iter().map(|(_, name, points)| (name, points)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::samples::{by, by_two};
    use domain::Dimension::{AgeBand, Month, Municipality};

    #[test]
    fn every_pair_has_a_cell_and_a_hidden_one_is_hatched_with_its_reason() {
        let figure = by_two(
            [Municipality, AgeBand],
            &[
                ("23102", "0-11", Some(8)),
                ("23102", "65+", None),
                ("23002", "0-11", Some(41)),
            ],
        );
        let one = by(
            Municipality,
            &[("23102", Some(12)), ("23002", Some(41)), ("23003", Some(0))],
        );
        let html = cross("Deelnemers", &figure, "participants", [Some(&one), None], |_, _| None).to_html();
        assert_eq!(html.matches("cross__cell").count(), 6, "three by two: {html}");
        assert_eq!(html.matches("cross__cell tile--hidden").count(), 1, "{html}");
        assert!(html.contains("Minder dan 5 mensen"), "{html}");
        assert!(html.contains("tile--l5") && html.contains("tile--l0"), "{html}");
    }

    #[test]
    fn the_longer_side_goes_down_whatever_came_first() {
        let figure = by_two(
            [AgeBand, Municipality],
            &[
                ("65+", "23102", Some(9)),
                ("65+", "23002", Some(7)),
                ("65+", "23003", Some(1)),
            ],
        );
        let html = cross("Deelnemers", &figure, "participants", [None, None], |place, key| {
            (place == 1).then(|| format!("/x?gemeente={key}"))
        })
        .to_html();
        assert!(html.contains("Gemeente \\ Leeftijd"), "{html}");
        assert!(
            html.contains("<th scope=\"row\"><a href=\"/x?gemeente=23102\">"),
            "{html}"
        );
    }

    #[test]
    fn panels_keep_what_is_hidden() {
        let figure = by_two(
            [Municipality, Month],
            &[
                ("23102", "2026-01", Some(8)),
                ("23102", "2026-02", None),
                ("23002", "2026-01", Some(3)),
            ],
        );
        let panels = panels(&figure, "participants", 1);
        assert_eq!(panels.len(), 2);
        assert_eq!(panels[0].1.len(), 2);
        assert_eq!((panels[0].1[1].value, panels[0].1[0].short.as_str()), (None, "jan"));
    }
}
