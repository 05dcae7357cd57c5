//! `GET /cijfers/eigen`: an organiser's own counts, raw. Only for that organiser: no cache keeps the page, and nothing on
//! it leads to an address that could be passed on.

use axum::extract::Query;
use axum::response::Response;
use domain::{Dimension, Figure, FigureCode, OrganiserId};
use leptos::prelude::*;
use storage::{FigureRequest, Permission, Role};

use super::address::{Asked, Pairs, Rules};
use super::parts::{Key, keys, notices, paper};
use super::periods;
use super::query::{figure, rules};
use crate::charts::columns::columns;
use crate::charts::table::table;
use crate::charts::{Point, style};
use crate::components::field::select;
use crate::components::masthead::Section;
use crate::components::notice::{Tone, notice, page_head};
use crate::forms::Filled;
use crate::locales::nl::figures as text;
use crate::respond::{Page, PageError, Visit};

/// Everything on the page.
struct Own {
    totals: [Figure; 4],
    months: [Figure; 2],
    places: [Figure; 2],
    running: bool,
}

/// The organiser that this viewer acts for.
pub(super) fn organiser(visit: &Visit) -> Option<OrganiserId> {
    let scope = &visit.viewer.scope;
    scope.organiser().filter(|_| scope.role() == Some(Role::Organiser))
}

/// The request for raw counts of one's own organiser.
pub(super) fn raw(asked: &Asked, code: FigureCode, organiser: OrganiserId) -> FigureRequest {
    FigureRequest {
        raw: true,
        ..asked.request(code).only(Dimension::Organiser, organiser.to_string())
    }
}

impl Own {
    async fn load(visit: &Visit, asked: &Asked, organiser: OrganiserId) -> Result<Self, PageError> {
        use FigureCode::{FirstParticipants, NewToLeisure, Participants, Participations};
        let ask = |code, by: &[Dimension]| figure(visit, raw(&asked.by(by), code, organiser));
        let (people, visits, first, new, months, monthly, places, placed) = futures::try_join!(
            ask(Participants, &[]),
            ask(Participations, &[]),
            ask(FirstParticipants, &[]),
            ask(NewToLeisure, &[]),
            ask(Participants, &[Dimension::Month]),
            ask(Participations, &[Dimension::Month]),
            ask(Participants, &[Dimension::Municipality]),
            ask(Participations, &[Dimension::Municipality]),
        )?;
        Ok(Self {
            totals: [people, visits, first, new],
            months: [months, monthly],
            places: [places, placed],
            running: asked.period.contains(visit.context().store.env().today()),
        })
    }

    fn view(&self) -> AnyView {
        let labels = [text::PARTICIPANTS, text::PARTICIPATIONS, text::FIRST, text::NEW];
        let numbers = self
            .totals
            .iter()
            .zip(labels)
            .map(|(figure, label)| Key::of(figure, figure.code.code(), label, None))
            .collect();
        let [people, visits] = &self.months;
        let title = text::chart_title(text::PARTICIPATIONS, text::BY_MONTH);
        let months = columns(
            "eigen",
            &title,
            &Point::of(visits, "participations"),
            style(visits, "participations"),
            self.running,
        );
        let [places, placed] = &self.places;
        let place_title = text::chart_title(text::PARTICIPANTS, text::BY_MUNICIPALITY);
        view! {
            {keys(numbers)}
            <section class="figure">
                <h2 class="figure__title">{title.clone()}</h2>
                <div class="figure__picture">{months}</div>
                {table(&title, &[people, visits], |_| None)}
            </section>
            <section class="figure">
                <h2 class="figure__title">{place_title.clone()}</h2>
                {table(&place_title, &[places, placed], |_| None)}
            </section>
        }
        .into_any()
    }
}

/// `GET /cijfers/eigen`
pub(crate) async fn show(visit: Visit, Query(pairs): Query<Pairs>) -> Result<Response, PageError> {
    // Nobody in particular may read figures as well, but has nothing of their own.
    if visit.viewer.account.is_none() {
        visit.require(Permission::Scan)?;
    }
    let organiser = organiser(&visit).ok_or(PageError::Denied)?;
    let rules = Rules {
        ranges: false,
        ..rules(&visit)
    };
    let (asked, wrong) = Asked::read(&pairs, rules);
    let asked = Asked::of(asked.period);
    let own = Own::load(&visit, &asked, organiser).await?;
    let page = Page::new(text::OWN_TITLE, text::OWN_DESCRIPTION, move || {
        let picker = Filled::new([("periode", asked.period.to_string())].into_iter().collect());
        view! {
            {page_head(
                Some(text::kicker(&asked.period.label_nl())),
                text::OWN_TITLE.to_owned(),
                Some(text::OWN_LEAD.to_owned()),
            )}
            {paper(&own.totals[0])}
            {notices(&wrong)}
            {notice(Tone::Wait, text::OWN_MARK)}
            <form class="filter" method="get" action="/cijfers/eigen">
                {select(
                    &picker,
                    "periode",
                    text::PERIOD,
                    None,
                    None,
                    periods::groups(rules.today, Some(asked.period)),
                )}
                <button class="button">{text::SHOW}</button>
            </form>
            {own.view()}
        }
    });
    Ok(page
        .section(Section::Figures)
        .class("main--wide")
        .secret()
        .answer(&visit)
        .await)
}
