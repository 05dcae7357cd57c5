//! `GET /avond`: one day of an organiser.

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use domain::Number;
use jiff::ToSpan as _;
use jiff::civil::Date;
use leptos::prelude::*;
use serde::Deserialize;
use storage::{Evening, EveningDevice, EveningScan, EveningScans};

use super::{story, upload};
use crate::components::field::{Input, error_summary};
use crate::components::icon::icon;
use crate::components::masthead::Section;
use crate::components::notice::{Tone, notice, page_head};
use crate::forms::{Filled, Typed};
use crate::locales::nl::{self, evening as text};
use crate::pages::devices::whose::Whose;
use crate::respond::{Page, PageError, Visit};

/// Names of the fields and of the parts of the address.
pub(crate) const DAY: &str = "dag";
pub(crate) const SCAN: &str = "scan_id";
const NUMBER: &str = "nummer";

/// What is seen of a list before it is unfolded.
const SHOWN_STORIES: usize = 5;
const SHOWN_VISITS: usize = 10;

/// Which day, of whom, and what just happened.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    dag: String,
    #[serde(default)]
    organisatie: String,
    #[serde(default)]
    nummer: String,
    #[serde(default)]
    gedaan: String,
}

/// `GET /avond`
pub(crate) async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    let whose = Whose::load(&visit, &asked.organisatie).await?;
    page(&visit, whose, &asked, Filled::default(), StatusCode::OK).await
}

/// The page again, with what is wrong in the form for a queue.
pub(crate) async fn again(visit: &Visit, whose: Whose, form: Filled) -> Result<Response, PageError> {
    let asked = Asked {
        dag: form.typed.get(DAY).to_owned(),
        ..Asked::default()
    };
    page(visit, whose, &asked, form, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// What is loaded before anything is rendered.
struct Loaded {
    evening: Evening,
    counted: Vec<EveningScan>,
    /// What was typed to find a scan, and what to say of it.
    number: String,
    remark: &'static str,
}

async fn page(
    visit: &Visit,
    whose: Whose,
    asked: &Asked,
    form: Filled,
    status: StatusCode,
) -> Result<Response, PageError> {
    let today = visit.context().store.env().today();
    let day: Date = asked.dag.parse().unwrap_or(today);
    let loaded = match &whose.organiser {
        Some(organiser) => Some(load(visit, organiser.id, day, &asked.nummer).await?),
        None => None,
    };
    let news = match asked.gedaan.as_str() {
        "ongedaan" => Some((Tone::Ok, text::UNDONE)),
        "counted" | "flagged" => Some((Tone::Ok, text::RELEASED)),
        "duplicate" => Some((Tone::Ok, text::RELEASED_AGAIN)),
        "refused" => Some((Tone::Wait, text::RELEASED_REFUSED)),
        _ => None,
    };
    let organiser = whose.organiser.as_ref().map(|organiser| organiser.name.clone());
    let title = match (&organiser, form.errors.is_empty()) {
        (_, false) => format!("{}: {}", nl::ERROR_TITLE, text::QUEUE),
        (Some(name), true) => format!("{} · {name}", text::title(day, today)),
        (None, true) => text::CHOOSE_TITLE.to_owned(),
    };
    let page = Page::new(title, text::DESCRIPTION, move || {
        let heading = match &loaded {
            Some(_) => text::title(day, today),
            None => text::CHOOSE_TITLE.to_owned(),
        };
        let lead = loaded.as_ref().map(|loaded| {
            let without = loaded
                .evening
                .without_number
                .iter()
                .map(|one| u64::from(one.people))
                .sum();
            text::visits(loaded.evening.visits, without)
        });
        view! {
            {page_head(organiser, heading, lead)}
            {error_summary(&form)}
            {news.map(|(tone, words)| notice(tone, words))}
            {whose.picker("/avond")}
            {loaded.map(|loaded| desk(loaded, &whose, today, &form))}
        }
    });
    Ok(page
        .section(Section::Scan)
        .class("main--wide")
        .status(status)
        .secret()
        .answer(visit)
        .await)
}

async fn load(visit: &Visit, organiser: domain::OrganiserId, day: Date, typed: &str) -> Result<Loaded, PageError> {
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    let typed: String = typed.trim().chars().filter(|c| !c.is_control()).take(40).collect();
    let number = typed.parse::<Number>();
    let wanted = number.as_ref().ok().copied();
    let counted = store.counted_scans(scope, organiser, day, wanted).await?;
    let remark = match (typed.is_empty(), wanted, counted.is_empty()) {
        (false, None, _) => text::COUNTED_WRONG,
        (false, Some(_), true) => text::COUNTED_NOT_FOUND,
        (true, _, true) => text::COUNTED_EMPTY,
        (true, _, false) if counted.len() >= 50 => text::COUNTED_LAST,
        _ => "",
    };
    Ok(Loaded {
        evening: store.evening(scope, organiser, day).await?,
        counted,
        number: typed,
        remark,
    })
}

fn desk(loaded: Loaded, whose: &Whose, today: Date, form: &Filled) -> AnyView {
    let Loaded {
        evening,
        counted,
        number,
        remark,
    } = loaded;
    let day = evening.day.to_string();
    let names = story::Names::of(&evening.devices);
    view! {
        {day_form(&day, whose, evening.day, today)}
        <div class="desk section">
            <div class="desk__main">
                {held(&evening.held, &names, whose, &day)}
                {look(&evening, &names)}
                {counted_list(&counted, &number, remark, whose, &day)}
            </div>
            <div class="desk__side evening__side">
                {who(&evening, evening.day == today)}
                {activities(&evening)}
                <div class="button-row">
                    <a class="button button--main" href=whose.link(&format!("/avond/nakomers?dag={day}"))>
                        {icon("plus")}
                        {text::TO_LATE}
                    </a>
                    <a class="button" href=whose.link("/toestellen")>
                        {icon("phone")}
                        {text::TO_DEVICES}
                    </a>
                    <a class="button button--quiet" href="/scan">
                        {icon("scan")}
                        {text::TO_SCAN}
                    </a>
                </div>
                {upload::form(form, whose, &day)}
            </div>
        </div>
    }
    .into_any()
}

/// Another day, by a box and by two links.
fn day_form(day: &str, whose: &Whose, shown: Date, today: Date) -> AnyView {
    let form = Filled::new(Typed::default().with(DAY, day));
    let link = |to: Date| {
        let href = whose.link(&format!("/avond?dag={to}"));
        view! {
            <a class="button button--quiet" href=href>
                {text::title(to, today)}
            </a>
        }
    };
    let before = shown.checked_sub(1.day()).ok().map(link);
    let after = shown.checked_add(1.day()).ok().filter(|next| *next <= today).map(link);
    view! {
        <form class="filter" method="get" action="/avond">
            {whose.hidden()}
            {Input::text(DAY, text::DAY).kind("date").class("field__input").view(&form)}
            <button class="button">{text::SHOW}</button>
            {before}
            {after}
        </form>
    }
    .into_any()
}

/// Gaps first: what never arrived is what a person can still save.
fn look(evening: &Evening, names: &story::Names) -> AnyView {
    let gaps = evening
        .devices
        .iter()
        .flat_map(|one| one.breaks.iter().map(|gap| story::gap(&one.device.name, *gap)))
        .collect::<Vec<_>>();
    let nothing = gaps.is_empty() && evening.stories.scans.is_empty();
    let mut stories: Vec<AnyView> = evening
        .stories
        .scans
        .iter()
        .map(|scan| story::scan(scan, names, None))
        .collect();
    let rest = stories.split_off(stories.len().min(SHOWN_STORIES));
    let body = if nothing {
        notice(Tone::Ok, text::LOOK_NOTHING)
    } else {
        view! {
            <ul class="stories">
                {gaps} {stories}
            </ul>
            {folded("stories", rest)}
            {cut(&evening.stories)}
        }
        .into_any()
    };
    view! {
        <section class="section">
            <h2 class="heading">{text::LOOK}</h2>
            {body}
        </section>
    }
    .into_any()
}

/// What does not fit in one look.
fn folded(class: &'static str, rest: Vec<AnyView>) -> Option<AnyView> {
    (!rest.is_empty()).then(|| {
        view! {
            <details class="fold">
                <summary class="fold__summary">{text::more(rest.len())}</summary>
                <ul class=format!("{class} fold__body")>{rest}</ul>
            </details>
        }
        .into_any()
    })
}

fn cut(list: &EveningScans) -> Option<AnyView> {
    list.cut
        .then(|| view! { <p class="note">{text::cut(list.scans.len())}</p> }.into_any())
}

fn held(held: &EveningScans, names: &story::Names, whose: &Whose, day: &str) -> Option<AnyView> {
    if held.scans.is_empty() {
        return None;
    }
    let stories = held
        .scans
        .iter()
        .map(|scan| story::scan(scan, names, Some((whose, day))))
        .collect_view();
    Some(
        view! {
            <section class="section" id="wachten">
                <h2 class="heading">{text::HELD}</h2>
                <p>{text::HELD_TEXT}</p>
                <ul class="stories">{stories}</ul>
                {cut(held)}
            </section>
        }
        .into_any(),
    )
}

fn who(evening: &Evening, today: bool) -> AnyView {
    let devices = evening.devices.iter().map(|one| device(one, today)).collect_view();
    let others = (evening.without_device > 0).then(|| {
        view! {
            <li class="list__item">
                <div class="list__link">
                    <span class="list__title">{text::WITHOUT_DEVICE}</span>
                    <span class="list__meta">{text::visits_of(evening.without_device)}</span>
                </div>
            </li>
        }
    });
    let nobody = evening.devices.is_empty() && evening.without_device == 0;
    view! {
        <section class="section">
            <h2 class="heading">{text::DEVICES}</h2>
            {if nobody {
                view! { <p>{text::NO_DEVICES}</p> }.into_any()
            } else {
                view! {
                    <ul class="list">
                        {devices} {others}
                    </ul>
                }
                    .into_any()
            }}
        </section>
    }
    .into_any()
}

fn device(one: &EveningDevice, today: bool) -> AnyView {
    let device = &one.device;
    let waiting = (device.waiting > 0).then(|| {
        let words = text::device_waiting(device.waiting);
        view! { <span class="list__meta list__meta--wait">{words}</span> }
    });
    let revoked = device
        .revoked_at
        .map(|_| view! { <span class="tag tag--stop">{text::REVOKED}</span> });
    view! {
        <li class="list__item">
            <div class="list__link">
                <span class="list__title">{device.name.clone()}</span>
                <span class="list__meta">{text::device_line(one.visits, device.last_seen_at, today)}</span>
                {waiting}
            </div>
            <span class="list__side">{revoked}</span>
        </li>
    }
    .into_any()
}

fn activities(evening: &Evening) -> Option<AnyView> {
    if evening.activities.is_empty() && evening.without_number.is_empty() {
        return None;
    }
    let row = |name: String, value: String| {
        view! {
            <div class="facts__row">
                <dt class="facts__term">{name}</dt>
                <dd class="facts__value">{value}</dd>
            </div>
        }
    };
    let counted = evening
        .activities
        .iter()
        .map(|one| row(one.name.clone(), text::visits_of(one.visits)))
        .collect_view();
    let without = evening
        .without_number
        .iter()
        .map(|one| {
            let name = format!("{} ({})", one.activity_name, one.note);
            row(name, text::without_number(one.people.into()))
        })
        .collect_view();
    Some(
        view! {
            <section class="section">
                <h2 class="heading">{text::ACTIVITIES}</h2>
                <dl class="facts">{counted} {without}</dl>
            </section>
        }
        .into_any(),
    )
}

fn counted_list(counted: &[EveningScan], number: &str, remark: &'static str, whose: &Whose, day: &str) -> AnyView {
    let mut items: Vec<AnyView> = counted
        .iter()
        .map(|scan| {
            let mut meta = format!("{} · {}", nl::clock(scan.at), story::where_and_who(scan));
            if let Some(note) = &scan.note {
                meta.push_str(" · ");
                meta.push_str(note);
            }
            let item = view! {
                <li class="list__item">
                    <span class="list__link list__meta">{meta}</span>
                    <form class="list__side" method="post" action="/avond/ongedaan">
                        {whose.hidden()} <input type="hidden" name=SCAN value=scan.scan_id.to_string() />
                        <input type="hidden" name=DAY value=day.to_owned() />
                        <button class="button button--quiet">
                            {icon("undo")} {text::UNDO}
                            <span class="visually-hidden">": "{story::where_and_who(scan)}</span>
                        </button>
                    </form>
                </li>
            };
            item.into_any()
        })
        .collect();
    let rest = items.split_off(items.len().min(SHOWN_VISITS));
    let number = number.to_owned();
    view! {
        <section class="section" id="geteld">
            <h2 class="heading">{text::COUNTED}</h2>
            <form class="search" role="search" method="get" action="/avond#geteld">
                {whose.hidden()} <input type="hidden" name=DAY value=day.to_owned() />
                <label class="field__label" for=NUMBER>
                    {text::FIND}
                </label>
                <div class="search__line">
                    <input
                        class="field__input search__input"
                        type="search"
                        id=NUMBER
                        name=NUMBER
                        value=number
                        autocomplete="off"
                        maxlength="40"
                    />
                    <button class="button">{icon("search")} {text::FIND_SUBMIT}</button>
                </div>
            </form>
            {(!remark.is_empty()).then(|| view! { <p class="note">{remark}</p> })}
            {(!items.is_empty()).then(|| view! { <ul class="list">{items}</ul> })}
            {folded("list", rest)}
        </section>
    }
    .into_any()
}
