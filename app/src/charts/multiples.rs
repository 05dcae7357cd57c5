//! Small multiples: the same little picture over and over, on one scale, instead of one crowded picture.

use leptos::prelude::*;

use crate::charts::Point;
use crate::charts::bars::hatch;
use crate::charts::scale::{length, round_up};
use crate::locales::nl::figures::{self as text, Style};

const WIDTH: u32 = 200;
const HEIGHT: u32 = 96;
const TOP: u32 = 14;
const BOTTOM: u32 = 18;
const PLOT: u32 = HEIGHT - TOP - BOTTOM;
const HIDDEN_HEIGHT: u32 = 12;

/// One picture a panel, and a sentence about the scale. `id` must be unique on the page.
pub(crate) fn multiples(id: &str, panels: &[(String, Vec<Point>)], style: Style) -> AnyView {
    let all = panels
        .iter()
        .flat_map(|(name, points)| points.iter().map(move |point| (name, point)));
    let largest = all
        .filter_map(|(name, point)| Some((name, point, point.value.filter(|value| *value > 0)?)))
        .max_by_key(|(.., value)| *value);
    let max = round_up(largest.map_or(0, |(.., value)| value));
    let sentence = largest.map(|(name, point, value)| text::same_scale(name, &point.label, &style.short(Some(value))));
    let pictures = panels
        .iter()
        .enumerate()
        .map(|(place, (name, points))| panel(&format!("{id}-{place}"), name, points, max, style))
        .collect_view();
    view! {
        <p class="figure__remark">{sentence.unwrap_or_else(|| text::NO_VALUES.to_owned())}</p>
        <div class="multiples">{pictures}</div>
    }
    .into_any()
}

fn panel(id: &str, name: &str, points: &[Point], max: u64, style: Style) -> AnyView {
    let (title_id, desc_id, hatch_id) = (format!("{id}-t"), format!("{id}-d"), format!("{id}-h"));
    let count = u32::try_from(points.len().max(1)).unwrap_or(1);
    let step = (WIDTH / count).max(2);
    let width = (step * 3 / 4).clamp(1, 32);
    let base = HEIGHT - BOTTOM;
    let fill = format!("url(#{hatch_id})");
    let columns = points
        .iter()
        .enumerate()
        .map(|(place, point)| {
            let x = u32::try_from(place).unwrap_or(0) * step + (step - width) / 2;
            match point.value {
                None => view! {
                    <rect
                        class="chart__bar chart__bar--hidden"
                        x=x
                        y=base - HIDDEN_HEIGHT
                        width=width
                        height=HIDDEN_HEIGHT
                        fill=fill.clone()
                    ></rect>
                }
                .into_any(),
                Some(value) => {
                    let height = length(value, max, PLOT);
                    view! { <rect class="chart__bar" x=x y=base - height width=width height=height></rect> }.into_any()
                }
            }
        })
        .collect_view();
    let ends = [(points.first(), 0, "start"), (points.last(), WIDTH, "end")].map(|(point, x, anchor)| {
        point.map(|point| {
            view! {
                <text class="chart__label" x=x y=HEIGHT - 3 text-anchor=anchor>
                    {point.short.clone()}
                </text>
            }
        })
    });
    let [first, last] = ends;
    let labelled_by = format!("{title_id} {desc_id}");
    view! {
        <figure class="chart-figure">
            <figcaption class="chart-figure__caption">{name.to_owned()}</figcaption>
            <svg
                class="chart chart--small"
                viewBox=format!("0 0 {WIDTH} {HEIGHT}")
                role="img"
                aria-labelledby=labelled_by
            >
                <title id=title_id>{name.to_owned()}</title>
                <desc id=desc_id>
                    {text::chart_summary(style, Point::largest(points), Point::hidden(points))}
                </desc>
                {hatch(&hatch_id)}
                <line class="chart__grid" x1="0" x2=WIDTH y1=TOP y2=TOP></line>
                <line class="chart__axis" x1="0" x2=WIDTH y1=base y2=base></line>
                {columns}
                {first}
                {last}
            </svg>
        </figure>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::points;

    #[test]
    fn all_panels_have_the_scale_of_the_largest() {
        let panels = [
            ("Wemmel".to_owned(), points(&[("jan", Some(80)), ("feb", None)])),
            ("Asse".to_owned(), points(&[("jan", Some(40))])),
        ];
        let html = multiples("m", &panels, Style::PEOPLE).to_html();
        assert_eq!(html.matches("<svg").count(), 2);
        let heights = format!("height=\"{}\"", length(40, 80, PLOT));
        assert!(html.contains(&heights), "half of the largest: {html}");
        assert!(html.contains("dezelfde schaal") && html.contains("Wemmel"), "{html}");
        assert_eq!(html.matches("chart__bar--hidden").count(), 1, "{html}");
    }

    #[test]
    fn without_values_it_says_so() {
        assert!(multiples("m", &[], Style::PEOPLE).to_html().contains(text::NO_VALUES));
    }
}
