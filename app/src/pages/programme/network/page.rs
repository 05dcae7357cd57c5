//! `GET /lerend-netwerk`: the public page of the network.

use axum::extract::Query;
use axum::response::Response;
use leptos::prelude::*;
use storage::{Action, ActionFilter, Meeting, NetworkBody, NetworkMember, Practice, PracticeFilter};

use super::form;
use crate::components::field::error_summary;
use crate::components::icon::icon;
use crate::components::masthead::Section;
use crate::components::notice::{Tone, empty, notice, page_head};
use crate::forms::Filled;
use crate::locales::nl::{self, network as text};
use crate::pages::programme::{News, parts, with_errors, writes};
use crate::respond::{Page, PageError, Visit};

/// The coordinator's forms.
#[derive(Default)]
pub(super) struct Forms {
    pub(super) member: Filled,
    pub(super) meeting: Filled,
    pub(super) practice: Option<Filled>,
}

/// `GET /lerend-netwerk`
pub(crate) async fn show(visit: Visit, Query(news): Query<News>) -> Result<Response, PageError> {
    page(&visit, Forms::default(), text::done(&news.gedaan)).await
}

pub(super) async fn page(visit: &Visit, forms: Forms, news: Option<&'static str>) -> Result<Response, PageError> {
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    let today = store.env().today();
    let members = store.network_members(scope, None).await?;
    let meetings = store.meetings(scope, None).await?;
    let practices = store.practices(scope, &PracticeFilter::default()).await?;
    let writes = writes(visit);
    let actions = if writes {
        store.actions(scope, &ActionFilter::default()).await?
    } else {
        Vec::new()
    };
    let (member, meeting) = (forms.member, forms.meeting);
    let practice = forms.practice.unwrap_or_else(|| form::blank_practice(today));
    let (status, title) = with_errors(&[&member, &meeting, &practice], text::TITLE.to_owned());
    let page = Page::new(title, text::DESCRIPTION, move || {
        let now = members
            .iter()
            .filter(|member| member.left_on.is_none_or(|end| end >= today))
            .count();
        let lead = text::lead(now as u64, members.len() as u64, practices.len() as u64);
        view! {
            {page_head(Some(text::KICKER.to_owned()), text::TITLE.to_owned(), Some(lead))}
            {news.map(|words| notice(Tone::Ok, words))}
            {practice_part(&practices, today)}
            {member_part(&members, today, writes)}
            {meeting_part(&meetings, today)}
            {writes.then(|| forms_part(&member, &meeting, &practice, &members, &actions, today))}
        }
    });
    let page = page.section(Section::Figures).class("main--wide").status(status);
    let page = if writes { page.unlisted() } else { page };
    Ok(page.answer(visit).await)
}

fn practice_part(practices: &[Practice], today: jiff::civil::Date) -> AnyView {
    let items = practices
        .iter()
        .map(|practice| {
            let by = practice
                .member
                .as_ref()
                .map_or(text::OURSELVES, |(_, name)| name.as_str());
            let later =
                (practice.shared_on > today).then(|| view! { <span class="tag tag--wait">{text::NOT_YET}</span> });
            view! {
                <li class="list__item">
                    <a class="list__link" href=format!("/lerend-netwerk/{}", practice.id)>
                        <span class="list__title">{practice.title.clone()}</span>
                        <span class="list__meta">{format!("{} · {by}", nl::date(practice.shared_on))}</span>
                    </a>
                    <span class="list__side">{later}</span>
                </li>
            }
        })
        .collect_view();
    let list = if practices.is_empty() {
        empty("info", text::NO_PRACTICES, text::NO_PRACTICES_TEXT, None)
    } else {
        view! { <ul class="list">{items}</ul> }.into_any()
    };
    view! {
        <section class="section">
            <h2 class="heading">{text::PRACTICES}</h2>
            {list}
        </section>
    }
    .into_any()
}

fn member_part(members: &[NetworkMember], today: jiff::civil::Date, writes: bool) -> AnyView {
    let cards = members
        .iter()
        .map(|member| {
            let left = member.left_on.is_some_and(|end| end < today);
            let bodies = member.bodies.iter().map(body).collect_view();
            let next = member
                .successor_name
                .as_ref()
                .map(|name| view! { <p>{text::went_on(name)}</p> });
            let change = writes.then(|| {
                view! {
                    <p class="card__foot">
                        <a href=format!("/lerend-netwerk/leden/{}", member.id)>{text::CHANGE_MEMBER}</a>
                    </p>
                }
            });
            let list = (!member.bodies.is_empty()).then(|| {
                view! {
                    <details class="fold">
                        <summary class="fold__summary">{text::bodies(member.bodies.len() as u64)}</summary>
                        <div class="fold__body">
                            <ul class="programme__bodies">{bodies}</ul>
                        </div>
                    </details>
                }
            });
            view! {
                <li class="card device">
                    <h3 class="device__name">{member.name.clone()}</h3>
                    <p class="device__tags">
                        <span class="tag">{member.kind.label_nl()}</span>
                        {left.then(|| view! { <span class="tag tag--wait">{text::LEFT}</span> })}
                    </p>
                    <p>{text::span(&nl::date(member.joined_on), member.left_on.map(nl::date).as_deref())}</p>
                    {next}
                    {list}
                    {change}
                </li>
            }
        })
        .collect_view();
    let list = if members.is_empty() {
        view! { <p>{text::NO_MEMBERS}</p> }.into_any()
    } else {
        view! { <ul class="devices">{cards}</ul> }.into_any()
    };
    view! {
        <section class="section">
            <h2 class="heading">{text::MEMBERS}</h2>
            {list}
        </section>
    }
    .into_any()
}

fn body(body: &NetworkBody) -> AnyView {
    let merged = match (&body.now, body.until) {
        (Some(now), Some(until)) => Some(text::merged(now, &nl::date(until))),
        _ => None,
    };
    view! {
        <li>
            {body.name.clone()} {merged.map(|words| view! { <span class="list__meta">" " {words}</span> })}
        </li>
    }
    .into_any()
}

fn meeting_part(meetings: &[Meeting], today: jiff::civil::Date) -> AnyView {
    let items = meetings
        .iter()
        .map(|meeting| {
            let names: Vec<&str> = meeting.attendees.iter().map(|(_, name)| name.as_str()).collect();
            let who = (!names.is_empty()).then(|| view! { <p class="story__text">{text::with(&names.join(", "))}</p> });
            let planned =
                (meeting.held_on > today).then(|| view! { <span class="tag tag--now">{text::PLANNED}</span> });
            let notes = meeting.notes.as_deref().filter(|notes| !notes.is_empty()).map(|notes| {
                let lines = notes
                    .lines()
                    .map(|line| view! { <p>{line.to_owned()}</p> })
                    .collect_view();
                view! {
                    <details class="fold">
                        <summary class="fold__summary">{text::NOTES}</summary>
                        <div class="fold__body prose">{lines}</div>
                    </details>
                }
            });
            view! {
                <li class="story">
                    <h3 class="story__title">{meeting.title.clone()} " " {planned}</h3>
                    <p class="story__meta">{nl::date(meeting.held_on)}</p>
                    {who}
                    {notes}
                </li>
            }
        })
        .collect_view();
    let list = if meetings.is_empty() {
        view! { <p>{text::NO_MEETINGS}</p> }.into_any()
    } else {
        view! { <ul class="stories">{items}</ul> }.into_any()
    };
    view! {
        <section class="section">
            <h2 class="heading">{text::MEETINGS}</h2>
            {list}
        </section>
    }
    .into_any()
}

fn forms_part(
    member: &Filled,
    meeting: &Filled,
    practice: &Filled,
    members: &[NetworkMember],
    actions: &[Action],
    today: jiff::civil::Date,
) -> AnyView {
    let practice_form = view! {
        <form class="form" method="post" action="/lerend-netwerk/praktijken" novalidate>
            {error_summary(practice)}
            {form::practice_fields(practice, members, actions, today)}
            <button class="button button--main">{icon("plus")} {text::ADD_PRACTICE}</button>
        </form>
    };
    let member_form = view! {
        <form class="form" method="post" action="/lerend-netwerk/leden" novalidate>
            {error_summary(member)}
            {form::member_fields(member, members, None)}
            <button class="button button--main">{icon("plus")} {text::ADD_MEMBER}</button>
        </form>
    };
    let meeting_form = view! {
        <form class="form" method="post" action="/lerend-netwerk/bijeenkomsten" novalidate>
            {error_summary(meeting)}
            {form::meeting_fields(meeting, members)}
            <button class="button button--main">{icon("plus")} {text::ADD_MEETING}</button>
        </form>
    };
    view! {
        <section class="section programme__forms">
            <h2 class="heading">{text::KEEP_UP}</h2>
            {parts::fold(text::NEW_PRACTICE, !practice.errors.is_empty(), practice_form.into_any())}
            {parts::fold(text::NEW_MEMBER, !member.errors.is_empty(), member_form.into_any())}
            {parts::fold(text::NEW_MEETING, !meeting.errors.is_empty(), meeting_form.into_any())}
        </section>
    }
    .into_any()
}
