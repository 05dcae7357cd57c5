//! `POST /avond/nakomers`: every number is an ordinary check-in, flagged `manual`; people without one are kept apart.

use axum::http::StatusCode;
use axum::response::Response;
use domain::{Number, ScanId, Scanned, Verdict};
use futures::future::try_join_all;
use leptos::prelude::*;
use sha2::{Digest as _, Sha256};
use storage::{CheckIn, CheckInError, NewManualCount, Recorded, scan_of_form};

use super::page::{page, sessions};
use super::read::{FORM, Late, NUMBERS, PEOPLE, read};
use crate::components::masthead::Section;
use crate::components::notice::page_head;
use crate::forms::{Filled, Typed};
use crate::locales::nl::evening as text;
use crate::pages::devices::whose::Whose;
use crate::pages::evening::page::DAY;
use crate::respond::{Page, PageError, Visit};

/// `POST /avond/nakomers`
pub(crate) async fn post(visit: Visit, typed: Typed) -> Result<Response, PageError> {
    let (whose, organiser) = Whose::of_form(&visit, &typed).await?;
    let sessions = sessions(&visit, organiser.id, typed.get(DAY)).await?;
    let again = async |whose, mut form: Filled, wrong: Option<(&'static str, &str)>| {
        if let Some((field, message)) = wrong {
            form.wrong(field, message);
        }
        page(&visit, whose, form, StatusCode::UNPROCESSABLE_ENTITY).await
    };
    let Ok(slip) = typed.get(FORM).parse::<ScanId>() else {
        return again(whose, Filled::new(typed), Some((NUMBERS, text::LATE_STALE))).await;
    };
    let now = visit.context().store.env().now();
    let late = match read(typed.clone(), &sessions, now) {
        Ok(late) => late,
        Err(form) => return again(whose, form, None).await,
    };
    // The people first: if they are refused, no number was counted either.
    match people(&visit, &late, slip).await {
        Ok(()) => {}
        Err(storage::Error::Exists(_)) => {
            return again(whose, Filled::new(typed), Some((PEOPLE, text::LATE_USED))).await;
        }
        Err(error) => return Err(error.into()),
    }
    let scans = late.numbers.iter().map(|number| scan(&visit, &late, slip, *number));
    let recorded = try_join_all(scans).await.map_err(|error| match error {
        CheckInError::Denied => PageError::Denied,
        error => PageError::broken(error),
    })?;
    Ok(done(&visit, &whose, &late, recorded).await)
}

async fn people(visit: &Visit, late: &Late, slip: ScanId) -> Result<(), storage::Error> {
    let Some(people) = late.people else {
        return Ok(());
    };
    let new = NewManualCount {
        id: slip,
        activity: late.session.activity,
        session: late.session.id,
        people,
        note: late.note.clone(),
    };
    let (store, scope) = (&visit.context().store, &visit.viewer.scope);
    store.record_manual_count(scope, new).await
}

/// The id comes from the form, the moment and the number: the form may be sent again, with lines added or in another
/// order, and each number counts once.
async fn scan(visit: &Visit, late: &Late, slip: ScanId, number: Number) -> Result<Recorded, CheckInError> {
    let what = format!("{}/{}/{}", late.session.id, late.at, number.compact());
    let check_in = CheckIn {
        scan_id: scan_of_form(slip, &what),
        input: Ok(Scanned::Number(number)),
        key: None,
        content_hash: Sha256::digest(format!("late\n{what}")).into(),
        activity: late.session.activity,
        occurred_at: Some(late.at),
        clock_offset_ms: 0,
        manual: true,
        note: Some(late.note.clone()),
    };
    visit.context().store.check_in(&visit.viewer.scope, check_in).await
}

async fn done(visit: &Visit, whose: &Whose, late: &Late, recorded: Vec<Recorded>) -> Response {
    let counted = recorded.iter().filter(|one| one.verdict.is_counted()).count();
    let lead = text::late_done(
        counted as u64,
        recorded.len() as u64,
        late.people.unwrap_or_default().into(),
    );
    let kicker = late.session.activity_name.clone();
    let day = domain::local_day(late.session.starts_at);
    let evening = whose.link(&format!("/avond?dag={day}"));
    let more = whose.link(&format!("/avond/nakomers?dag={day}"));
    let lines: Vec<(String, Recorded)> = late.numbers.iter().map(Number::to_string).zip(recorded).collect();
    let page = Page::new(text::LATE_DONE, text::LATE_DESCRIPTION, move || {
        let lines = lines.iter().map(|(number, one)| line(number, one)).collect_view();
        view! {
            {page_head(Some(kicker), text::LATE_DONE.to_owned(), Some(lead))}
            <ul class="list">{lines}</ul>
            <div class="button-row">
                <a class="button button--main" href=evening>
                    {text::TO_EVENING}
                </a>
                <a class="button" href=more>
                    {text::LATE_MORE}
                </a>
            </div>
        }
    });
    page.section(Section::Scan)
        .class("main--narrow")
        .secret()
        .answer(visit)
        .await
}

/// A number and what became of it; why, when it does not count.
fn line(number: &str, one: &Recorded) -> AnyView {
    let (word, tone) = text::verdict(one.verdict);
    let tone = format!("tag {tone}");
    let why = (one.verdict != Verdict::Counted).then(|| {
        view! { <span class="list__meta">{text::why(one.reason)}</span> }
    });
    let number = number.to_owned();
    view! {
        <li class="list__item">
            <div class="list__link">
                <span class="list__title">{number}</span>
                {why}
            </div>
            <span class="list__side">
                <span class=tone>{word}</span>
            </span>
        </li>
    }
    .into_any()
}
