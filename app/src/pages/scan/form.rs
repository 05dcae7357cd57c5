//! The page's forms. The island takes them over by their `data-scan` attributes; without it they are ordinary posts.

use domain::{ActivityId, ScanId};
use leptos::prelude::*;
use storage::Activity;

use crate::components::activity::when;
use crate::components::field::{Input, described_by, error_line};
use crate::components::icon::icon;
use crate::forms::Filled;
use crate::locales::nl::scan as text;

/// Names of the fields.
pub(crate) const ACTIVITY: &str = "activiteit";
pub(crate) const NUMBER: &str = "number";
pub(crate) const PHOTO: &str = "foto";
/// Made with the page: sending the same form twice counts once.
pub(crate) const SCAN_ID: &str = "scan_id";

/// What can be scanned for, and which of it is chosen.
#[derive(Debug, Clone, Default)]
pub(crate) struct Choice {
    /// Open now, soonest first.
    pub(crate) open: Vec<Activity>,
    /// To come.
    pub(crate) later: Vec<Activity>,
    /// Chosen in the address, else the first that is open.
    pub(crate) chosen: Option<Activity>,
}

/// The picker. With JavaScript choosing is enough; without it there is a button.
pub(crate) fn picker(choice: &Choice) -> AnyView {
    let chosen = choice.chosen.as_ref().map(|activity| activity.id);
    let group = |heading: &'static str, activities: &[Activity]| {
        (!activities.is_empty()).then(|| {
            let options = activities
                .iter()
                .map(|activity| option(activity, chosen))
                .collect_view();
            view! { <optgroup label=heading>{options}</optgroup> }
        })
    };
    view! {
        <form class="form" method="get" action="/scan">
            <div class="field">
                <label class="field__label" for=ACTIVITY>
                    {text::ACTIVITY}
                </label>
                <p class="field__hint" id="activiteit-hint">
                    {text::ACTIVITY_HINT}
                </p>
                <select
                    class="field__input"
                    id=ACTIVITY
                    name=ACTIVITY
                    aria-describedby="activiteit-hint"
                    data-scan="activity"
                >
                    {group(text::OPEN_GROUP, &choice.open)}
                    {group(text::LATER_GROUP, &choice.later)}
                </select>
            </div>
            <button class="button" data-scan="pick">
                {text::PICK}
            </button>
        </form>
    }
    .into_any()
}

fn option(activity: &Activity, chosen: Option<ActivityId>) -> AnyView {
    let (day, time) = when(activity);
    let label = match activity.open_now {
        true => format!("{} · {time}", activity.name),
        false => format!("{} · {day} {time}", activity.name),
    };
    let (id, selected) = (activity.id.to_string(), chosen == Some(activity.id));
    view! {
        <option value=id selected=selected>
            {label}
        </option>
    }
    .into_any()
}

fn hidden(slip: Option<(ActivityId, ScanId)>) -> AnyView {
    slip.map(|(activity, scan_id)| {
        view! {
            <input type="hidden" name=ACTIVITY value=activity.to_string() data-scan="activity-id" />
            <input type="hidden" name=SCAN_ID value=scan_id.to_string() />
        }
    })
    .into_any()
}

/// A typed number. Without a slip the form is for a paired phone alone, which sends nothing of it.
pub(crate) fn number(form: &Filled, slip: Option<(ActivityId, ScanId)>) -> AnyView {
    view! {
        <form class="form way" method="post" action="/scan/nummer" data-scan="number" novalidate>
            <h3 class="heading">{text::NUMBER_TITLE}</h3>
            {hidden(slip)}
            {Input::text(NUMBER, text::NUMBER)
                .hint(text::NUMBER_HINT)
                .class("field__input field__input--number")
                .keyboard("text", "40")
                .view(form)}
            <button class="button">{icon("keyboard")} {text::NUMBER_SUBMIT}</button>
        </form>
    }
    .into_any()
}

/// A photo from the gallery; the slip as for [`number`].
pub(crate) fn photo(form: &Filled, slip: Option<(ActivityId, ScanId)>) -> AnyView {
    let error = form.error(PHOTO).map(str::to_owned);
    let class = if error.is_some() { "field field--error" } else { "field" };
    view! {
        <form
            class="form way"
            method="post"
            action="/scan/foto"
            enctype="multipart/form-data"
            data-scan="photo"
            novalidate
        >
            <h3 class="heading">{text::PHOTO_TITLE}</h3>
            {hidden(slip)}
            <div class=class>
                <label class="field__label" for=PHOTO>
                    {text::PHOTO}
                </label>
                <p class="field__hint" id="foto-hint">
                    {text::PHOTO_HINT}
                </p>
                {error_line(PHOTO, error.clone())}
                <input
                    class="field__file"
                    type="file"
                    id=PHOTO
                    name=PHOTO
                    accept="image/jpeg,image/png,image/webp"
                    aria-describedby=described_by(PHOTO, true, error.is_some())
                    aria-invalid=error.is_some().then_some("true")
                />
            </div>
            <button class="button">{icon("photo")} {text::PHOTO_SUBMIT}</button>
        </form>
    }
    .into_any()
}
