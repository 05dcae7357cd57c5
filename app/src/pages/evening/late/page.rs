//! The form. It is also what comes back when something is wrong with it.

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use domain::local_time::end_of_day;
use domain::{OrganiserId, ScanId, local_day};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use leptos::prelude::*;
use serde::Deserialize;
use storage::OrganiserSession;

use super::read::{EXPLAIN, FORM, HOUR, NUMBERS, PEOPLE, REASON, SESSION};
use crate::components::field::{Choice, Input, described_by, error_line, error_summary, select};
use crate::components::icon::icon;
use crate::components::masthead::Section;
use crate::components::notice::{empty, page_head};
use crate::forms::{Filled, Typed};
use crate::locales::nl::{self, evening as text};
use crate::pages::devices::whose::Whose;
use crate::pages::evening::page::DAY;
use crate::respond::{Page, PageError, Visit};

/// How far back sessions are offered, from now or from the day in the address.
const BACK: SignedDuration = SignedDuration::from_hours(31 * 24);

/// Of whom, and which day to start from.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    organisatie: String,
    #[serde(default)]
    dag: String,
}

/// `GET /avond/nakomers`
pub(crate) async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    let whose = Whose::load(&visit, &asked.organisatie).await?;
    let form = Filled::new(Typed::default().with(DAY, asked.dag));
    page(&visit, whose, form, StatusCode::OK).await
}

/// The sessions that can be chosen: those that have started, up to the day that the form is about.
pub(crate) async fn sessions(
    visit: &Visit,
    organiser: OrganiserId,
    day: &str,
) -> Result<Vec<OrganiserSession>, PageError> {
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    let now = store.env().now();
    let until = day.parse::<Date>().map_or(now, |day| end_of_day(day).min(now));
    let from = until.checked_sub(BACK).unwrap_or(Timestamp::UNIX_EPOCH);
    Ok(store.organiser_sessions(scope, organiser, from, until).await?)
}

/// The page with a form as it was filled in.
pub(crate) async fn page(visit: &Visit, whose: Whose, form: Filled, status: StatusCode) -> Result<Response, PageError> {
    let sessions = match &whose.organiser {
        Some(organiser) => Some(sessions(visit, organiser.id, form.typed.get(DAY)).await?),
        None => None,
    };
    let slip = match form.typed.get(FORM).parse::<ScanId>() {
        Ok(slip) => slip,
        Err(_) => visit.context().store.env().uuid_v7().into(),
    };
    let title = if form.errors.is_empty() {
        text::LATE_TITLE.to_owned()
    } else {
        format!("{}: {}", nl::ERROR_TITLE, text::LATE_TITLE)
    };
    let kicker = whose.organiser.as_ref().map(|organiser| organiser.name.clone());
    let page = Page::new(title, text::LATE_DESCRIPTION, move || {
        view! {
            {page_head(kicker, text::LATE_TITLE.to_owned(), Some(text::LATE_LEAD.to_owned()))}
            {whose.picker("/avond/nakomers")}
            {sessions.map(|sessions| view(&form, &sessions, &whose, slip))}
        }
    });
    Ok(page
        .section(Section::Scan)
        .class("main--narrow")
        .status(status)
        .secret()
        .answer(visit)
        .await)
}

fn view(form: &Filled, sessions: &[OrganiserSession], whose: &Whose, slip: ScanId) -> AnyView {
    if sessions.is_empty() {
        let action = Some(("/activiteiten", text::LATE_NO_SESSIONS_ACTION));
        return empty("calendar", text::LATE_NO_SESSIONS, text::LATE_NO_SESSIONS_TEXT, action);
    }
    let moments = sessions.iter().map(moment).collect();
    let reasons = text::LATE_REASONS.map(|(code, words)| Choice::new(code, words)).into();
    let day = form.typed.get(DAY).to_owned();
    view! {
        <form class="form section" method="post" action="/avond/nakomers" novalidate>
            {error_summary(form)}
            {whose.hidden()}
            <input type="hidden" name=FORM value=slip.to_string() />
            <input type="hidden" name=DAY value=day />
            {select(form, SESSION, text::LATE_SESSION, Some(text::LATE_SESSION_HINT), None, vec![(None, moments)])}
            {Input::text(HOUR, text::LATE_HOUR)
                .hint(text::LATE_HOUR_HINT)
                .class("field__input field__input--short")
                .keyboard("text", "8")
                .optional()
                .view(form)}
            {select(form, REASON, text::LATE_REASON, None, Some(nl::CHOOSE), vec![(None, reasons)])}
            {Input::text(EXPLAIN, text::LATE_EXPLAIN)
                .hint(text::LATE_EXPLAIN_HINT)
                .keyboard("text", "200")
                .optional()
                .view(form)}
            {numbers(form)}
            {Input::text(PEOPLE, text::LATE_PEOPLE)
                .hint(text::LATE_PEOPLE_HINT)
                .class("field__input field__input--short")
                .keyboard("numeric", "9")
                .optional()
                .view(form)}
            <div class="action-bar">
                <button class="button button--main">{icon("plus")} {text::LATE_SUBMIT}</button>
            </div>
        </form>
    }
    .into_any()
}

/// `vr 20 nov 19.00–21.00 · Volleybal`
fn moment(session: &OrganiserSession) -> Choice {
    let hours = format!("{}–{}", nl::clock(session.starts_at), nl::clock(session.ends_at));
    let year = local_day(session.starts_at).year();
    let label = format!(
        "{} {year} {hours} · {}",
        nl::day_short(session.starts_at),
        session.activity_name
    );
    Choice::new(session.id, label)
}

fn numbers(form: &Filled) -> AnyView {
    let error = form.error(NUMBERS).map(str::to_owned);
    let class = if error.is_some() { "field field--error" } else { "field" };
    let typed = form.typed.raw(NUMBERS).to_owned();
    view! {
        <div class=class>
            <label class="field__label" for=NUMBERS>
                {text::LATE_NUMBERS}
            </label>
            <p class="field__hint" id="nummers-hint">
                {text::LATE_NUMBERS_HINT}
            </p>
            {error_line(NUMBERS, error.clone())}
            <textarea
                class="field__input field__input--number"
                id=NUMBERS
                name=NUMBERS
                rows="6"
                autocomplete="off"
                spellcheck="false"
                aria-describedby=described_by(NUMBERS, true, error.is_some())
                aria-invalid=error.is_some().then_some("true")
            >
                {typed}
            </textarea>
        </div>
    }
    .into_any()
}
