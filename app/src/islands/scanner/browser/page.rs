//! Buttons and forms: the island's own, and the page's picker and forms that it takes over (attributes: see the module
//! `scanner`). One listener each on the window, whatever the markup holds.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, HtmlSelectElement};

use super::reader::{self, Read};
use super::state::{Camera, Work, change, read};
use super::{Source, act, camera, complain, feedback, handle};
use crate::islands::dom;
use crate::islands::scanner::texts::Text;

pub(super) const PICKER: &str = "select[data-scan=activity]";
const PHOTO: &str = "form[data-scan=photo] input[type=file]";

pub(super) fn take_over() {
    let drawn = dom::find::<Element>("[data-part=today]").and_then(|count| count.text_content());
    let today = drawn.and_then(|count| count.trim().parse().ok()).unwrap_or_default();
    change(|state| state.today = today);
    chosen();
    if let Some(button) = dom::find::<Element>("[data-scan=pick]") {
        button.remove();
    }
    dom::listen("click", |event| {
        let pressed = dom::target::<Element>(&event).and_then(|element| element.closest("[data-do]").ok()?);
        if let Some(button) = pressed {
            act(&button.get_attribute("data-do").unwrap_or_default(), &button);
        }
    });
    dom::listen("change", |event| {
        if role(&event).as_deref() == Some("activity") {
            change(|state| state.picked = true);
            chosen();
        } else if read(|state| state.camera != Camera::Off) {
            // The camera's photo button: there is nobody to press the form's.
            if let Some(input) = dom::target::<HtmlInputElement>(&event).filter(|input| input.type_() == "file") {
                photo(input);
            }
        }
    });
    dom::listen("submit", |event| {
        let Some(form) = dom::target::<Element>(&event) else {
            return;
        };
        match role(&event).as_deref() {
            Some("number") => {
                event.prevent_default();
                number(&form);
            }
            Some("photo") => {
                event.prevent_default();
                if let Some(input) = dom::find(PHOTO) {
                    photo(input);
                }
            }
            _ => {}
        }
    });
}

/// The `data-scan` of what the event happened to.
fn role(event: &Event) -> Option<String> {
    dom::target::<Element>(event)?.get_attribute("data-scan")
}

/// Reads the picker: the activity's id, and its name as the option spells it.
pub(super) fn chosen() {
    let Some(picker) = dom::find::<HtmlSelectElement>(PICKER) else {
        return;
    };
    let id = picker.value();
    let option = dom::get(&dom::get(&picker, "selectedOptions"), "0");
    let name = dom::text(&option, "textContent").unwrap_or_default().trim().to_owned();
    dom::each("[data-scan=activity-id]", |field| {
        if let Some(field) = field.dyn_ref::<HtmlInputElement>() {
            field.set_value(&id);
        }
    });
    camera::forget();
    change(|state| {
        state.activity = id;
        state.activity_name = name;
        state.trouble = None;
    });
}

/// Puts the picker back where it was: a scanner that types changes a list that has the focus.
pub(super) fn restore_choice() {
    if let Some(picker) = dom::find::<HtmlSelectElement>(PICKER) {
        picker.set_value(&read(|state| state.activity.clone()));
    }
}

/// The camera's photo button presses the page's own field.
pub(super) fn ask_for_photo() {
    if let Some(input) = dom::find::<HtmlElement>(PHOTO) {
        input.click();
    }
}

/// Opens the number's field over the camera's picture.
pub(super) fn ask_for_number() {
    change(|state| state.typing = true);
    if let Some(field) = dom::find::<HtmlElement>("[data-part=sheet-number]") {
        let _ = field.focus();
    }
}

/// A number was typed, or a keyboard scanner typed a whole code into the number's field.
fn number(form: &Element) {
    let field = form.query_selector("input:not([type=hidden])").ok().flatten();
    let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) else {
        return;
    };
    let typed = field.value();
    if typed.trim().is_empty() {
        complain(Text::NumberMissing);
        let _ = field.focus();
        return;
    }
    dom::spawn(async move {
        handle(typed, Source::Fingers).await;
        // What cannot be right stays in its field, to be corrected.
        let wrong = |reason: &str| matches!(reason, "malformed" | "foreign_qr");
        if read(|state| state.trouble.is_none() && !state.last.as_ref().is_some_and(|last| wrong(&last.reason))) {
            field.set_value("");
        }
    });
}

/// A photo was chosen: it is read here and never uploaded.
fn photo(input: HtmlInputElement) {
    feedback::wake();
    let Some(file) = input.files().and_then(|files| files.get(0)) else {
        complain(Text::PhotoMissing);
        return;
    };
    if read(|state| state.work != Work::Idle) {
        return;
    }
    change(|state| {
        state.trouble = None;
        state.work = Work::Reading;
    });
    dom::spawn(async move {
        let made = dom::window().and_then(|window| window.create_image_bitmap_with_blob(&file).ok());
        let picture = match made {
            Some(made) => JsFuture::from(made).await.ok().and_then(|made| made.dyn_into().ok()),
            None => None,
        };
        let found = match picture {
            Some(picture) => Some(reader::read(picture, true).await),
            None => None,
        };
        input.set_value("");
        let dead = matches!(found, Some(Read::Dead));
        change(|state| {
            state.work = Work::Idle;
            state.slow = dead;
        });
        match found {
            Some(Read::Text(text)) => handle(text, Source::Eyes).await,
            Some(_) => complain(Text::PhotoNoCode),
            None => complain(Text::PhotoUnreadable),
        }
    });
}
