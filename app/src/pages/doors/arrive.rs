//! `/deur/{code}`: the holder's own phone says who is here. No log-in and no script: the passes are those whose claim
//! tokens are in this phone's cookie.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::{PassId, ScanId, Verdict};
use leptos::prelude::*;
use storage::{Activity, DoorError, DoorVisit, MOST_PASSES};

use crate::components::activity::when;
use crate::components::field::error_summary;
use crate::components::icon::icon;
use crate::components::masthead::Section;
use crate::components::notice::{Tone, empty, notice, page_head};
use crate::forms::{Filled, Typed};
use crate::locales::nl::{self, doors as text};
use crate::pages::trouble::Trouble;
use crate::respond::{Page, PageError, Visit};

/// Names of the fields. The passes are numbered, `pas-0` and so on: a field that is sent twice is read once.
const FORM: &str = "formulier";
const PASS: &str = "pas";

/// A pass on this phone.
#[derive(Debug, Clone)]
struct Held {
    id: PassId,
    first_name: String,
    number: String,
}

/// `GET /deur/{code}`
pub(crate) async fn show(visit: Visit, Path(code): Path<String>) -> Result<Response, PageError> {
    let held = held(&visit).await?;
    let mut form = Typed::default();
    if let [only] = &held[..] {
        form = form.with(&field(0), only.id.to_string());
    }
    page(&visit, &code, held, Filled::new(form), StatusCode::OK).await
}

/// `POST /deur/{code}`
pub(crate) async fn arrive(visit: Visit, Path(code): Path<String>, typed: Typed) -> Result<Response, PageError> {
    let passes: Vec<PassId> = (0..MOST_PASSES)
        .filter_map(|place| typed.get(&field(place)).parse().ok())
        .collect();
    let slip = typed.get(FORM).parse::<ScanId>();
    let wrong = match (&slip, passes.is_empty()) {
        (Err(_), _) => Some(text::STALE),
        (Ok(_), true) => Some(text::CHOOSE),
        (Ok(_), false) => None,
    };
    let (Ok(slip), None) = (slip, wrong) else {
        let mut form = Filled::new(typed);
        form.wrong("pas-0", wrong.unwrap_or(text::STALE));
        let held = held(&visit).await?;
        return page(&visit, &code, held, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let context = visit.context();
    let visits = context
        .store
        .check_in_at_door(
            &visit.cookies.claims(),
            &code,
            &passes,
            slip,
            &context.issuer,
            &*context.verifier,
        )
        .await;
    match visits {
        Ok(visits) => Ok(done(&visit, &code, visits).await),
        Err(DoorError::Unknown) => Ok(unknown(&visit).await),
        Err(DoorError::NotYours) => {
            Ok(trouble(&visit, StatusCode::FORBIDDEN, text::NOT_YOURS_TITLE, text::NOT_YOURS).await)
        }
        Err(error) => Err(PageError::broken(error)),
    }
}

fn field(place: usize) -> String {
    format!("{PASS}-{place}")
}

async fn held(visit: &Visit) -> Result<Vec<Held>, PageError> {
    let mut held: Vec<Held> = Vec::new();
    for token in visit.cookies.claims() {
        let Some((pass, holder)) = visit.context().store.pass_by_claim(&token).await? else {
            continue;
        };
        if held.iter().all(|known| known.id != pass.id) {
            held.push(Held {
                id: pass.id,
                first_name: holder.first_name.to_string(),
                number: pass.number.to_string(),
            });
        }
    }
    Ok(held)
}

async fn page(
    visit: &Visit,
    code: &str,
    held: Vec<Held>,
    form: Filled,
    status: StatusCode,
) -> Result<Response, PageError> {
    let store = &visit.context().store;
    let Some(activity) = store.door(code).await? else {
        return Ok(unknown(visit).await);
    };
    let slip = match form.typed.get(FORM).parse::<ScanId>() {
        Ok(slip) => slip,
        Err(_) => store.env().uuid_v7().into(),
    };
    let title = match form.errors.is_empty() {
        true => format!("{} · {}", activity.name, text::SUBMIT),
        false => format!("{}: {}", nl::ERROR_TITLE, activity.name),
    };
    let action = format!("/deur/{code}");
    let page = Page::new(title, text::DESCRIPTION, move || {
        let (day, hours) = when(&activity);
        view! {
            {page_head(
                Some(activity.organiser_name.clone()),
                activity.name.clone(),
                Some(format!("{day} {hours}")),
            )}
            {match (&held[..], activity.open_now) {
                ([], _) => {
                    let action = Some(("/pas", text::NO_PASS_ACTION));
                    empty("pass", text::NO_PASS_TITLE, text::NO_PASS_TEXT, action)
                }
                (_, false) => notice(Tone::Wait, text::CLOSED),
                (held, true) => who(held, &form, action, slip),
            }}
        }
    });
    Ok(page
        .section(Section::Pass)
        .class("main--narrow")
        .status(status)
        .secret()
        .answer(visit)
        .await)
}

fn who(held: &[Held], form: &Filled, action: String, slip: ScanId) -> AnyView {
    let passes = held
        .iter()
        .take(MOST_PASSES)
        .enumerate()
        .map(|(place, pass)| {
            let name = field(place);
            let checked = form.typed.get(&name) == pass.id.to_string();
            view! {
                <label class="choice">
                    <input
                        class="choice__input"
                        type="checkbox"
                        id=name.clone()
                        name=name
                        value=pass.id.to_string()
                        checked=checked
                    />
                    <span class="choice__text">
                        {pass.first_name.clone()} " " <span class="note">{pass.number.clone()}</span>
                    </span>
                </label>
            }
        })
        .collect_view();
    let several = held.len() > 1;
    view! {
        <form class="form" method="post" action=action novalidate>
            {error_summary(form)}
            <input type="hidden" name=FORM value=slip.to_string() />
            <fieldset class="choices">
                <legend class="choices__legend">{text::WHO}</legend>
                {several.then(|| view! { <p class="field__hint">{text::WHO_HINT}</p> })}
                {passes}
            </fieldset>
            <div class="action-bar">
                <button class="button button--main">
                    {icon("tick")} {if several { text::SUBMIT_SEVERAL } else { text::SUBMIT }}
                </button>
            </div>
        </form>
    }
    .into_any()
}

async fn done(visit: &Visit, code: &str, visits: Vec<DoorVisit>) -> Response {
    let activity: Option<Activity> = visit.context().store.door(code).await.ok().flatten();
    let kicker = activity.map(|activity| activity.name);
    let good = visits
        .iter()
        .filter(|one| one.recorded.verdict.is_counted() || one.recorded.verdict == Verdict::Duplicate)
        .count();
    let title = text::done(good, visits.len());
    let page = Page::new(title, text::DONE_DESCRIPTION, move || {
        let lines = visits.iter().map(line).collect_view();
        view! {
            {page_head(kicker, title.to_owned(), None)}
            <ul class="list">{lines}</ul>
            <div class="button-row">
                <a class="button" href="/pas">
                    {icon("pass")}
                    {text::TO_PASS}
                </a>
            </div>
        }
    });
    page.section(Section::Pass)
        .class("main--narrow")
        .secret()
        .answer(visit)
        .await
}

fn line(visit: &DoorVisit) -> AnyView {
    let (word, tone, sentence) = text::visit(visit.recorded.verdict, visit.recorded.reason);
    let tone = format!("tag {tone}");
    view! {
        <li class="list__item">
            <div class="list__link">
                <span class="list__title">{visit.first_name.to_string()}</span>
                <span class="list__meta">{sentence}</span>
            </div>
            <span class="list__side">
                <span class=tone>{word}</span>
            </span>
        </li>
    }
    .into_any()
}

async fn unknown(visit: &Visit) -> Response {
    trouble(visit, StatusCode::NOT_FOUND, text::UNKNOWN_TITLE, text::UNKNOWN_WHAT).await
}

async fn trouble(visit: &Visit, status: StatusCode, title: &'static str, what: &'static str) -> Response {
    let trouble = Trouble {
        status,
        icon: "pass",
        title,
        what,
        action: ("/pas", text::TO_PASS),
    };
    trouble.page().section(Section::Pass).answer(visit).await
}
