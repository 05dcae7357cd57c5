//! `POST /avond/wachtrij`: the queue of a phone that found no network, handed over as a file.

use axum::extract::multipart::{Multipart, MultipartError};
use axum::response::Response;
use leptos::prelude::*;
use storage::Permission;

use super::page::{self, DAY};
use crate::components::field::{described_by, error_line};
use crate::components::icon::icon;
use crate::components::masthead::Section;
use crate::components::notice::page_head;
use crate::context::QueueUploadError;
use crate::forms::{Filled, Typed};
use crate::locales::nl::evening as text;
use crate::pages::devices::whose::{ORGANISER, Whose};
use crate::respond::{Page, PageError, Visit};

/// Name of the field.
const FILE: &str = "wachtrij";
/// Largest body: a file as large as the API takes, and the few bytes around it.
pub(crate) const BODY_LIMIT: usize = 10 * 1024 * 1024 + 64 * 1024;

/// The form, unfolded when something is wrong with it.
pub(crate) fn form(form: &Filled, whose: &Whose, day: &str) -> AnyView {
    let error = form.error(FILE).map(str::to_owned);
    let class = if error.is_some() { "field field--error" } else { "field" };
    view! {
        <details class="fold section" id="wachtrij-opladen" open=error.is_some()>
            <summary class="fold__summary">{text::QUEUE}</summary>
            <form
                class="form fold__body"
                method="post"
                action="/avond/wachtrij"
                enctype="multipart/form-data"
                novalidate
            >
                <p>{text::QUEUE_TEXT}</p>
                {whose.hidden()}
                <input type="hidden" name=DAY value=day.to_owned() />
                <div class=class>
                    <label class="field__label" for=FILE>
                        {text::QUEUE_FILE}
                    </label>
                    {error_line(FILE, error.clone())}
                    <input
                        class="field__file"
                        type="file"
                        id=FILE
                        name=FILE
                        accept=".json,application/json"
                        aria-describedby=described_by(FILE, false, error.is_some())
                        aria-invalid=error.is_some().then_some("true")
                    />
                </div>
                <button class="button">{icon("download")} {text::QUEUE_SUBMIT}</button>
            </form>
        </details>
    }
    .into_any()
}

/// `POST /avond/wachtrij`
pub(crate) async fn post(visit: Visit, mut form: Multipart) -> Result<Response, PageError> {
    visit.require(Permission::ManageDevices)?;
    let mut pairs: Vec<(&str, String)> = Vec::new();
    let mut file = Vec::new();
    while let Some(field) = form.next_field().await.map_err(rejected)? {
        match field.name().unwrap_or_default() {
            FILE => file = field.bytes().await.map_err(rejected)?.to_vec(),
            DAY => pairs.push((DAY, field.text().await.map_err(rejected)?)),
            ORGANISER => pairs.push((ORGANISER, field.text().await.map_err(rejected)?)),
            _ => {}
        }
    }
    let typed: Typed = pairs.into_iter().collect();
    let (whose, _) = Whose::of_form(&visit, &typed).await?;
    let wrong = |message: &'static str| {
        let mut form = Filled::new(typed.clone());
        form.wrong(FILE, message);
        form
    };
    if file.is_empty() {
        return page::again(&visit, whose, wrong(text::QUEUE_MISSING)).await;
    }
    let receipt = match visit.context().queue.accept(&visit.viewer.scope, &file).await {
        Ok(receipt) => receipt,
        Err(QueueUploadError::NotAQueue) => {
            return page::again(&visit, whose, wrong(text::QUEUE_NOT_A_QUEUE)).await;
        }
        Err(QueueUploadError::NotYours) => {
            return page::again(&visit, whose, wrong(text::QUEUE_NOT_YOURS)).await;
        }
        Err(QueueUploadError::Signature) => {
            return page::again(&visit, whose, wrong(text::QUEUE_SIGNATURE)).await;
        }
        Err(error) => return Err(PageError::broken(error)),
    };
    let day: String = typed
        .get(DAY)
        .parse::<jiff::civil::Date>()
        .map_or_else(|_| String::new(), |day| format!("?dag={day}"));
    let page = Page::new(text::QUEUE_DONE, text::QUEUE_DESCRIPTION, move || {
        let lines = text::queue_done(
            receipt.events,
            receipt.counted,
            receipt.duplicates,
            receipt.refused,
            receipt.unreadable,
        );
        let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        view! {
            {page_head(None, text::QUEUE_DONE.to_owned(), None)}
            <div class="prose">
                <ul>{lines}</ul>
            </div>
            <div class="button-row">
                <a class="button button--main" href=whose.link(&format!("/avond{day}"))>
                    {text::QUEUE_BACK}
                </a>
            </div>
        }
    });
    Ok(page
        .section(Section::Scan)
        .class("main--narrow")
        .secret()
        .answer(&visit)
        .await)
}

/// Too large, or not a form at all.
#[expect(clippy::needless_pass_by_value, reason = "the signature that map_err wants")]
fn rejected(error: MultipartError) -> PageError {
    PageError::form(error.status())
}
