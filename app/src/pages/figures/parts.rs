//! What every page of figures has: the choices, where it is, how it was counted, and its files.

use domain::{Dimension, Figure, FigureCode};
use leptos::prelude::*;
use storage::Names;

use super::address::{Asked, Rules, Wrong};
use super::periods;
use super::query::compares;
use crate::charts::style;
use crate::components::field::{Choice, Input, select};
use crate::components::icon::icon;
use crate::components::notice::{Tone, notice};
use crate::forms::{Filled, Typed};
use crate::locales::nl::figures::{self as text, slug};

/// One notice for each thing in the address that could not be taken.
pub(super) fn notices(wrong: &[Wrong]) -> AnyView {
    wrong
        .iter()
        .map(|wrong| notice(Tone::Wait, wrong.words()))
        .collect_view()
        .into_any()
}

/// The form with the choices: period and comparison, and on the page of a figure which one and how it is split. It only
/// ever leads to an address.
pub(super) fn chooser(asked: &Asked, rules: Rules, figure: Option<(FigureCode, Vec<Dimension>)>) -> AnyView {
    let by = |place: usize| {
        asked
            .by
            .get(place)
            .map(|dimension| slug(*dimension))
            .unwrap_or_default()
    };
    let typed: Typed = [
        (
            "cijfer",
            figure.as_ref().map(|(code, _)| code.to_string()).unwrap_or_default(),
        ),
        ("periode", asked.period.to_string()),
        (
            "vergelijk",
            asked.compare.map(|other| other.to_string()).unwrap_or_default(),
        ),
        ("per", by(0).to_owned()),
        ("en", by(1).to_owned()),
    ]
    .into_iter()
    .collect();
    let filled = Filled::new(typed);
    let compares = figure.as_ref().is_none_or(|(code, _)| compares(*code));
    let compare = compares.then(|| {
        let periods = periods::groups(rules.today, asked.compare);
        select(
            &filled,
            "vergelijk",
            text::COMPARE,
            None,
            Some(text::NOT_COMPARED),
            periods,
        )
    });
    let split = figure.map(|(code, dimensions)| {
        let free: Vec<Choice> = dimensions
            .into_iter()
            .filter(|dimension| asked.only_key(*dimension).is_none())
            .map(|dimension| Choice::new(slug(dimension), dimension.label_nl()))
            .collect();
        // Two at most: a filter takes the place of one.
        let room = super::address::MOST_DIMENSIONS.saturating_sub(asked.filter.len());
        let own = !code.own_rows().is_empty() && code != FigureCode::Retention;
        let first = (room > 0 && !own).then(|| {
            select(
                &filled,
                "per",
                text::SPLIT_BY,
                None,
                Some(text::NOT_SPLIT),
                vec![(None, free.clone())],
            )
        });
        let second = (room > 1 && !own && code != FigureCode::Coverage && code != FigureCode::Retention).then(|| {
            select(
                &filled,
                "en",
                text::AND_BY,
                None,
                Some(text::NOT_SPLIT),
                vec![(None, free)],
            )
        });
        view! {
            {select(&filled, "cijfer", text::FIGURE, None, None, figure_groups())}
            {first}
            {second}
        }
    });
    let hidden = hidden_fields(asked);
    let ranges = rules.ranges.then(|| {
        view! {
            <details class="fold filter__more">
                <summary class="fold__summary">{text::RANGE}</summary>
                <div class="fold__body field-row">
                    {Input::text("van", text::FROM).kind("date").hint(text::RANGE_HINT).optional().view(&filled)}
                    {Input::text("tot", text::UNTIL).kind("date").optional().view(&filled)}
                </div>
            </details>
        }
    });
    view! {
        <form class="filter" method="get" action="/cijfers">
            {split}
            {select(&filled, "periode", text::PERIOD, None, None, periods::groups(rules.today, Some(asked.period)))}
            {compare}
            {hidden}
            {ranges}
            <button class="button">{text::SHOW}</button>
        </form>
    }
    .into_any()
}

/// Filters stay when something else is chosen.
fn hidden_fields(asked: &Asked) -> AnyView {
    let partnership = asked.partnership.map(|id| (Dimension::Partnership, id.to_string()));
    asked
        .filter
        .iter()
        .cloned()
        .chain(partnership)
        .map(|(dimension, key)| view! { <input type="hidden" name=slug(dimension) value=key /> })
        .collect_view()
        .into_any()
}

fn figure_groups() -> Vec<crate::components::field::Group> {
    text::GROUPS
        .iter()
        .map(|(heading, codes)| {
            let choices = codes.iter().map(|code| Choice::new(*code, code.title_nl())).collect();
            (Some(*heading), choices)
        })
        .collect()
}

/// Where this page is, with a way back, and each filter with a way out.
pub(super) fn crumbs(asked: &Asked, figure: Option<FigureCode>, names: &Names) -> AnyView {
    let bare = Asked {
        filter: Vec::new(),
        by: Vec::new(),
        column: None,
        ..asked.clone()
    };
    let top = figure.map(|_| {
        view! {
            <li class="crumbs__item">
                <a href=bare.overview()>{text::TITLE}</a>
            </li>
        }
    });
    let filtered = !asked.filter.is_empty() || asked.partnership.is_some();
    if figure.is_none() && !filtered {
        return ().into_any();
    }
    let here = figure.map(|code| {
        let title = code.title_nl();
        if filtered {
            view! {
                <li class="crumbs__item">
                    <a href=bare.page(code)>{title}</a>
                </li>
            }
            .into_any()
        } else {
            view! {
                <li class="crumbs__item" aria-current="page">
                    {title}
                </li>
            }
            .into_any()
        }
    });
    let to = |asked: Asked| figure.map_or_else(|| asked.overview(), |code| asked.page(code));
    let partnership = asked.partnership.map(|id| {
        let out = Asked {
            partnership: None,
            ..asked.clone()
        };
        (Dimension::Partnership, id.to_string(), to(out))
    });
    let filters = asked
        .filter
        .iter()
        .map(|(dimension, key)| (*dimension, key.clone(), to(asked.without(*dimension))))
        .chain(partnership)
        .map(|(dimension, key, out)| {
            let name = names.of(dimension, &key);
            let label = format!("{}: {name}", dimension.label_nl());
            let remove = format!("{label}, {}", text::REMOVE_FILTER);
            view! {
                <li class="crumbs__item">
                    <a class="chip" href=out aria-label=remove>
                        {label}
                        {icon("close")}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="crumbs" aria-label=text::CRUMBS>
            <ol class="crumbs__list">{top} {here} {filters}</ol>
        </nav>
    }
    .into_any()
}

/// One headline number, with where it leads.
pub(super) struct Key {
    /// As shown.
    pub(super) value: String,
    /// Why it is no number.
    pub(super) reason: Option<String>,
    /// What it counts.
    pub(super) label: String,
    /// Its page.
    pub(super) href: Option<String>,
}

impl Key {
    /// The whole of a column.
    pub(super) fn of(figure: &Figure, column: &str, label: &str, href: Option<String>) -> Self {
        let cell = figure.total_cell(column).unwrap_or(&domain::FigureCell::Nothing);
        let shown = style(figure, column).without_interval(cell);
        Self {
            value: shown.text,
            reason: shown.reason,
            label: label.to_owned(),
            href,
        }
    }
}

/// The headline numbers.
pub(super) fn keys(keys: Vec<Key>) -> AnyView {
    let items = keys
        .into_iter()
        .map(
            |Key {
                 value,
                 reason,
                 label,
                 href,
             }| {
                let spoken = reason.map(|reason| view! { <span class="visually-hidden">" (" {reason} ")"</span> });
                let label = match href {
                    Some(href) => view! {
                        <a class="key__label" href=href>
                            {label}
                        </a>
                    }
                    .into_any(),
                    None => view! { <span class="key__label">{label}</span> }.into_any(),
                };
                view! {
                    <li class="key">
                        <span class="key__number">{value} {spoken}</span>
                        " "
                        {label}
                    </li>
                }
            },
        )
        .collect_view();
    view! {
        <ul class="tiles-row" aria-label=text::KEYS>
            {items}
        </ul>
    }
    .into_any()
}

/// Only on paper: what this sheet is, of when.
pub(super) fn paper(figure: &Figure) -> AnyView {
    let line = text::paper(
        &figure.period.label_nl(),
        &report::dutch::moment(figure.data_date),
        figure.partnership.as_deref(),
    );
    view! { <p class="paper">{line}</p> }.into_any()
}

/// How it was counted: what each figure means, over when, the date, how complete it is, and what is hidden. The same for
/// all figures of a page but their definitions. The CSV, the API and the open data give the same numbers.
pub(super) fn method(figures: &[&Figure], asked: Option<&Asked>) -> AnyView {
    let Some(first) = figures.first() else {
        return ().into_any();
    };
    let definitions = figures.iter().map(|figure| {
        (
            format!("{} ({})", figure.code.title_nl(), figure.code),
            figure.definition.clone(),
        )
    });
    let strictest = figures
        .iter()
        .max_by_key(|figure| figure.suppression.k)
        .unwrap_or(first);
    let mut notes: Vec<&String> = figures.iter().flat_map(|figure| &figure.notes).collect();
    notes.dedup();
    let notes = notes.into_iter().map(|note| (text::NOTE.to_owned(), note.clone()));
    let lines = definitions
        .chain([
            (text::PERIOD.to_owned(), text::period_in_full(first.period)),
            (text::DATA_DATE.to_owned(), report::dutch::moment(first.data_date)),
            (text::COVERAGE.to_owned(), report::dutch::coverage(&first.coverage)),
            (text::SUPPRESSION.to_owned(), strictest.suppression.rule.clone()),
        ])
        .chain(notes)
        .map(|(term, words)| {
            view! {
                <p class="method__line">
                    <b>{term}</b>
                    " "
                    {words}
                </p>
            }
        })
        .collect_view();
    let files = asked.map(|asked| {
        let links = figures
            .iter()
            .map(|figure| download(asked, figure.code, figures.len() > 1))
            .collect_view();
        view! {
            {links}
            " "
            <a href=api(asked, first.code)>{icon("link")} {text::JSON}</a>
            " "
            <a href="/api/v1/open-data">{icon("download")} {text::OPEN_DATA}</a>
            " "
        }
    });
    view! {
        <section class="figure">
            <h2 class="figure__title">{text::METHOD}</h2>
            <div class="method">
                {lines} <p class="method__links">
                    {files} <a href="/cijfers/methode">{icon("info")} {text::METHOD_LINK}</a> " "
                    <button class="button button--quiet" data-print hidden>
                        {icon("print")}
                        {text::PRINT}
                    </button>
                </p>
            </div>
        </section>
    }
    .into_any()
}

/// The file with these numbers.
pub(super) fn download(asked: &Asked, code: FigureCode, named: bool) -> AnyView {
    let label = if named {
        format!("{}: {}", text::CSV, code.title_nl())
    } else {
        text::CSV.to_owned()
    };
    view! {
        <a href=asked.file(code) download>
            {icon("download")}
            {label}
        </a>
        " "
    }
    .into_any()
}

/// The same for programs. Without filters: the API has its own words for those.
fn api(asked: &Asked, code: FigureCode) -> String {
    let by: Vec<&str> = asked.by.iter().map(|dimension| dimension.code()).collect();
    let by = if by.is_empty() {
        String::new()
    } else {
        format!("&by={}", by.join(","))
    };
    format!("/api/v1/figures/{code}?period={}{by}", asked.period)
}

/// The figures that there are, as questions.
pub(super) fn all_figures(asked: &Asked) -> AnyView {
    let bare = Asked {
        by: Vec::new(),
        column: None,
        ..asked.clone()
    };
    let groups = text::GROUPS
        .iter()
        .map(|(heading, codes)| {
            let items = codes
                .iter()
                .map(|code| {
                    view! {
                        <li class="questions__item">
                            <a href=bare.page(*code)>{code.title_nl()}</a>
                            " "
                            <span class="questions__text">{text::question(*code)}</span>
                        </li>
                    }
                })
                .collect_view();
            view! {
                <div>
                    <h3 class="questions__heading">{*heading}</h3>
                    <ul class="questions">{items}</ul>
                </div>
            }
        })
        .collect_view();
    view! {
        <section class="figure">
            <h2 class="figure__title">{text::ALL_FIGURES}</h2>
            <p class="note">{text::ALL_FIGURES_LEAD}</p>
            <div class="questions-groups">{groups}</div>
        </section>
    }
    .into_any()
}
