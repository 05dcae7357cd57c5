//! `/activiteiten`: the list with its filters, and for organisers the quick-add form.

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use domain::{ActivityId, Nis};
use leptos::prelude::*;
use serde::Deserialize;
use storage::{Activity, ActivityFilter, Municipality, Permission};

use super::add;
use crate::components::activity::entry;
use crate::components::field::{Choice, select};
use crate::components::icon::icon;
use crate::components::masthead::Section;
use crate::components::notice::{Tone, empty, notice, page_head};
use crate::forms::{Filled, Typed};
use crate::locales::nl::{self, activities as text};
use crate::pages::{Names, municipality_choices, query_escape, search_words};
use crate::respond::{Page, PageError, Visit};

/// Activities on one page.
const ON_PAGE: u32 = 20;
/// Pages of the store that are read at most to fill one page, when a filter leaves most out.
const READS: usize = 10;

/// The filters, as typed. Nothing here is an error: what makes no sense filters nothing.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    q: String,
    #[serde(default)]
    gemeente: String,
    #[serde(default)]
    nederlands: String,
    #[serde(default)]
    nu: String,
    #[serde(default)]
    na: String,
    #[serde(default)]
    toegevoegd: String,
}

impl Wanted {
    fn filter(&self) -> ActivityFilter {
        ActivityFilter {
            open_now: !self.nu.is_empty(),
            municipality: self.gemeente.parse::<Nis>().ok(),
            organiser: None,
            upcoming: true,
            search: Some(search_words(&self.q)).filter(|words| !words.is_empty()),
            after: self.na.parse::<ActivityId>().ok(),
            limit: ON_PAGE,
        }
    }

    /// The most Dutch that an activity may need. One that does not say is shown: it may be fine.
    fn level(&self) -> Option<u8> {
        self.nederlands.parse().ok().filter(|level| (1..=4).contains(level))
    }

    /// The address of this list, after `after`.
    fn href(&self, after: Option<ActivityId>) -> String {
        let mut parts: Vec<String> = [
            ("q", &self.q),
            ("gemeente", &self.gemeente),
            ("nederlands", &self.nederlands),
        ]
        .into_iter()
        .chain((!self.nu.is_empty()).then_some(("nu", &self.nu)))
        .filter(|(_, value)| !value.trim().is_empty())
        .map(|(name, value)| format!("{name}={}", query_escape(value.trim())))
        .collect();
        parts.extend(after.map(|id| format!("na={id}")));
        if parts.is_empty() {
            "/activiteiten".to_owned()
        } else {
            format!("/activiteiten?{}", parts.join("&"))
        }
    }
}

/// `GET /activiteiten`
pub(crate) async fn show(visit: Visit, Query(wanted): Query<Wanted>) -> Result<Response, PageError> {
    page(&visit, wanted, add::blank(), StatusCode::OK).await
}

/// One page of activities that fit, and where the next begins.
async fn find(visit: &Visit, wanted: &Wanted) -> Result<(Vec<Activity>, Option<ActivityId>), PageError> {
    let mut filter = wanted.filter();
    let mut found: Vec<Activity> = Vec::new();
    let full = usize::try_from(ON_PAGE).unwrap_or(usize::MAX);
    for _ in 0..READS {
        let read = visit
            .context()
            .store
            .activities(&visit.viewer.scope, filter.clone())
            .await?;
        for activity in read.items {
            if found.len() == full {
                return Ok((found.clone(), found.last().map(|last| last.id)));
            }
            if wanted
                .level()
                .is_none_or(|most| activity.taalicoon.is_none_or(|needs| needs <= most))
            {
                found.push(activity);
            }
        }
        match read.next {
            Some(next) if found.len() < full => filter.after = Some(next),
            next => return Ok((found, next)),
        }
    }
    Ok((found, filter.after))
}

/// The page, with the quick-add form as it was filled in.
pub(crate) async fn page(
    visit: &Visit,
    wanted: Wanted,
    form: Filled,
    status: StatusCode,
) -> Result<Response, PageError> {
    let (found, next) = find(visit, &wanted).await?;
    let names = Names::load(visit).await?;
    let municipalities = visit.context().store.municipalities(&visit.viewer.scope).await?;
    let may_add = visit.viewer.account.is_some() && visit.viewer.may(Permission::AddActivity);
    let organisers = if may_add {
        add::organisers(visit).await?
    } else {
        Vec::new()
    };
    let actions = add::actions(visit).await?;
    let title = if form.errors.is_empty() {
        text::TITLE.to_owned()
    } else {
        format!("{}: {}", nl::ERROR_TITLE, text::ADD_TITLE)
    };
    let page = Page::new(title, text::DESCRIPTION, move || {
        let first = wanted.na.is_empty();
        let added = !wanted.toegevoegd.is_empty();
        let list = if found.is_empty() {
            let action = Some(("/activiteiten", text::EMPTY_ACTION));
            empty("calendar", text::EMPTY_TITLE, text::EMPTY_TEXT, action).into_any()
        } else {
            let entries = found
                .iter()
                .map(|one| entry(one, names.of(one.municipality)))
                .collect_view();
            view! { <ol class="activities">{entries}</ol> }.into_any()
        };
        let to_first = (!first).then(|| {
            let href = wanted.href(None);
            view! {
                <a class="button button--quiet" href=href>
                    {text::FIRST}
                </a>
            }
        });
        let to_next = next.map(|next| {
            let href = wanted.href(Some(next));
            view! {
                <a class="button" href=href>
                    {text::NEXT}
                    {icon("arrow")}
                </a>
            }
        });
        let pager = (to_first.is_some() || to_next.is_some()).then(|| {
            view! {
                <nav class="pager" aria-label=text::PAGER>
                    {to_first} {to_next}
                </nav>
            }
        });
        view! {
            {page_head(None, text::TITLE.to_owned(), Some(text::LEAD.to_owned()))}
            {added.then(|| notice(Tone::Ok, text::ADDED))} {may_add.then(|| add::view(&form, &organisers, &actions))}
            {filters(&wanted, &municipalities)} <section class="section" aria-label=text::LIST>
                <h2 class="visually-hidden">{text::LIST}</h2>
                {list}
                {pager}
            </section>
        }
    });
    Ok(page
        .section(Section::Activities)
        .class("main--wide")
        .status(status)
        .answer(visit)
        .await)
}

fn filters(wanted: &Wanted, municipalities: &[Municipality]) -> AnyView {
    let typed: Typed = [("gemeente", &wanted.gemeente), ("nederlands", &wanted.nederlands)]
        .into_iter()
        .collect();
    let form = Filled::new(typed);
    let levels = text::MY_DUTCH_LEVELS
        .map(|(value, label)| Choice::new(value, label))
        .to_vec();
    let query = wanted.q.clone();
    let now = !wanted.nu.is_empty();
    view! {
        <form class="filter" role="search" method="get" action="/activiteiten">
            <div class="field">
                <label class="field__label" for="q">
                    {text::SEARCH}
                </label>
                <input
                    class="field__input"
                    type="search"
                    id="q"
                    name="q"
                    value=query
                    maxlength="60"
                    autocomplete="off"
                />
            </div>
            {select(
                &form,
                "gemeente",
                text::MUNICIPALITY,
                None,
                Some(text::ALL_MUNICIPALITIES),
                vec![(None, municipality_choices(municipalities))],
            )} {select(&form, "nederlands", text::MY_DUTCH, None, Some(text::ANY_DUTCH), vec![(None, levels)])}
            <label class="choice">
                <input class="choice__input" type="checkbox" name="nu" value="1" checked=now />
                <span class="choice__text">{text::OPEN_NOW}</span>
            </label>
            <button class="button">{icon("filter")} {text::SHOW}</button>
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strange_filters_filter_nothing() {
        let wanted = Wanted {
            q: "  ".to_owned(),
            gemeente: "x".to_owned(),
            nederlands: "9".to_owned(),
            na: "?".to_owned(),
            ..Wanted::default()
        };
        let filter = wanted.filter();
        assert!(filter.search.is_none() && filter.municipality.is_none() && filter.after.is_none());
        assert_eq!(wanted.level(), None);
    }

    #[test]
    fn the_next_page_keeps_the_filters() {
        let wanted = Wanted {
            q: "yoga & co".to_owned(),
            nu: "1".to_owned(),
            toegevoegd: "1".to_owned(),
            ..Wanted::default()
        };
        assert_eq!(wanted.href(None), "/activiteiten?q=yoga%20%26%20co&nu=1");
        assert_eq!(Wanted::default().href(None), "/activiteiten");
    }
}
