//! `GET /cijfers`: first a sentence, then the picture, then the table; of everything, of one partnership or of one
//! municipality; and how it was counted.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use domain::{Dimension, Figure, FigureCode};
use leptos::prelude::*;
use storage::Names;

use super::address::{Asked, Pairs, Rules, Wrong};
use super::parts::{Key, all_figures, chooser, crumbs, download, keys, method, notices, paper};
use super::pictures::Drawn;
use super::query::{figure, maybe, names, rules, whole};
use crate::charts::bars::bars;
use crate::charts::columns::columns;
use crate::charts::cross::panels;
use crate::charts::multiples::multiples;
use crate::charts::table::{folded, table};
use crate::charts::tile_map::tile_map;
use crate::charts::{Point, style};
use crate::components::masthead::Section;
use crate::components::notice::page_head;
use crate::locales::nl::figures as text;
use crate::respond::{Page, PageError, Visit, see_other};

/// Everything on the page. Each figure is asked once.
struct Overview {
    asked: Asked,
    /// Participants and visits per municipality: of all of them, also when the page is about one.
    places: [Figure; 2],
    /// Participants and visits of what the page is about; `None` when that is all, and `places` has them.
    here: [Option<Figure>; 2],
    /// Who started, who is new, who stayed, and the passes.
    more: [Figure; 4],
    /// Participants and visits per month; `None` when the period is one month.
    months: [Option<Figure>; 2],
    /// Visits per kind of organiser and month.
    kinds: Option<Figure>,
    partnerships: Option<Figure>,
    change: Option<Figure>,
    /// Whether the last month has not ended.
    running: bool,
}

impl Overview {
    async fn load(visit: &Visit, asked: Asked) -> Result<Self, PageError> {
        use Dimension::{Month, Municipality, OrganiserKind, Partnership};
        use FigureCode::{
            Change, FirstParticipants, NewToLeisure, Participants, Participations, PassesActive, Sustained,
        };
        let everywhere = Asked {
            filter: Vec::new(),
            compare: None,
            ..asked.clone()
        };
        let now = Asked {
            compare: None,
            ..asked.clone()
        };
        let places = |code| figure(visit, everywhere.by(&[Municipality]).request(code));
        let here = |code| maybe(visit, (!asked.filter.is_empty()).then(|| now.request(code)));
        let more = |code| figure(visit, now.request(code));
        let several = asked.period.months().nth(1).is_some();
        let months = |code| maybe(visit, several.then(|| now.by(&[Month]).request(code)));
        let kinds = several && asked.filter.is_empty();
        let partnerships = asked.filter.is_empty() && asked.partnership.is_none();
        let (people, visits, here_people, here_visits, first, new, sustained, passes, monthly_people, monthly_visits) =
            futures::try_join!(
                places(Participants),
                places(Participations),
                here(Participants),
                here(Participations),
                more(FirstParticipants),
                more(NewToLeisure),
                more(Sustained),
                more(PassesActive),
                months(Participants),
                months(Participations),
            )?;
        let (kinds, partnerships, change) = futures::try_join!(
            maybe(
                visit,
                kinds.then(|| now.by(&[OrganiserKind, Month]).request(Participations))
            ),
            maybe(
                visit,
                partnerships.then(|| now.by(&[Partnership]).request(Participants))
            ),
            maybe(visit, asked.compare.is_some().then(|| asked.request(Change))),
        )?;
        Ok(Self {
            running: asked.period.contains(visit.context().store.env().today()),
            places: [people, visits],
            here: [here_people, here_visits],
            more: [first, new, sustained, passes],
            months: [monthly_people, monthly_visits],
            kinds,
            partnerships,
            change,
            asked,
        })
    }

    /// Participants and visits of what the page is about.
    fn totals(&self) -> [&Figure; 2] {
        let [people, visits] = &self.places;
        let [here_people, here_visits] = &self.here;
        [
            here_people.as_ref().unwrap_or(people),
            here_visits.as_ref().unwrap_or(visits),
        ]
    }

    fn lead(&self) -> String {
        let [people, visits] = self.totals();
        let sentence = text::sentence(whole(people, "participants"), whole(visits, "participations"));
        let [first, new, ..] = &self.more;
        let new = text::new_sentence(whole(first, "first_participants"), whole(new, "new_to_leisure"));
        new.map_or_else(|| sentence.clone(), |new| format!("{sentence} {new}"))
    }

    fn keys(&self) -> AnyView {
        let [people, visits] = self.totals();
        let [first, new, sustained, passes] = &self.more;
        let key = |figure: &Figure, label: &str| {
            let href = Some(self.asked.page(figure.code));
            Key::of(figure, figure.code.code(), label, href)
        };
        keys(vec![
            key(people, text::PARTICIPANTS),
            key(visits, text::PARTICIPATIONS),
            key(first, text::FIRST),
            key(new, text::NEW),
            key(sustained, text::SUSTAINED),
            key(passes, text::PASSES),
        ])
    }

    fn municipalities(&self) -> AnyView {
        let [people, visits] = &self.places;
        let asked = self.asked.by(&[Dimension::Municipality]);
        let style = style(people, "participants");
        let (map_title, bar_title) = (
            text::chart_title(text::PARTICIPANTS, text::BY_MUNICIPALITY),
            text::chart_title(text::PARTICIPATIONS, text::BY_MUNICIPALITY),
        );
        let caption = format!("{map_title} en {}", bar_title.to_lowercase());
        let here = |key: &str| {
            asked
                .without(Dimension::Municipality)
                .within(Dimension::Municipality, key)
                .overview()
        };
        let chosen = self.asked.only_key(Dimension::Municipality);
        let visits_style = crate::charts::style(visits, "participations");
        view! {
            <section class="figure">
                <h2 class="figure__title">{map_title.clone()}</h2>
                <div class="figure__picture figure__pictures">
                    <div>
                        {tile_map(
                            map_title,
                            &Point::of(people, "participants"),
                            style,
                            chosen,
                            |point| Some(here(&point.key)),
                        )}
                    </div>
                    <figure class="chart-figure">
                        <figcaption class="chart-figure__caption">{bar_title.clone()}</figcaption>
                        {bars("gemeenten", &bar_title, &Point::of(visits, "participations"), visits_style)}
                    </figure>
                </div>
                <p class="note">{text::MUNICIPALITY_NOTE} " " {text::CLICK_TILE}</p>
                {folded(&caption, &[people, visits], |row| row.key.first().map(|key| here(key)))}
                {self.files(Dimension::Municipality)}
            </section>
        }
        .into_any()
    }

    fn months(&self) -> Option<AnyView> {
        let [Some(people), Some(visits)] = &self.months else {
            return None;
        };
        let titles = [text::PARTICIPANTS, text::PARTICIPATIONS].map(|what| text::chart_title(what, text::BY_MONTH));
        let [people_title, visits_title] = titles;
        let caption = format!("{people_title} en {}", visits_title.to_lowercase());
        let pictures = [
            ("maanden-mensen", &people_title, people, "participants"),
            ("maanden-keren", &visits_title, visits, "participations"),
        ]
        .map(|(id, title, figure, column)| {
            view! {
                <figure class="chart-figure">
                    <figcaption class="chart-figure__caption">{title.clone()}</figcaption>
                    {columns(id, title, &Point::of(figure, column), style(figure, column), self.running)}
                </figure>
            }
        })
        .into_iter()
        .collect_view();
        let month = |key: &str| self.asked.within(Dimension::Month, key).overview();
        Some(
            view! {
                <section class="figure">
                    <h2 class="figure__title">{text::BY_MONTH}</h2>
                    <div class="figure__picture figure__pictures">{pictures}</div>
                    <p class="note">{text::MONTH_NOTE}</p>
                    {folded(&caption, &[people, visits], |row| row.key.first().map(|key| month(key)))}
                    {self.files(Dimension::Month)}
                </section>
            }
            .into_any(),
        )
    }

    fn kinds(&self) -> Option<AnyView> {
        let figure = self.kinds.as_ref()?;
        let panels = panels(figure, "participations", 1);
        if panels.is_empty() {
            return None;
        }
        let asked = self.asked.by(&[Dimension::OrganiserKind, Dimension::Month]);
        Some(
            view! {
                <section class="figure">
                    <h2 class="figure__title">{text::KINDS}</h2>
                    {multiples("soorten", &panels, style(figure, "participations"))}
                    <p class="method__links">
                        <a href=asked.page(FigureCode::Participations)>{text::AS_TABLE_PAGE}</a>
                    </p>
                </section>
            }
            .into_any(),
        )
    }

    /// Only where there is a choice of partnerships.
    fn partnerships(&self) -> Option<AnyView> {
        let figure = self.partnerships.as_ref().filter(|figure| figure.rows.len() > 1)?;
        let caption = text::chart_title(text::PARTICIPANTS, text::BY_PARTNERSHIP);
        let href = |key: &str| {
            let inside = self.asked.within(Dimension::Partnership, key);
            (inside.partnership.is_some()).then(|| inside.overview())
        };
        Some(
            view! {
                <section class="figure">
                    <h2 class="figure__title">{text::BY_PARTNERSHIP}</h2>
                    {table(&caption, &[figure], |row| row.key.first().and_then(|key| href(key)))}
                </section>
            }
            .into_any(),
        )
    }

    fn change(&self) -> Option<AnyView> {
        let figure = self.change.as_ref()?;
        let drawn = Drawn {
            figure,
            margins: [None, None],
            asked: &self.asked,
            running: self.running,
        };
        Some(
            view! {
                <section class="figure">
                    <h2 class="figure__title">{text::COMPARED}</h2>
                    <p class="figure__remark">{text::change(figure)}</p>
                    {drawn.view()}
                </section>
            }
            .into_any(),
        )
    }

    fn files(&self, by: Dimension) -> AnyView {
        let asked = if by == Dimension::Municipality {
            Asked {
                filter: Vec::new(),
                ..self.asked.by(&[by])
            }
        } else {
            self.asked.by(&[by])
        };
        let links = [FigureCode::Participants, FigureCode::Participations]
            .map(|code| download(&asked, code, true))
            .into_iter()
            .collect_view();
        view! {
            <div class="method">
                <p class="method__links">{links}</p>
            </div>
        }
        .into_any()
    }

    fn method(&self) -> AnyView {
        let [people, visits] = self.totals();
        let [first, new, sustained, passes] = &self.more;
        method(&[people, visits, first, new, sustained, passes], None)
    }
}

/// `GET /cijfers`
pub(crate) async fn show(visit: Visit, Query(pairs): Query<Pairs>) -> Result<Response, PageError> {
    let rules = rules(&visit);
    let (mut asked, mut wrong) = Asked::read(&pairs, rules);
    // The choice of a figure in the form: its page has an address of its own.
    let figure = pairs.iter().find(|(name, value)| name == "cijfer" && !value.is_empty());
    if let Some((_, code)) = figure {
        let code: FigureCode = code.parse().map_err(|_| PageError::NotFound)?;
        return Ok(see_other(&asked.page(code), []).into_response());
    }
    // This page has a split of its own.
    asked.by.clear();
    asked.column = None;
    if asked.filter.len() > 1
        || asked
            .filter
            .iter()
            .any(|(dimension, _)| *dimension != Dimension::Municipality)
    {
        asked
            .filter
            .retain(|(dimension, _)| *dimension == Dimension::Municipality);
        wrong.push(Wrong::Dimension);
    }
    page(visit, asked, wrong, rules).await
}

async fn page(visit: Visit, asked: Asked, wrong: Vec<Wrong>, rules: Rules) -> Result<Response, PageError> {
    let (names, loaded) = match futures::try_join!(names(&visit), Overview::load(&visit, asked.clone())) {
        Ok(loaded) => loaded,
        // A municipality or a partnership that cannot be: the whole instead, and it is said.
        Err(PageError::Invalid | PageError::NotFound) if !asked.filter.is_empty() || asked.partnership.is_some() => {
            let whole = Asked::of(asked.period);
            let wrong = vec![Wrong::Dimension];
            return Box::pin(page(visit, whole, wrong, rules)).await;
        }
        Err(error) => return Err(error),
    };
    let title = subject(&asked, &names);
    let unique = match wrong.contains(&Wrong::Period) {
        true => title.clone(),
        false => format!("{title}: {}", asked.period.label_nl()),
    };
    let page = Page::new(unique, text::DESCRIPTION, move || {
        view! {
            {crumbs(&asked, None, &names)}
            {page_head(Some(text::kicker(&asked.period.label_nl())), title, Some(loaded.lead()))}
            {paper(loaded.totals()[0])}
            {notices(&wrong)}
            {chooser(&asked, rules, None)}
            {loaded.keys()}
            {loaded.change()}
            {loaded.municipalities()}
            {loaded.months()}
            {loaded.kinds()}
            {loaded.partnerships()}
            {all_figures(&asked)}
            {loaded.method()}
        }
    });
    Ok(page.section(Section::Figures).class("main--wide").answer(&visit).await)
}

/// `Cijfers`, or `Cijfers van Wemmel`.
fn subject(asked: &Asked, names: &Names) -> String {
    let partnership = asked
        .partnership
        .map(|id| names.of(Dimension::Partnership, &id.to_string()));
    let of = asked
        .only_key(Dimension::Municipality)
        .map(|key| names.of(Dimension::Municipality, key))
        .or(partnership);
    of.map_or_else(|| text::TITLE.to_owned(), |of| format!("{} van {of}", text::TITLE))
}
