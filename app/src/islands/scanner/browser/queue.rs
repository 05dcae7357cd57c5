//! The queue: what waits, what a person has to see, and what can be done about it.

use domain::{DeviceEvent, Reason};
use wasm_bindgen::JsValue;
use web_sys::Element;

use super::draw::{fill, part, say, say_reason, show};
use super::state::redraw;
use super::{complain, outcome_word};
use crate::islands::device::idb::Mode;
use crate::islands::device::{background, export, memory, outbox, store, wire};
use crate::islands::dom;
use crate::islands::scanner::texts::Text;

/// As many lines as a person looks through.
const LINES: u32 = 50;

/// Opens the sheet.
pub(super) fn open() {
    show("unpair-ask", false);
    show("unpair", true);
    introduce();
    if let Some(sheet) = part("queue")
        && let Some(open) = dom::method(&sheet, "showModal")
    {
        let _ = open.call0(&sheet);
    }
    dom::spawn(list());
}

/// Closes it.
pub(super) fn close() {
    if let Some(sheet) = part("queue")
        && let Some(close) = dom::method(&sheet, "close")
    {
        let _ = close.call0(&sheet);
    }
}

/// Whether it is open.
pub(super) fn is_open() -> bool {
    part("queue").is_some_and(|sheet| sheet.has_attribute("open"))
}

/// Fills the lists anew.
pub(super) async fn list() {
    let waiting = export::waiting(LINES + 1).await.unwrap_or_default();
    let letters = letters().await.unwrap_or_default();
    let most = LINES as usize;
    if let Some(rows) = part("queue-rows") {
        rows.set_text_content(None);
        for (event, _) in waiting.iter().take(most) {
            let word = say(outcome_word(event.device_verdict, event.device_reason));
            add(&rows, "li", "queue__row", &[headline(event), word].join(" · "));
        }
    }
    show("queue-none", waiting.is_empty());
    show("queue-some", !waiting.is_empty());
    show("queue-more", waiting.len() > most);
    show("letters-box", !letters.is_empty());
    if let Some(rows) = part("letters") {
        rows.set_text_content(None);
        for (key, event, reason) in &letters {
            let Some(row) = add(&rows, "li", "queue__row", "") else {
                continue;
            };
            add(&row, "b", "", &headline(event));
            add(&row, "p", "", &say_reason(*reason));
            if let Some(button) = add(&row, "button", "button", &say(Text::Seen)) {
                let _ = button.set_attribute("type", "button");
                let _ = button.set_attribute("data-do", "letter-seen");
                let _ = button.set_attribute("data-seq", &dom::digits(crate::islands::device::idb::whole(key)));
            }
        }
    }
}

/// `19.42 · 7K3M-9QX2-4TP`.
fn headline(event: &DeviceEvent) -> String {
    let what = match event.scanned() {
        Ok(scanned) => scanned.number().to_string(),
        Err(_) => say(Text::Code),
    };
    [dom::clock_at(event.occurred_at.as_millisecond()), what].join(" · ")
}

fn add(parent: &Element, tag: &str, class: &str, words: &str) -> Option<Element> {
    let element = dom::document()?.create_element(tag).ok()?;
    if !class.is_empty() {
        element.set_class_name(class);
    }
    element.set_text_content(Some(words));
    parent.append_child(&element).ok()?;
    Some(element)
}

async fn letters() -> Result<Vec<(JsValue, DeviceEvent, Reason)>, JsValue> {
    let database = memory::read(|device| device.database.clone()).ok_or(JsValue::UNDEFINED)?;
    let tx = database.begin(&["letters"], Mode::Read)?;
    let reading = async { Ok((tx.keys("letters", LINES).await?, tx.values("letters", LINES).await?)) };
    let read = reading.await;
    let (keys, values) = tx.finish(read).await?;
    let letter = |(key, value): (JsValue, JsValue)| {
        let event = wire::event(&dom::text(&value, "text")?)?;
        let reason = wire::coded(&value, "reason", Reason::ALL, Reason::code);
        Some((key, event, reason.unwrap_or(Reason::ServerError)))
    };
    Ok(keys.iter().zip(values.iter()).filter_map(letter).collect())
}

/// A person has seen one: it is taken off the list. The server has it for good.
pub(super) fn seen(button: &Element) {
    let Some(seq) = button.get_attribute("data-seq").and_then(|seq| seq.parse().ok()) else {
        return;
    };
    dom::spawn(async move {
        let Some(database) = memory::read(|device| device.database.clone()) else {
            return;
        };
        let Ok(tx) = database.begin(&["letters"], Mode::Write) else {
            return;
        };
        let deleted = tx.delete("letters", &store::seq_key(seq));
        if tx.finish(deleted).await.is_ok() {
            memory::change(|device| device.letters = device.letters.saturating_sub(1));
        }
        list().await;
        redraw();
    });
}

/// Hands over now.
pub(super) fn send() {
    dom::spawn(async {
        outbox::hand_over().await;
        list().await;
    });
}

/// Saves the queue as a file.
pub(super) fn save() {
    dom::spawn(async {
        if export::save().await.is_err() {
            close();
            complain(Text::ExportFailed);
        }
    });
}

/// Asks before the pairing is forgotten.
pub(super) fn ask_unpair(asked: bool) {
    show("unpair", !asked);
    show("unpair-ask", asked);
    let waits = memory::read(|device| device.waiting > 0).unwrap_or(false);
    show("unpair-waiting", waits);
    let next = if asked {
        "[data-do=unpair-no]"
    } else {
        "[data-do=unpair]"
    };
    if let Some(button) = dom::find::<web_sys::HtmlElement>(next) {
        let _ = button.focus();
    }
}

/// Forgets the pairing.
pub(super) fn unpair() {
    dom::spawn(async {
        let Some(database) = memory::read(|device| device.database.clone()) else {
            return;
        };
        if store::erase(&database).await.is_ok() {
            background::tell_worker("unpaired", false).await;
            dom::go("/scan");
        }
    });
}

/// Name, organiser and role.
fn introduce() {
    let role = |role| match role {
        domain::DeviceRole::Counter => Text::RoleCounter,
        domain::DeviceRole::Redeemer => Text::RoleRedeemer,
        domain::DeviceRole::Supervisor => Text::RoleSupervisor,
    };
    let known = memory::read(|device| (device.name.clone(), device.organiser.clone(), role(device.role)));
    if let Some((name, organiser, role)) = known {
        fill("device-name", &name);
        fill("device-organiser", &organiser);
        fill("device-role", &say(role));
    }
}
