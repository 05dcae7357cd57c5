//! A change with its interval: a dot for the estimate, a line for how low and how high it may well be, and where
//! "as many as before" lies.

use leptos::prelude::*;
use report::dutch::decimal;

use crate::locales::nl::figures as text;

const WIDTH: u32 = 320;
const LEFT: f64 = 8.0;
const RIGHT: f64 = 312.0;
const ROW: u32 = 48;
/// The axis with its words.
const AXIS: u32 = 44;

/// One estimate: a ratio of this period to the other.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Estimate {
    /// Of what.
    pub(crate) label: String,
    /// Estimate, least, most; `None` says why in words.
    pub(crate) value: Result<[f64; 3], String>,
}

/// From `1 / reach` to `reach`, the same distance on both sides: half as many is as far as twice as many.
fn reach(estimates: &[Estimate]) -> f64 {
    let known = estimates
        .iter()
        .filter_map(|estimate| estimate.value.as_ref().ok())
        .flatten();
    let farthest = known
        .filter(|value| value.is_finite() && **value > 0.0)
        .map(|value| value.max(1.0 / value))
        .fold(1.25, f64::max);
    [1.25, 1.5, 2.0, 3.0, 4.0, 6.0]
        .into_iter()
        .find(|limit| farthest <= *limit)
        .unwrap_or(10.0)
}

fn x(ratio: f64, reach: f64) -> f64 {
    let part = if ratio > 0.0 {
        (ratio.ln() / reach.ln()).clamp(-1.0, 1.0)
    } else {
        -1.0
    };
    LEFT + (RIGHT - LEFT) * f64::midpoint(part, 1.0)
}

/// The picture. `id` must be unique on the page.
pub(crate) fn whisker(id: &str, title: &str, estimates: &[Estimate]) -> AnyView {
    let (title_id, desc_id) = (format!("{id}-t"), format!("{id}-d"));
    let reach = reach(estimates);
    let rows = estimates
        .iter()
        .enumerate()
        .map(|(place, estimate)| row(u32::try_from(place).unwrap_or(0) * ROW, estimate, reach))
        .collect_view();
    let bottom = u32::try_from(estimates.len()).unwrap_or(0) * ROW + 4;
    let ticks = [1.0 / reach, 1.0, reach]
        .map(|ratio| {
            let at = x(ratio, reach);
            let anchor = if ratio < 1.0 {
                "start"
            } else if ratio > 1.0 {
                "end"
            } else {
                "middle"
            };
            let (words, class) = if anchor == "middle" {
                (text::AS_MANY.to_owned(), "chart__axis")
            } else {
                (text::times(ratio), "chart__grid")
            };
            view! {
                <line class=class x1=number(at) x2=number(at) y1="0" y2=bottom></line>
                <text class="chart__label" x=number(at) y=bottom + 18 text-anchor=anchor>
                    {words}
                </text>
            }
        })
        .into_iter()
        .collect_view();
    let summary: Vec<String> = estimates
        .iter()
        .map(|estimate| match &estimate.value {
            Ok([value, low, high]) => format!(
                "{}: {} keer zo veel, met een marge van {} tot {}.",
                estimate.label,
                decimal(*value, 2),
                decimal(*low, 2),
                decimal(*high, 2)
            ),
            Err(why) => format!("{}: {why}.", estimate.label),
        })
        .collect();
    let labelled_by = format!("{title_id} {desc_id}");
    view! {
        <svg
            class="chart chart--whisker"
            viewBox=format!("0 0 {WIDTH} {}", bottom + AXIS - 20)
            role="img"
            aria-labelledby=labelled_by
        >
            <title id=title_id>{title.to_owned()}</title>
            <desc id=desc_id>{summary.join(" ")}</desc>
            {ticks}
            {rows}
        </svg>
    }
    .into_any()
}

fn row(y: u32, estimate: &Estimate, reach: f64) -> AnyView {
    let middle = y + 32;
    let label = text::cut(&estimate.label, 40);
    match &estimate.value {
        Ok([value, low, high]) => {
            let [value, low, high] = [*value, *low, *high].map(|ratio| number(x(ratio, reach)));
            view! {
                <text class="chart__name" x="8" y=y + 15>
                    {label}
                </text>
                <line class="chart__whisker" x1=low.clone() x2=high.clone() y1=middle y2=middle></line>
                <line class="chart__whisker" x1=low.clone() x2=low y1=middle - 6 y2=middle + 6></line>
                <line class="chart__whisker" x1=high.clone() x2=high y1=middle - 6 y2=middle + 6></line>
                <circle class="chart__dot" cx=value cy=middle r="6"></circle>
            }
            .into_any()
        }
        Err(why) => view! {
            <text class="chart__name" x="8" y=y + 15>
                {label}
            </text>
            <text class="chart__label" x="8" y=y + 37>
                {why.clone()}
            </text>
        }
        .into_any(),
    }
}

fn number(value: f64) -> String {
    format!("{value:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_is_as_far_to_the_left_as_double_is_to_the_right() {
        let left = x(1.0, 2.0) - x(0.5, 2.0);
        let right = x(2.0, 2.0) - x(1.0, 2.0);
        assert!((left - right).abs() < 0.001);
        assert!((x(0.0, 2.0) - LEFT).abs() < 0.001, "nothing at all is at the edge");
        assert!((x(99.0, 2.0) - RIGHT).abs() < 0.001);
    }

    #[test]
    fn the_interval_is_drawn_and_said_and_what_is_hidden_says_so() {
        let estimates = [
            Estimate {
                label: "Deelnemers".to_owned(),
                value: Ok([1.25, 1.05, 1.48]),
            },
            Estimate {
                label: "Bezoeken".to_owned(),
                value: Err("niet getoond".to_owned()),
            },
        ];
        let html = whisker("w", "Verschil", &estimates).to_html();
        assert_eq!(html.matches("<circle").count(), 1, "{html}");
        assert!(html.contains("met een marge van 1,05 tot 1,48."), "{html}");
        assert!(html.contains("niet getoond"), "{html}");
    }
}
