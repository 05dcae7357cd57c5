//! `/aanmelden` and `/afmelden`.

use axum::extract::Query;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use jiff::SignedDuration;
use leptos::prelude::*;
use serde::Deserialize;
use storage::{Account, Role};

use crate::components::field::{Input, error_summary};
use crate::components::icon::icon;
use crate::components::notice::page_head;
use crate::context::LogInError;
use crate::cookies;
use crate::forms::{Filled, Typed};
use crate::locales::nl::{self, account as text};
use crate::respond::{Page, PageError, Visit, see_other};

/// A working day: who logs in at the start of a shift stays in until its end.
const LIFETIME: SignedDuration = SignedDuration::from_hours(12);

/// Where to go on after logging in.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Onward {
    #[serde(default)]
    verder: String,
}

/// Only paths of this site: `//other` and `/\other` lead elsewhere in some browsers.
fn onward(path: &str) -> Option<&str> {
    let second = path.as_bytes().get(1);
    let ours = path.starts_with('/') && !matches!(second, Some(b'/' | b'\\')) && path.len() <= 500;
    (ours && !path.bytes().any(|byte| byte.is_ascii_control()) && !path.starts_with("/aanmelden")).then_some(path)
}

/// The first page of each role.
fn first_page(account: &Account) -> &'static str {
    match account.role {
        Role::Counter => "/balie",
        Role::Organiser => "/scan",
        Role::Coordinator | Role::Auditor | Role::Ticketing | Role::Kiosk => "/cijfers",
    }
}

/// `GET /aanmelden`
pub(crate) async fn show(visit: Visit, Query(Onward { verder }): Query<Onward>) -> Result<Response, PageError> {
    if let Some(account) = &visit.viewer.account {
        return Ok(see_other(onward(&verder).unwrap_or(first_page(account)), []));
    }
    form(
        &visit,
        Filled::new([("verder", verder)].into_iter().collect()),
        StatusCode::OK,
    )
    .await
}

/// `POST /aanmelden`
pub(crate) async fn log_in(visit: Visit, typed: Typed) -> Result<Response, PageError> {
    let (email, password) = (typed.get("email").to_owned(), typed.raw("wachtwoord").to_owned());
    let mut filled = Filled::new(typed.with("wachtwoord", ""));
    if email.is_empty() {
        filled.wrong("email", text::EMAIL_MISSING);
    }
    if password.is_empty() {
        filled.wrong("wachtwoord", text::PASSWORD_MISSING);
    }
    if !filled.errors.is_empty() {
        return form(&visit, filled, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let status = match visit.context().passwords.verify(&email, &password).await {
        Ok(account) => {
            let token = visit.context().store.create_session(account.id, LIFETIME).await?;
            let to = onward(filled.typed.get("verder"))
                .unwrap_or(first_page(&account))
                .to_owned();
            return Ok(see_other(
                &to,
                [cookies::set_session(token.as_str(), visit.context().secure)],
            ));
        }
        Err(LogInError::Wrong) => {
            filled.wrong("email", text::WRONG);
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Err(LogInError::TooMany { retry_after }) => {
            filled.wrong("email", text::too_many(retry_after));
            let mut response = form(&visit, filled, StatusCode::TOO_MANY_REQUESTS).await?;
            let seconds = HeaderValue::from(retry_after.as_secs().max(1));
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
            return Ok(response);
        }
        Err(LogInError::Unavailable(error)) => {
            tracing::error!(error, "could not check a password");
            filled.wrong("email", text::UNAVAILABLE);
            StatusCode::SERVICE_UNAVAILABLE
        }
    };
    form(&visit, filled, status).await
}

/// `POST /afmelden`
pub(crate) async fn log_out(visit: Visit) -> Result<Response, PageError> {
    let secure = visit.context().secure;
    if let Some(token) = visit.cookies.session(secure) {
        visit.context().store.end_session(token).await?;
    }
    Ok(see_other("/", [cookies::drop_session(secure)]))
}

async fn form(visit: &Visit, filled: Filled, status: StatusCode) -> Result<Response, PageError> {
    let [(demo, _), ..] = text::DEMO_ACCOUNTS;
    let demo = visit.context().store.account_by_email(demo).await?.is_some();
    let title = if filled.errors.is_empty() {
        text::TITLE.to_owned()
    } else {
        format!("{}: {}", nl::ERROR_TITLE, text::TITLE)
    };
    let page = Page::new(title, text::DESCRIPTION, move || {
        let verder = filled.typed.get("verder").to_owned();
        view! {
            {page_head(None, text::TITLE.to_owned(), Some(text::LEAD.to_owned()))}
            <section class="login card">
                <form class="form" method="post" action="/aanmelden" novalidate>
                    {error_summary(&filled)} <input type="hidden" name="verder" value=verder />
                    {Input::text("email", text::EMAIL).kind("email").autocomplete("username").view(&filled)}
                    {Input::text("wachtwoord", text::PASSWORD)
                        .kind("password")
                        .autocomplete("current-password")
                        .view(&filled)} <div class="action-bar">
                        <button class="button button--main button--wide">{text::SUBMIT}</button>
                    </div>
                </form>
            </section>
            {demo.then(demo_accounts)}
            <p>
                <a class="link-more" href="/pas">
                    {text::TO_PASS}
                </a>
            </p>
        }
    });
    Ok(page.class("main--narrow").status(status).answer(visit).await)
}

fn demo_accounts() -> AnyView {
    let accounts = text::DEMO_ACCOUNTS
        .map(|(email, role)| {
            view! {
                <li>
                    <code>{email}</code>
                    " "
                    <span>{role}</span>
                </li>
            }
        })
        .into_iter()
        .collect_view();
    view! {
        <div class="alert alert--info">
            {icon("info")} <div>
                <h2 class="alert__title">{text::DEMO_TITLE}</h2>
                <p>{text::DEMO_LEAD} " " <code>{text::DEMO_PASSWORD}</code></p>
                <ul class="demo-logins">{accounts}</ul>
            </div>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logging_in_never_leads_to_another_site() {
        assert_eq!(onward("/balie?q=x"), Some("/balie?q=x"));
        for bad in [
            "",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/a\r\nSet-Cookie: x",
            "/aanmelden",
        ] {
            assert_eq!(onward(bad), None, "{bad:?}");
        }
        assert_eq!(onward(&format!("/{}", "a".repeat(600))), None);
    }
}
