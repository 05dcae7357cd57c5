//! The queue as a file that the organiser uploads by hand: for a phone that will never have network again.

use domain::device::sync::LARGEST_BATCH;
use domain::{DeviceEvent, QueueFile, local_day};
use js_sys::{Array, Object};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

use super::idb::{Failure, Mode, call};
use super::{memory, outbox, signed, store, wire};
use crate::islands::dom;

/// How long the browser may take to begin saving.
const SAVING_MS: i32 = 20_000;

/// Everything that waits, in the order in which it was scanned.
pub(crate) async fn waiting(most: u32) -> Result<Vec<(DeviceEvent, String)>, Failure> {
    let database = memory::read(|device| device.database.clone()).ok_or(JsValue::UNDEFINED)?;
    let tx = database.begin(&["events"], Mode::Read)?;
    let read = tx.values("events", most).await;
    let events = tx.finish(read).await?;
    Ok(store::events(&events))
}

/// Saves the queue. It stays on the phone as well: the server counts nothing twice.
pub(crate) async fn save() -> Result<(), Failure> {
    let key = memory::read(|device| device.key.clone()).ok_or(JsValue::UNDEFINED)?;
    let events = waiting(u32::MAX).await?;
    let mut batches = Vec::new();
    for (nth, batch) in events.chunks(LARGEST_BATCH).enumerate() {
        let behind = events.len().saturating_sub((nth + 1) * LARGEST_BATCH);
        let input = outbox::input(&outbox::texts(batch), u32::try_from(behind).unwrap_or(u32::MAX));
        let input = input.ok_or(JsValue::UNDEFINED)?;
        batches.push(signed::jws(&input, &key).await.ok_or(JsValue::UNDEFINED)?);
    }
    // JWSs need no escape.
    let text = [
        "{\"format\":\"",
        QueueFile::FORMAT,
        "\",\"batches\":[\"",
        &wire::joined(&batches, "\",\""),
        "\"]}",
    ]
    .concat();
    let name = ["randpas-wachtrij-", &local_day(dom::now()).to_string(), ".json"].concat();
    download(&name, &text).await
}

async fn download(name: &str, text: &str) -> Result<(), Failure> {
    let options = Object::new();
    dom::set(&options, "type", &"application/json".into());
    let parts = Array::of1(&text.into());
    let class = dom::method(&js_sys::global(), "Blob").ok_or(JsValue::UNDEFINED)?;
    let blob = js_sys::Reflect::construct(&class, &Array::of2(&parts, &options))?;
    let urls = dom::get(&js_sys::global(), "URL");
    let address = call(&urls, "createObjectURL", &[blob])?;
    let document = dom::document().ok_or(JsValue::UNDEFINED)?;
    let link: HtmlElement = document.create_element("a")?.unchecked_into();
    link.set_attribute("href", &address.as_string().unwrap_or_default())?;
    link.set_attribute("download", name)?;
    link.click();
    dom::sleep(SAVING_MS).await;
    call(&urls, "revokeObjectURL", &[address]).map(drop)
}
