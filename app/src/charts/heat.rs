//! Cohorts as a table that is shaded by share: who is still there after months. Text in every cell, so that nothing is
//! said by colour alone.

use domain::{Figure, FigureCell, FigureColumn, Unit};
use leptos::prelude::*;

use crate::charts::style;
use crate::charts::table::{content, wrapped};
use crate::locales::nl::figures as text;

/// The table: one line a month of issue (and the whole), the number issued, and the share columns shaded.
pub(crate) fn heat(caption: &str, figure: &Figure) -> AnyView {
    let counted = figure.columns.iter().find(|column| column.unit != Unit::Share);
    let shares: Vec<&FigureColumn> = figure
        .columns
        .iter()
        .filter(|column| column.unit == Unit::Share)
        .collect();
    let columns: Vec<&FigureColumn> = counted.into_iter().chain(shares).collect();
    let heads = columns
        .iter()
        .map(|column| {
            view! {
                <th scope="col" class="table__number">
                    {column.label.clone()}
                </th>
            }
        })
        .collect_view();
    let line = |name: String, row: &domain::FigureRow| {
        let cells = columns
            .iter()
            .map(|column| {
                let cell = figure.cell(row, &column.name).unwrap_or(&FigureCell::Nothing);
                let class = format!("table__number cross__cell {}", tone(cell));
                // The interval is in the table below: here it would hide the pattern.
                let shown = style(figure, &column.name).without_interval(cell);
                view! {
                    <td class=class>
                        <span class="cross__value">{content(shown)}</span>
                    </td>
                }
            })
            .collect_view();
        view! {
            <tr>
                <th scope="row">{name}</th>
                {cells}
            </tr>
        }
    };
    let rows = figure
        .rows
        .iter()
        .map(|row| line(row.names.first().or(row.key.first()).cloned().unwrap_or_default(), row))
        .collect_view();
    let total = line(text::TOTAL.to_owned(), &figure.total);
    let first = figure.by.first().map_or(text::ISSUED_IN, |dimension| match dimension {
        domain::Dimension::Month => text::ISSUED_IN,
        other => other.label_nl(),
    });
    let inside = view! {
        <thead>
            <tr>
                <th scope="col">{first}</th>
                {heads}
            </tr>
        </thead>
        <tbody>{rows}</tbody>
        <tfoot>{total}</tfoot>
    };
    view! { <div class="cross">{wrapped(caption, inside.into_any())}</div> }.into_any()
}

/// The shade of a cell: five steps of twenty percent.
fn tone(cell: &FigureCell) -> &'static str {
    const TONES: [(f64, &str); 5] = [
        (0.0, "tile--l0"),
        (0.2, "tile--l1"),
        (0.4, "tile--l2"),
        (0.6, "tile--l3"),
        (0.8, "tile--l4"),
    ];
    match cell {
        FigureCell::Estimate { value, .. } => TONES
            .iter()
            .find(|(limit, _)| value <= limit)
            .map_or("tile--l5", |(_, tone)| tone),
        FigureCell::Hidden => "tile--hidden table__hidden",
        FigureCell::Count { .. } => "",
        _ => "cross__cell--absent",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::samples::figure;
    use domain::{Dimension, FigureCode};

    #[test]
    fn every_cell_has_text_and_what_is_too_early_is_not_zero() {
        let share = |value: f64| FigureCell::Estimate {
            value,
            low: value - 0.1,
            high: value + 0.1,
        };
        let retention = figure(
            FigureCode::Retention,
            &[Dimension::Month],
            &[
                ("issued", Unit::People),
                ("after_1", Unit::People),
                ("share_1", Unit::Share),
                ("share_3", Unit::Share),
            ],
            vec![
                (
                    vec!["2026-01"],
                    vec![FigureCell::count(40), FigureCell::count(20), share(0.5), share(0.9)],
                ),
                (
                    vec!["2026-11"],
                    vec![
                        FigureCell::count(30),
                        FigureCell::Hidden,
                        FigureCell::Hidden,
                        FigureCell::TooEarly,
                    ],
                ),
            ],
            vec![
                FigureCell::count(70),
                FigureCell::Hidden,
                share(0.4),
                FigureCell::TooFew,
            ],
        );
        let html = heat("Nog erbij", &retention).to_html();
        assert!(html.contains("50,0\u{a0}%") && !html.contains("(40"), "{html}");
        assert!(
            html.contains("te vroeg") && html.contains("te weinig gegevens"),
            "{html}"
        );
        assert!(html.contains("tile--l5") && html.contains("tile--hidden"), "{html}");
        assert!(!html.contains("Kolom after_1"), "shares only: {html}");
    }
}
