//! The table with the same numbers as a picture: all columns of a figure, one line a row, and the whole.

use domain::{Figure, FigureCell, FigureRow, Unit};
use leptos::prelude::*;

use crate::charts::style;
use crate::locales::nl::figures::{self as text, Shown, Style};

/// A folded table of these figures side by side. They are split by the same dimensions; a figure that lacks a row that
/// the first has, has nothing there: zero.
pub(crate) fn folded(caption: &str, figures: &[&Figure], href: impl Fn(&FigureRow) -> Option<String>) -> AnyView {
    view! {
        <details class="fold">
            <summary class="fold__summary">
                {text::AS_TABLE}
                <span class="visually-hidden">": " {caption.to_owned()}</span>
            </summary>
            <div class="fold__body">{table(caption, figures, href)}</div>
        </details>
    }
    .into_any()
}

/// The same table, open.
pub(crate) fn table(caption: &str, figures: &[&Figure], href: impl Fn(&FigureRow) -> Option<String>) -> AnyView {
    let Some(first) = figures.first() else {
        return ().into_any();
    };
    let keys = first
        .by
        .iter()
        .map(|dimension| view! { <th scope="col">{dimension.label_nl()}</th> })
        .collect_view();
    let headings = figures
        .iter()
        .flat_map(|figure| &figure.columns)
        .map(|column| {
            let class = number_class(column.unit);
            view! {
                <th scope="col" class=class>
                    {column.label.clone()}
                </th>
            }
        })
        .collect_view();
    let rows = first
        .rows
        .iter()
        .map(|row| line(first, row, figures, href(row).as_deref()))
        .collect_view();
    let total = figures
        .iter()
        .flat_map(|figure| cells(figure, Some(&figure.total)))
        .collect_view();
    // Without a dimension there is only the whole, and nothing that it could be the sum of.
    let foot = match first.by.len() {
        0 => view! { <tr>{total}</tr> }.into_any(),
        keys => view! {
            <tr>
                <th scope="row" colspan=(keys > 1).then(|| keys.to_string())>
                    {text::TOTAL}
                </th>
                {total}
            </tr>
        }
        .into_any(),
    };
    let body = if first.by.is_empty() {
        view! { <tbody>{foot}</tbody> }.into_any()
    } else {
        view! {
            <tbody>{rows}</tbody>
            <tfoot>{foot}</tfoot>
        }
        .into_any()
    };
    wrapped(
        caption,
        view! {
            <thead>
                <tr>{keys} {headings}</tr>
            </thead>
            {body}
        }
        .into_any(),
    )
}

/// A table in a frame that scrolls by itself, with the keyboard too: never the page.
pub(crate) fn wrapped(caption: &str, inside: AnyView) -> AnyView {
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=caption.to_owned()>
            <table class="table">
                <caption class="table__caption">{caption.to_owned()}</caption>
                {inside}
            </table>
        </div>
    }
    .into_any()
}

fn line(first: &Figure, row: &FigureRow, figures: &[&Figure], href: Option<&str>) -> AnyView {
    let mut names = row.key.iter().enumerate().map(|(place, key)| {
        let name = row.names.get(place).unwrap_or(key).clone();
        match (place, href) {
            (0, Some(href)) => view! { <a href=href.to_owned()>{name}</a> }.into_any(),
            _ => name.into_any(),
        }
    });
    let head = names.next().map(|name| view! { <th scope="row">{name}</th> });
    let rest = names.map(|name| view! { <td>{name}</td> }).collect_view();
    let values = figures
        .iter()
        .flat_map(|figure| {
            let same = if std::ptr::eq(*figure, first) {
                Some(row)
            } else {
                figure.rows.iter().find(|other| other.key == row.key)
            };
            cells(figure, same)
        })
        .collect_view();
    view! {
        <tr>
            {head}
            {rest}
            {values}
        </tr>
    }
    .into_any()
}

/// The cells of one row of one figure.
fn cells(figure: &Figure, row: Option<&FigureRow>) -> Vec<AnyView> {
    let nothing = FigureCell::count(0);
    let cells = figure.columns.iter().enumerate().map(|(place, column)| {
        let found = match row {
            Some(row) => row.cells.get(place).unwrap_or(&FigureCell::Nothing),
            None => &nothing,
        };
        cell(style(figure, &column.name), found)
    });
    cells.collect()
}

fn number_class(unit: Unit) -> Option<&'static str> {
    (!matches!(unit, Unit::Text | Unit::Day)).then_some("table__number")
}

/// One cell.
fn cell(style: Style, cell: &FigureCell) -> AnyView {
    let class = match (cell.is_hidden(), number_class(style.unit)) {
        (true, _) => Some("table__number table__hidden"),
        (false, class) => class,
    };
    view! { <td class=class>{content(style.shown(cell))}</td> }.into_any()
}

/// What is seen, and for who hears it why it is no number.
pub(crate) fn content(shown: Shown) -> AnyView {
    let Shown { text, reason } = shown;
    match reason {
        None => text.into_any(),
        Some(reason) => view! {
            <span title=reason.clone()>{text}</span>
            <span class="visually-hidden">" (" {reason} ")"</span>
        }
        .into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::samples;
    use domain::Dimension;

    #[test]
    fn the_table_says_what_the_picture_says_and_hides_what_it_hides() {
        let mut figure = samples::by(
            Dimension::Municipality,
            &[("a", Some(1204)), ("b", None), ("c", Some(0))],
        );
        figure.total.cells[0] = FigureCell::Hidden;
        let html = folded("Deelnemers", &[&figure], |row| {
            (row.key[0] == "a").then(|| "/a?b&c".to_owned())
        })
        .to_html();
        assert!(html.contains("1.204") && html.contains("&lt;5"), "{html}");
        assert!(
            html.contains("<caption") && html.contains("scope=\"row\"") && html.contains("scope=\"col\""),
            "{html}"
        );
        assert!(html.contains("<a href=\"/a?b&amp;c\">Naam a</a>"), "{html}");
        assert_eq!(
            html.matches("table__hidden").count(),
            2,
            "one cell and the total: {html}"
        );
    }

    #[test]
    fn figures_side_by_side_are_matched_by_key_and_not_by_place() {
        let people = samples::by(Dimension::Month, &[("2026-01", Some(7)), ("2026-02", Some(8))]);
        let visits = samples::by(Dimension::Month, &[("2026-02", Some(80))]);
        let html = table("Samen", &[&people, &visits], |_| None).to_html();
        let january = &html[html.find("Naam 2026-01").unwrap()..html.find("Naam 2026-02").unwrap()];
        assert!(january.contains(">7<") && january.contains(">0<"), "{january}");
    }

    #[test]
    fn one_number_is_a_table_of_one_line() {
        let figure = samples::by(Dimension::Month, &[]);
        let whole = Figure {
            by: Vec::new(),
            ..figure
        };
        let html = table("Deelnemers", &[&whole], |_| None).to_html();
        assert!(html.contains("<tbody>") && !html.contains("<tfoot>"), "{html}");
    }
}
