//! Bars side by side, longest first: one for each municipality.

use leptos::prelude::*;

use crate::charts::Point;
use crate::charts::scale::{length, round_up};
use crate::locales::nl::{self, figures as text};

const WIDTH: u32 = 360;
const ROW: u32 = 26;
const BAR: u32 = 16;
/// Room for the longest name, `Sint-Genesius-Rode`.
const LABEL: u32 = 136;
/// Room for the number behind the longest bar.
const NUMBER: u32 = 52;
const PLOT: u32 = WIDTH - LABEL - NUMBER;
/// Length of a hidden bar: clearly there, and saying nothing about its value.
const HIDDEN_LENGTH: u32 = 28;

/// The picture. `id` must be unique on the page.
pub(crate) fn bars(id: &'static str, title: &str, points: &[Point]) -> AnyView {
    let (title_id, desc_id, hatch_id) = (format!("{id}-t"), format!("{id}-d"), format!("{id}-h"));
    let max = round_up(Point::largest(points).map_or(0, |(_, value)| value));
    let mut sorted: Vec<&Point> = points.iter().collect();
    // Hidden ones after all others: their place must say nothing about their value.
    sorted.sort_by_key(|point| {
        (
            point.value.is_none(),
            std::cmp::Reverse(point.value),
            point.label.clone(),
        )
    });
    let fill = format!("url(#{hatch_id})");
    let rows = sorted
        .into_iter()
        .enumerate()
        .map(|(place, point)| row(u32::try_from(place).unwrap_or(0) * ROW, point, max, &fill))
        .collect_view();
    let height = u32::try_from(points.len().max(1)).unwrap_or(1) * ROW;
    let summary = text::chart_summary(Point::largest(points), Point::hidden(points));
    let labelled_by = format!("{title_id} {desc_id}");
    view! {
        <svg
            class="chart"
            viewBox=format!("0 0 {WIDTH} {height}")
            role="img"
            aria-labelledby=labelled_by
        >
            <title id=title_id>{title.to_owned()}</title>
            <desc id=desc_id>{summary}</desc>
            {hatch(&hatch_id)}
            <line class="chart__axis" x1=LABEL x2=LABEL y1="0" y2=height></line>
            {rows}
        </svg>
    }
    .into_any()
}

fn row(y: u32, point: &Point, max: u64, fill: &str) -> AnyView {
    let top = y + (ROW - BAR) / 2;
    let text_y = top + BAR - 3;
    let (bar, end) = match point.value {
        None => {
            let fill = fill.to_owned();
            let bar = view! {
                <rect
                    class="chart__bar chart__bar--hidden"
                    x=LABEL
                    y=top
                    width=HIDDEN_LENGTH
                    height=BAR
                    fill=fill
                ></rect>
            };
            (bar.into_any(), LABEL + HIDDEN_LENGTH)
        }
        Some(value) => {
            let width = length(value, max, PLOT);
            let bar = view! { <rect class="chart__bar" x=LABEL y=top width=width height=BAR></rect> };
            (bar.into_any(), LABEL + width)
        }
    };
    view! {
        <text class="chart__label" x=LABEL - 8 y=text_y text-anchor="end">
            {point.label.clone()}
        </text>
        {bar}
        <text class="chart__value" x=end + 6 y=text_y>
            {value(point.value)}
        </text>
    }
    .into_any()
}

fn value(value: Option<u64>) -> String {
    value.map_or_else(|| text::HIDDEN.to_owned(), nl::number)
}

/// The pattern of what is hidden.
pub(crate) fn hatch(id: &str) -> AnyView {
    leptos::tachys::html::InertElement::new(format!(
        "<defs><pattern id=\"{id}\" class=\"chart__hatch\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\" \
         patternTransform=\"rotate(45)\"><rect class=\"chart__hatch-ground\" width=\"8\" height=\"8\"></rect>\
         <rect class=\"chart__hatch-line\" width=\"3\" height=\"8\"></rect></pattern></defs>"
    ))
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::points;

    #[test]
    fn the_longest_is_first_and_the_hidden_are_last() {
        let html = bars(
            "g",
            "Deelnemers",
            &points(&[("a", None), ("b", Some(3)), ("c", Some(9)), ("d", Some(0))]),
        )
        .to_html();
        let at = |name: &str| {
            html.find(&format!("{name}</text>"))
                .unwrap_or_else(|| html.find(name).unwrap_or(0))
        };
        assert!(
            at("Naam c") < at("Naam b") && at("Naam b") < at("Naam d") && at("Naam d") < at("Naam a"),
            "{html}"
        );
        assert_eq!(html.matches("chart__bar--hidden").count(), 1);
        assert!(html.contains("patternUnits"), "SVG names keep their capitals: {html}");
    }
}
