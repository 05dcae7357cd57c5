//! `GET /cijfers/{code}`: one figure, over any period, split by up to two dimensions, limited to what somebody clicked,
//! compared with another period. Every state is an address.

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use domain::{Dimension, Figure, FigureCode};
use leptos::prelude::*;

use super::address::{Asked, Pairs, Rules, Wrong};
use super::parts::{Key, all_figures, chooser, crumbs, keys, method, notices, paper};
use super::pictures::Drawn;
use super::query::{figure, main_column, maybe, names, rules, splits};
use crate::charts::{Point, style};
use crate::components::masthead::Section;
use crate::components::notice::page_head;
use crate::locales::nl::figures as text;
use crate::respond::{Page, PageError, Visit};

/// The figure and what its picture needs besides.
struct Detail {
    asked: Asked,
    main: Figure,
    /// By the first and by the second dimension alone.
    margins: [Option<Figure>; 2],
    /// By month, when it is split by nothing.
    trend: Option<Figure>,
    change: Option<Figure>,
    running: bool,
}

impl Detail {
    async fn load(visit: &Visit, code: FigureCode, asked: Asked) -> Result<Self, PageError> {
        let main = asked.request(code);
        let shown = if asked.by.is_empty() {
            code.own_rows()
        } else {
            &asked.by
        };
        let margin = |place: usize| {
            let by = shown.get(place).filter(|_| shown.len() == 2 && asked.filter.is_empty());
            by.map(|dimension| asked.by(&[*dimension]).request(code))
        };
        // A figure of one column has its months under it; a table of its own would be too much for the others.
        let plain = code.columns().len() == 1 && asked.by.is_empty() && asked.period.months().nth(1).is_some();
        let trend = (plain && code.splits_by(Dimension::Month) && asked.filter.len() < 2).then(|| {
            let now = Asked {
                compare: None,
                ..asked.by(&[Dimension::Month])
            };
            now.request(code)
        });
        let counted = matches!(code, FigureCode::Participants | FigureCode::Participations);
        let change = (counted && asked.compare.is_some() && asked.by.len() < 2)
            .then(|| asked.request(FigureCode::Change))
            .filter(|request| {
                request
                    .by
                    .iter()
                    .all(|by| FigureCode::Change.splits_by(*by) && *by != Dimension::Month)
            });
        let (main, first, second, trend, change) = futures::try_join!(
            figure(visit, main),
            maybe(visit, margin(0)),
            maybe(visit, margin(1)),
            maybe(visit, trend),
            maybe(visit, change),
        )?;
        Ok(Self {
            running: asked.period.contains(visit.context().store.env().today()),
            asked,
            main,
            margins: [first, second],
            trend,
            change,
        })
    }

    fn drawn<'a>(&'a self, figure: &'a Figure) -> Drawn<'a> {
        Drawn {
            figure,
            margins: [self.margins[0].as_ref(), self.margins[1].as_ref()],
            asked: &self.asked,
            running: self.running,
        }
    }

    /// What the figure says, and where it is most.
    fn lead(&self) -> String {
        let sentence = text::sentences(&self.main);
        let column = main_column(self.main.code);
        let most = match self.main.by.as_slice() {
            [dimension] if says_where(self.main.code) => {
                let points = Point::of(&self.main, column);
                let style = style(&self.main, column);
                Point::largest(&points)
                    .map(|(name, value)| text::where_most(*dimension, name, &style.short(Some(value))))
            }
            _ => None,
        };
        most.map_or_else(|| sentence.clone(), |most| format!("{sentence} {most}"))
    }

    /// Headline numbers: all columns of the whole, when it is split by nothing.
    fn keys(&self) -> Option<AnyView> {
        // The route is drawn with its numbers, and completeness is a table of its own.
        let drawn = matches!(
            self.main.code,
            FigureCode::Coverage | FigureCode::Funnel | FigureCode::Change
        );
        let single = self.main.by.is_empty() && !drawn;
        single.then(|| {
            let columns = self.main.columns.iter();
            keys(
                columns
                    .map(|column| Key::of(&self.main, &column.name, &column.label, None))
                    .collect(),
            )
        })
    }

    fn trend(&self) -> Option<AnyView> {
        let figure = self.trend.as_ref()?;
        let asked = self.asked.by(&figure.by);
        let drawn = Drawn {
            figure,
            margins: [None, None],
            asked: &asked,
            running: self.running,
        };
        Some(
            view! {
                <section class="figure">
                    <h2 class="figure__title">{text::TREND}</h2>
                    {drawn.view()}
                </section>
            }
            .into_any(),
        )
    }

    fn change(&self) -> Option<AnyView> {
        let figure = self.change.as_ref()?;
        Some(
            view! {
                <section class="figure">
                    <h2 class="figure__title">{text::COMPARED}</h2>
                    <p class="figure__remark">{text::change(figure)}</p>
                    {self.drawn(figure).view()}
                </section>
            }
            .into_any(),
        )
    }

    /// Every way to split it further, as links.
    fn splits(&self, dimensions: &[Dimension]) -> Option<AnyView> {
        let free: Vec<Dimension> = dimensions
            .iter()
            .copied()
            .filter(|dimension| self.asked.only_key(*dimension).is_none())
            .collect();
        // What has rows of its own has nothing to choose; cohorts do.
        let own = !self.main.code.own_rows().is_empty() && self.main.code != FigureCode::Retention;
        if own || !self.asked.by.is_empty() || self.asked.filter.len() > 1 || free.is_empty() {
            return None;
        }
        let links = free
            .into_iter()
            .map(|dimension| {
                let href = self.asked.by(&[dimension]).page(self.main.code);
                view! {
                    <li>
                        <a class="chip" href=href>
                            {text::per(dimension)}
                        </a>
                    </li>
                }
            })
            .collect_view();
        Some(
            view! {
                <nav class="chips" aria-label=text::SPLIT_MORE>
                    <p class="chips__title">{text::SPLIT_MORE}</p>
                    <ul class="chips__list">{links}</ul>
                </nav>
            }
            .into_any(),
        )
    }
}

/// Whether "the most" of its main column says something.
const fn says_where(code: FigureCode) -> bool {
    !matches!(
        code,
        FigureCode::Retention | FigureCode::Change | FigureCode::Reach | FigureCode::NewActions | FigureCode::Anchoring
    )
}

/// `GET /cijfers/{code}`
pub(crate) async fn show(
    visit: Visit,
    Path(code): Path<String>,
    Query(pairs): Query<Pairs>,
) -> Result<Response, PageError> {
    let rules = rules(&visit);
    let (mut asked, mut wrong) = Asked::read(&pairs, rules);
    let Ok(code) = code.parse::<FigureCode>() else {
        return Ok(unknown(asked).answer(&visit).await);
    };
    wrong.extend(asked.fit(code));
    page(visit, code, asked, wrong, rules).await
}

async fn page(
    visit: Visit,
    code: FigureCode,
    asked: Asked,
    mut wrong: Vec<Wrong>,
    rules: Rules,
) -> Result<Response, PageError> {
    let bare = Asked::of(asked.period);
    let (names, detail) = match futures::try_join!(names(&visit), Detail::load(&visit, code, asked.clone())) {
        Ok(loaded) => loaded,
        // A key that no place or club can have, a comparison that is not possible: the whole figure, and it is said.
        Err(PageError::Invalid | PageError::NotFound) if asked != bare => {
            wrong.push(Wrong::Split);
            return Box::pin(page(visit, code, bare, wrong, rules)).await;
        }
        Err(error) => return Err(error),
    };
    let dimensions = splits(code, rules);
    let by: Vec<String> = detail.main.by.iter().map(|dimension| text::per(*dimension)).collect();
    let heading = if asked.by.is_empty() {
        code.title_nl().to_owned()
    } else {
        format!("{} {}", code.title_nl(), by.join(" en "))
    };
    let title = format!("{heading}: {}", asked.period.label_nl());
    let page = Page::new(title, text::question(code), move || {
        view! {
            {crumbs(&asked, Some(code), &names)}
            {page_head(Some(text::kicker(&asked.period.label_nl())), heading, Some(detail.lead()))}
            {paper(&detail.main)}
            {notices(&wrong)}
            {chooser(&asked, rules, Some((code, dimensions.clone())))}
            {detail.splits(&dimensions)}
            <section class="figure">
                <h2 class="figure__title">{text::question(code)}</h2>
                {detail.keys()}
                {detail.drawn(&detail.main).view()}
            </section>
            {detail.change()}
            {detail.trend()}
            {method(&[&detail.main], Some(&asked))}
        }
    });
    Ok(page.section(Section::Figures).class("main--wide").answer(&visit).await)
}

/// No such figure: those that there are.
fn unknown(asked: Asked) -> Page {
    Page::new(text::UNKNOWN_FIGURE_TITLE, text::UNKNOWN_FIGURE, move || {
        view! {
            {page_head(None, text::UNKNOWN_FIGURE_TITLE.to_owned(), Some(text::UNKNOWN_FIGURE.to_owned()))}
            {all_figures(&asked)}
        }
    })
    .section(Section::Figures)
    .class("main--wide")
    .status(StatusCode::NOT_FOUND)
    .unlisted()
}
