//! The municipalities as tiles of the same size, placed as on the map (the style sheet knows where).

use leptos::prelude::*;

use crate::charts::Point;
use crate::locales::nl::figures::{self as text, Style};

/// Shades above "none".
const SHADES: u64 = 5;

/// Signs of a value that fit on a tile in large type.
const ROOM: usize = 4;

/// Soft hyphens for names that do not fit on a tile.
const BREAKS: [(&str, &str); 15] = [
    ("Sint-Genesius-Rode", "Sint-Gene\u{ad}sius-Rode"),
    ("Wezembeek-Oppem", "Wezem\u{ad}beek-Oppem"),
    ("Grimbergen", "Grim\u{ad}bergen"),
    ("Drogenbos", "Drogen\u{ad}bos"),
    ("Linkebeek", "Linke\u{ad}beek"),
    ("Hoeilaart", "Hoei\u{ad}laart"),
    ("Machelen", "Mache\u{ad}len"),
    ("Zaventem", "Zaven\u{ad}tem"),
    ("Vilvoorde", "Vil\u{ad}voorde"),
    ("Merchtem", "Merch\u{ad}tem"),
    ("Overijse", "Over\u{ad}ijse"),
    ("Tervuren", "Ter\u{ad}vuren"),
    ("Kraainem", "Kraai\u{ad}nem"),
    ("Beersel", "Beer\u{ad}sel"),
    ("Dilbeek", "Dil\u{ad}beek"),
];

fn broken(name: &str) -> String {
    BREAKS
        .iter()
        .find(|(whole, _)| *whole == name)
        .map_or_else(|| name.to_owned(), |(_, parts)| (*parts).to_owned())
}

/// The shade of a value: 0 for none, 1–5 in equal steps up to the largest.
pub(crate) fn shade(value: u64, largest: u64) -> u64 {
    if value == 0 || largest == 0 {
        0
    } else {
        value.saturating_mul(SHADES).div_ceil(largest).clamp(1, SHADES)
    }
}

/// The map. Points need the municipality's five-digit code as key; `href` is where a tile leads, if anywhere, and
/// `chosen` the code of the municipality that the page is about.
pub(crate) fn tile_map(
    label: String,
    points: &[Point],
    style: Style,
    chosen: Option<&str>,
    href: impl Fn(&Point) -> Option<String>,
) -> AnyView {
    let largest = Point::largest(points).map_or(0, |(_, value)| value);
    let tiles = points
        .iter()
        .map(|point| {
            let tone = point.value.map_or_else(
                || "tile--hidden".to_owned(),
                |v| format!("tile--l{}", shade(v, largest)),
            );
            let mark = if chosen == Some(point.key.as_str()) {
                " tile--chosen"
            } else {
                ""
            };
            let class = format!("tile tile-{} {tone}{mark}", point.key);
            let spoken = point
                .value
                .is_none()
                .then(|| view! { <span class="visually-hidden">" (" {style.hidden_reason()} ")"</span> });
            let value = style.bare(point.value);
            let value_class = if value.chars().count() > ROOM {
                "tile__value tile__value--long"
            } else {
                "tile__value"
            };
            let content = view! {
                <span class="tile__name">{broken(&point.label)}</span>
                " "
                <span class=value_class>{value} {spoken}</span>
            };
            match href(point) {
                Some(href) => view! {
                    <li class=class>
                        <a class="tile__link" href=href>
                            {content}
                        </a>
                    </li>
                }
                .into_any(),
                None => view! { <li class=class>{content}</li> }.into_any(),
            }
        })
        .collect_view();
    view! {
        <ol class="tilemap" aria-label=label>
            {tiles}
            <li class="tile tile--brussels" aria-hidden="true">
                <span class="tile__name">{text::BRUSSELS}</span>
            </li>
        </ol>
        {legend(largest, style, Point::hidden(points) > 0)}
    }
    .into_any()
}

/// What the shades mean.
pub(crate) fn legend(largest: u64, style: Style, hidden: bool) -> AnyView {
    let none = view! {
        <li class="legend__item">
            <span class="legend__swatch tile--l0"></span>
            {text::NOTHING}
        </li>
    };
    let shades = ranges(largest)
        .into_iter()
        .map(|(shade, from, to)| {
            let class = format!("legend__swatch tile--l{shade}");
            let (from, to) = (style.short(Some(from)), style.short(Some(to)));
            let range = if from == to { from } else { format!("{from}–{to}") };
            view! {
                <li class="legend__item">
                    <span class=class></span>
                    {range}
                </li>
            }
        })
        .collect_view();
    let hidden = hidden.then(|| {
        view! {
            <li class="legend__item">
                <span class="legend__swatch tile--hidden"></span>
                {text::HIDDEN_LEGEND}
            </li>
        }
    });
    view! {
        <ol class="legend">
            {none} {shades} {hidden}
        </ol>
    }
    .into_any()
}

/// The values of each shade that has any: shade, first, last.
fn ranges(largest: u64) -> Vec<(u64, u64, u64)> {
    let mut ranges = Vec::new();
    let mut from = 1;
    for step in 1..=SHADES {
        let to = largest * step / SHADES;
        if to >= from {
            ranges.push((step, from, to));
            from = to + 1;
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::points;

    #[test]
    fn the_legend_says_what_the_shades_do() {
        for largest in [0, 1, 3, 5, 9, 41, 312] {
            for (step, from, to) in ranges(largest) {
                assert_eq!(
                    (shade(from, largest), shade(to, largest)),
                    (step, step),
                    "{largest}: {from}–{to}"
                );
            }
        }
    }

    #[test]
    fn a_hidden_municipality_is_neither_empty_nor_zero() {
        let html = tile_map(
            "Kaart".to_owned(),
            &points(&[("23102", None), ("23002", Some(0)), ("24104", Some(8))]),
            Style::PEOPLE,
            Some("24104"),
            |point| (point.key == "23002").then(|| "/cijfers/participants?gemeente=23002".to_owned()),
        )
        .to_html();
        assert!(
            html.contains("tile-23102 tile--hidden") && html.contains("&lt;5"),
            "{html}"
        );
        assert!(
            html.contains("tile-23002 tile--l0") && html.contains("tile-24104 tile--l5 tile--chosen"),
            "{html}"
        );
        assert_eq!(html.matches("<a ").count(), 1, "{html}");
    }

    #[test]
    fn long_names_may_break() {
        assert_eq!(broken("Drogenbos"), "Drogen\u{ad}bos");
        assert_eq!(broken("Asse"), "Asse");
    }
}
