//! What the service worker may send when no page is open. It gets signed requests and gives back the answers as they
//! came; it knows no rule, and a request that is sent twice counts once.

use std::cell::Cell;

use domain::device::sync::LARGEST_BATCH;
use js_sys::Promise;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Event;

use super::idb::{Failure, Mode, call};
use super::{memory, net, outbox, signed, store};
use crate::islands::dom;

const TAG: &str = "randpas-outbox";

/// Signing is not free: new scans are put together for this long, unless the page is about to go.
const TOGETHER_MS: i64 = 10_000;

thread_local! {
    /// The last number that was laid out; negative before it is known what an earlier page left.
    static READY_UNTIL: Cell<i64> = const { Cell::new(-1) };
    static PREPARED_AT: Cell<i64> = const { Cell::new(0) };
}

/// Lays out what is not laid out yet, and asks the browser to send it, where it can. `leaving`: the page may be gone soon.
pub(super) async fn prepare(leaving: bool) {
    let now = dom::milliseconds();
    let waits = memory::read(|device| device.waiting > 0).unwrap_or(false);
    if !waits || (!leaving && now - PREPARED_AT.get() < TOGETHER_MS) {
        return;
    }
    PREPARED_AT.set(now);
    let Some(place) = registration().await.filter(|place| dom::get(place, "sync").is_object()) else {
        return;
    };
    if lay_out().await.is_err() {
        return;
    }
    if let Ok(asked) = call(&dom::get(&place, "sync"), "register", &[TAG.into()]) {
        net::settle(asked.unchecked_into()).await;
    }
}

async fn lay_out() -> Result<(), Failure> {
    let (database, key) =
        memory::read(|device| (device.database.clone(), device.key.clone())).ok_or(JsValue::UNDEFINED)?;
    let first = READY_UNTIL.get() < 0;
    let tx = database.begin(&["events"], Mode::Read)?;
    let read = tx.values_above("events", &store::seq_key(READY_UNTIL.get())).await;
    let events = store::events(&tx.finish(read).await?);
    let mut batches = Vec::new();
    for batch in events.chunks(LARGEST_BATCH) {
        let Some(seq) = batch.first().map(|(event, _)| event.seq) else {
            continue;
        };
        let input = outbox::input(&outbox::texts(batch), 0).ok_or(JsValue::UNDEFINED)?;
        let jws = signed::jws(&input, &key).await.ok_or(JsValue::UNDEFINED)?;
        batches.push((seq, jws));
    }
    let tx = database.begin(&["outgoing"], Mode::Write)?;
    let cleared = if first { tx.clear("outgoing") } else { Ok(()) };
    let put = cleared.and_then(|()| {
        batches
            .iter()
            .try_for_each(|(seq, jws)| tx.put("outgoing", &store::seq_key(*seq), &jws.into()))
    });
    tx.finish(put).await?;
    if let Some((last, _)) = events.last() {
        READY_UNTIL.set(last.seq);
    }
    Ok(())
}

/// The page has handed everything over by itself.
pub(super) async fn forget() {
    if READY_UNTIL.get() == 0 {
        return;
    }
    let Some(database) = memory::read(|device| device.database.clone()) else {
        return;
    };
    if let Ok(tx) = database.begin(&["outgoing"], Mode::Write) {
        let cleared = tx.clear("outgoing");
        // A request that stays is sent once more, which counts nothing twice.
        if tx.finish(cleared).await.is_ok() {
            READY_UNTIL.set(0);
        }
    }
}

/// The worker tells when it has sent something: its answers are applied at once.
pub(super) fn listen() {
    let Some(workers) = workers() else { return };
    let heard = Closure::<dyn FnMut(Event)>::new(|event: Event| {
        if dom::text(&event, "data").as_deref() == Some(TAG) {
            outbox::wake();
        }
    });
    let arguments = ["message".into(), heard.as_ref().clone()];
    if call(&workers, "addEventListener", &arguments).is_ok() {
        let _ = call(&workers, "startMessages", &[]);
        heard.forget();
    }
}

/// Tells the worker of this page something, where there is one. `patient`: also one that is only being installed, however
/// long that takes.
pub(crate) async fn tell_worker(message: &str, patient: bool) {
    let place = if patient { ready().await } else { registration().await };
    let Some(place) = place else { return };
    for state in ["active", "waiting", "installing"] {
        let worker = dom::get(&place, state);
        if worker.is_object() {
            let _ = call(&worker, "postMessage", &[message.into()]);
        }
    }
}

async fn ready() -> Option<JsValue> {
    let ready = dom::get(&workers()?, "ready").dyn_into::<Promise>().ok()?;
    JsFuture::from(ready).await.ok()
}

async fn registration() -> Option<JsValue> {
    // Not `ready`: that waits for ever where no worker may be installed.
    let asked = call(&workers()?, "getRegistration", &[]).ok()?;
    let place = JsFuture::from(asked.unchecked_into::<Promise>()).await.ok()?;
    place.is_object().then_some(place)
}

fn workers() -> Option<JsValue> {
    let workers = dom::get(&dom::window()?.navigator(), "serviceWorker");
    workers.is_object().then_some(workers)
}
