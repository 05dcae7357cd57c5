//! The page's own picker and forms, taken over (attributes: see the module `scanner`).

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, HtmlSelectElement};

use super::reader::{self, Read};
use super::{camera, dom, feedback, handle};
use crate::islands::scanner::state::{Scan, Sheet, Work};
use crate::islands::scanner::texts::Text;

const PICKER: &str = "select[data-scan=activity]";

pub(super) fn take_over(scan: Scan) {
    chosen(scan);
    dom::each("[data-scan=pick]", |button| {
        let _ = button.set_attribute("hidden", "");
    });
    dom::listen("change", move |event| {
        if role(&event).as_deref() == Some("activity") {
            chosen(scan);
        }
    });
    dom::listen("submit", move |event| {
        let Some(form) = target(&event) else { return };
        match role(&event).as_deref() {
            Some("number") => {
                event.prevent_default();
                number(scan, &form);
            }
            Some("photo") => {
                event.prevent_default();
                match form.query_selector("input[type=file]").ok().flatten() {
                    Some(input) => photo(scan, input.unchecked_ref()),
                    None => scan.trouble.set(Some(scan.say(Text::PhotoMissing))),
                }
            }
            _ => {}
        }
    });
}

fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// The `data-scan` of what the event happened to.
fn role(event: &Event) -> Option<String> {
    target(event)?.get_attribute("data-scan")
}

/// Reads the picker: the activity's id, and its name as the option spells it.
fn chosen(scan: Scan) {
    let Some(picker) = dom::find::<HtmlSelectElement>(PICKER) else {
        return;
    };
    let id = picker.value();
    let option = dom::get(&dom::get(&picker, "selectedOptions"), "0");
    let name = dom::text(&option, "textContent").unwrap_or_default();
    dom::each("[data-scan=activity-id]", |field| {
        if let Some(field) = field.dyn_ref::<HtmlInputElement>() {
            field.set_value(&id);
        }
    });
    camera::forget();
    scan.trouble.set(None);
    scan.activity.set((id, name.trim().to_owned()));
}

/// Puts the picker back where it was: a scanner that types changes a list that has the focus.
pub(super) fn restore_choice(scan: Scan) {
    if let Some(picker) = dom::find::<HtmlSelectElement>(PICKER) {
        picker.set_value(&scan.activity.with_untracked(|(id, _)| id.clone()));
    }
}

/// A number was typed, or a keyboard scanner typed a whole code into the number's field.
pub(super) fn number(scan: Scan, form: &Element) {
    let field = form
        .query_selector("[name=number]")
        .ok()
        .flatten()
        .and_then(|field| field.dyn_into().ok());
    let Some(field): Option<HtmlInputElement> = field else {
        return;
    };
    let typed = field.value();
    if typed.trim().is_empty() {
        scan.trouble.set(Some(scan.say(Text::NumberMissing)));
        let _ = field.focus();
        return;
    }
    // It stays when it cannot be sent; `handle` takes it from here.
    spawn_local(async move {
        handle(scan, typed).await;
        if scan.trouble.with_untracked(Option::is_none) && !refused_as_typed(scan) {
            field.set_value("");
        }
    });
}

/// Whether the number itself was wrong: then it stays in its field, to be corrected.
fn refused_as_typed(scan: Scan) -> bool {
    scan.last.with_untracked(|last| {
        last.as_ref()
            .is_some_and(|last| matches!(&*last.reason, "malformed" | "foreign_qr"))
    })
}

/// A photo was chosen: it is read here and never uploaded.
pub(super) fn photo(scan: Scan, input: &HtmlInputElement) {
    feedback::wake();
    let Some(file) = input.files().and_then(|files| files.get(0)) else {
        scan.trouble.set(Some(scan.say(Text::PhotoMissing)));
        return;
    };
    if scan.work.get_untracked() != Work::Idle {
        return;
    }
    scan.trouble.set(None);
    scan.work.set(Work::Reading);
    let input = input.clone();
    spawn_local(async move {
        let made = dom::window().and_then(|window| window.create_image_bitmap_with_blob(&file).ok());
        let picture = match made {
            Some(made) => JsFuture::from(made).await.ok().and_then(|made| made.dyn_into().ok()),
            None => None,
        };
        let read = match picture {
            Some(picture) => Some(reader::read(picture, true).await),
            None => None,
        };
        scan.work.set(Work::Idle);
        input.set_value("");
        let wrong = match read {
            Some(Read::Text(text)) => {
                scan.hoarse.set(false);
                scan.sheet.set(Sheet::None);
                return handle(scan, text).await;
            }
            Some(Read::Nothing) => Text::PhotoNoCode,
            Some(Read::Dead) => {
                scan.hoarse.set(true);
                Text::PhotoNoCode
            }
            None => Text::PhotoUnreadable,
        };
        scan.trouble.set(Some(scan.say(wrong)));
    });
}

/// Whether keys pressed there belong to the field.
pub(super) fn is_text_field(element: &HtmlElement) -> bool {
    matches!(&*element.tag_name(), "INPUT" | "TEXTAREA")
}
