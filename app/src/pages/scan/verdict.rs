//! The verdict as a page of its own, and taking a scan back.

use axum::http::StatusCode;
use axum::response::Response;
use domain::{ActivityId, Lang, ScanId};
use leptos::prelude::*;
use storage::{AnnulError, Permission, Recorded};

use super::form::{ACTIVITY, SCAN_ID};
use crate::components::icon::{icon, svg};
use crate::components::masthead::Section;
use crate::forms::Typed;
use crate::locales::nl::scan as text;
use crate::pages::trouble::Trouble;
use crate::respond::{Page, PageError, Visit};

/// The page for what became of a scan.
pub(crate) async fn show(visit: &Visit, recorded: &Recorded, activity: ActivityId) -> Result<Response, PageError> {
    let (word, class, shape) = text::verdict(recorded.verdict);
    let code = recorded.verdict.code();
    let welcome = recorded.first_visit && recorded.verdict.is_counted();
    let sentence = if welcome {
        text::FIRST_VISIT
    } else {
        recorded.reason.sentence(Lang::Nl)
    };
    let detail = recorded.number.map(|number| number.to_string());
    let undo = recorded.verdict.is_counted().then_some(recorded.scan_id);
    let page = Page::new(
        format!("{word} · {}", text::RESULT_TITLE),
        text::DESCRIPTION,
        move || {
            let next = format!("/scan?activiteit={activity}");
            let class = format!("verdict {class}");
            view! {
                <h1 class="visually-hidden">{text::RESULT_TITLE}</h1>
                <section class=class role="alert" data-verdict=code>
                    {svg("verdict__shape", shape)} <p class="verdict__word">{word}</p>
                    <p class="verdict__sentence">{sentence}</p>
                    {detail.map(|detail| view! { <p class="verdict__detail">{detail}</p> })}
                <div class="verdict__actions">
                        <a class="button button--on-colour" href=next>
                            {icon("scan")}
                            {text::NEXT}
                        </a>
                        {undo.map(|scan| undo_form(scan, activity, "button button--on-colour"))}
                    </div>
                </section>
            }
        },
    );
    Ok(page.section(Section::Scan).secret().answer(visit).await)
}

/// One button that takes a scan back.
pub(crate) fn undo_form(scan: ScanId, activity: ActivityId, class: &'static str) -> AnyView {
    view! {
        <form method="post" action="/scan/ongedaan">
            <input type="hidden" name=SCAN_ID value=scan.to_string() />
            <input type="hidden" name=ACTIVITY value=activity.to_string() />
            <button class=class>{icon("undo")} {text::UNDO}</button>
        </form>
    }
    .into_any()
}

/// `POST /scan/ongedaan`
pub(crate) async fn undo(visit: Visit, typed: Typed) -> Result<Response, PageError> {
    visit.require(Permission::Scan)?;
    let ids = typed
        .get(SCAN_ID)
        .parse::<ScanId>()
        .ok()
        .zip(typed.get(ACTIVITY).parse::<ActivityId>().ok());
    let Some((scan, activity)) = ids else {
        return Ok(not_undone(&visit, text::UNDO_UNKNOWN, StatusCode::NOT_FOUND).await);
    };
    let store = &visit.context().store;
    match store.annul(&visit.viewer.scope, scan, store.env().now()).await {
        Ok(recorded) => show(&visit, &recorded, activity).await,
        Err(AnnulError::Unknown) => Ok(not_undone(&visit, text::UNDO_UNKNOWN, StatusCode::NOT_FOUND).await),
        Err(AnnulError::TooLate) => Ok(not_undone(&visit, text::UNDO_TOO_LATE, StatusCode::CONFLICT).await),
        Err(AnnulError::Denied) => Ok(not_undone(&visit, text::UNDO_DENIED, StatusCode::FORBIDDEN).await),
        Err(error) => Err(PageError::broken(error)),
    }
}

async fn not_undone(visit: &Visit, what: &'static str, status: StatusCode) -> Response {
    let trouble = Trouble {
        status,
        icon: "undo",
        title: text::UNDO,
        what,
        action: ("/scan", text::NEXT),
    };
    trouble.page().section(Section::Scan).answer(visit).await
}
