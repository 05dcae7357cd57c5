//! Handing over what was scanned: at the start, with the network, when the page is looked at, after each scan, every
//! minute; one tab at a time, and for ever.

use std::cell::Cell;

use domain::device::retry::wait_ms;
use domain::device::sync::LARGEST_BATCH;
use domain::device::token::sync_input;
use domain::{DeviceEvent, QueueState};
use js_sys::{Object, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::idb::{Failure, Mode, call, whole};
use super::memory::{self, News};
use super::net::Reply;
use super::signed::Request;
use super::wire::Answer;
use super::{answer, background, package, roll, signed, store, wire};
use crate::islands::dom;

const LOCK: &str = "randpas-sync";

/// While the page is open.
const EVERY_MS: i32 = 60_000;
/// Between a verdict and handing it over.
const AFTER_VERDICT_MS: i32 = 100;
/// Another tab was sending: perhaps it had looked before our scan was there.
const OTHER_TAB_MS: i32 = 1_500;
/// After this many failures in a row a scan does not ask at once ...
const PATIENT_AFTER: u32 = 2;
/// ... when the last attempt was this short ago: the next one is planned.
const PATIENT_MS: i64 = 5_000;

thread_local! {
    static RUNNING: Cell<bool> = const { Cell::new(false) };
    /// Somebody asked while it ran.
    static AGAIN: Cell<bool> = const { Cell::new(false) };
    /// Attempts in a row without an answer.
    static FAILURES: Cell<u32> = const { Cell::new(0) };
    /// When the last attempt began.
    static TRIED_AT: Cell<i64> = const { Cell::new(0) };
    /// Which planned attempt is the newest.
    static PLANNED: Cell<u32> = const { Cell::new(0) };
}

/// What became of one request.
enum Handed {
    /// This many events left the queue.
    Settled(usize, Box<Answer>),
    /// No answer, or one that promises a better one later.
    Later(Option<u32>),
    /// Too much at once.
    TooLarge,
}

/// Begins, for as long as the page lives.
pub(crate) fn start() {
    dom::listen("online", |_| wake());
    dom::listen("visibilitychange", |_| {
        if dom::document().is_some_and(|document| document.hidden()) {
            dom::spawn(background::prepare(true));
        } else {
            wake();
        }
    });
    background::listen();
    dom::spawn(async {
        loop {
            wake();
            dom::sleep(EVERY_MS).await;
        }
    });
}

/// After a scan: at once, unless nothing but failures came back lately.
pub(crate) fn after_scan() {
    let lately = dom::milliseconds() - TRIED_AT.get() < PATIENT_MS;
    if FAILURES.get() > PATIENT_AFTER && lately {
        dom::spawn(background::prepare(false));
    } else {
        dom::spawn(async {
            // The verdict is painted first.
            dom::sleep(AFTER_VERDICT_MS).await;
            wake();
        });
    }
}

/// Hands over now, or once more after the attempt that is under way.
pub(crate) fn wake() {
    AGAIN.set(true);
    if !RUNNING.replace(true) {
        dom::spawn(async {
            while AGAIN.replace(false) {
                hand_over().await;
            }
            RUNNING.set(false);
        });
    }
}

/// One attempt, if no other tab is at it.
pub(crate) async fn hand_over() {
    let Some(release) = lock().await else {
        plan(OTHER_TAB_MS);
        return;
    };
    TRIED_AT.set(dom::milliseconds());
    round().await;
    let _ = release.call0(&JsValue::UNDEFINED);
    memory::tell(&News::Changed);
}

/// Everything that waits, then what the phone should know.
async fn round() {
    answer::apply_left().await;
    let most = memory::read(|device| device.judge.as_ref().map(|judge| judge.package().limits.batch)).flatten();
    let mut limit = most.map_or(LARGEST_BATCH, |most| (most as usize).clamp(1, LARGEST_BATCH));
    let newest = loop {
        let Ok((events, waiting)) = take(limit).await else {
            return fail(None).await;
        };
        let count = events.len();
        match hand(&events, waiting).await {
            Handed::TooLarge if count > 1 => limit = count / 2,
            Handed::TooLarge => return fail(None).await,
            Handed::Later(after) => return fail(after).await,
            // An answer that settles nothing would be asked for again and again.
            Handed::Settled(0, _) if count > 0 => return fail(None).await,
            Handed::Settled(_, answer) if count < limit => break answer,
            Handed::Settled(..) => {}
        }
    };
    FAILURES.set(0);
    PLANNED.set(PLANNED.get().wrapping_add(1));
    background::forget().await;
    if newest.roll_key {
        roll::roll().await;
    }
    // A revoked device asks as well: the refusal is what the person is told.
    if newest.revoked || package::is_due(newest.package_epoch) {
        package::refresh().await;
    }
}

/// Plans the next attempt, and lets the service worker try when the page is gone.
async fn fail(after: Option<u32>) {
    let failures = FAILURES.get().saturating_add(1);
    FAILURES.set(failures);
    let wait = wait_ms(failures, u32::from_le_bytes(dom::random())).max(after.unwrap_or(0));
    plan(i32::try_from(wait).unwrap_or(i32::MAX));
    memory::tell(&News::Changed);
    background::prepare(false).await;
}

fn plan(wait_ms: i32) {
    let turn = PLANNED.get().wrapping_add(1);
    PLANNED.set(turn);
    dom::spawn(async move {
        dom::sleep(wait_ms).await;
        if PLANNED.get() == turn {
            wake();
        }
    });
}

/// The first events of the queue, marked as on their way, and how many wait behind them. What cannot be read any more is
/// laid aside, so that it holds up nothing.
async fn take(limit: usize) -> Result<(Vec<(DeviceEvent, String)>, u32), Failure> {
    let database = memory::read(|device| device.database.clone()).ok_or(JsValue::UNDEFINED)?;
    let tx = database.begin(&["events", "letters"], Mode::Write)?;
    let taking = async {
        let most = u32::try_from(limit).unwrap_or(u32::MAX);
        let (keys, values) = (tx.keys("events", most).await?, tx.values("events", most).await?);
        let all = tx.count("events").await?;
        let mut events = Vec::new();
        for (key, value) in keys.iter().zip(values.iter()) {
            let text = dom::text(&value, "text").unwrap_or_default();
            let attempts = whole(&dom::get(&value, "attempts")).saturating_add(1);
            match wire::event(&text) {
                Some(event) => {
                    tx.put("events", &key, &store::entry(&text, QueueState::InFlight, attempts))?;
                    events.push((event, text));
                }
                None => {
                    tx.put("letters", &key, &store::entry(&text, QueueState::DeadLetter, attempts))?;
                    tx.delete("events", &key)?;
                }
            }
        }
        Ok((events, all.saturating_sub(keys.length())))
    };
    let taken = taking.await;
    tx.finish(taken).await
}

/// The events' texts alone.
pub(super) fn texts<E>(events: &[(E, String)]) -> Vec<String> {
    events.iter().map(|(_, text)| text.clone()).collect()
}

/// The request over these events, ready to be signed.
pub(super) fn input(events: &[String], waiting: u32) -> Option<String> {
    memory::read(|device| {
        let payload = wire::request(&device.id.to_string(), waiting, device.recent_until.as_deref(), events);
        sync_input(device.id, payload.as_bytes())
    })
}

async fn hand(events: &[(DeviceEvent, String)], waiting: u32) -> Handed {
    let Some(input) = input(&texts(events), waiting) else {
        return Handed::Later(None);
    };
    let Some(reply) = signed::ask(&Request::Sync(&input)).await else {
        return Handed::Later(None);
    };
    match reply.status {
        200 => {}
        413 | 422 => return Handed::TooLarge,
        status => return refused(status, &reply),
    }
    // A hotel's log-in page answers 200 with HTML: that is no network of ours.
    let Some(answer) = wire::answer(&reply.text) else {
        return Handed::Later(None);
    };
    memory::change(|device| device.unknown = false);
    match answer::apply(&answer, events, Some(reply.middle)).await {
        Ok(settled) => Handed::Settled(settled, Box::new(answer)),
        // Not written down: the server tells it again.
        Err(_) => Handed::Later(None),
    }
}

/// Nothing was taken. Whatever the reason, the queue is kept and tried again.
fn refused(status: u16, reply: &Reply) -> Handed {
    let revoked = status == 403 && reply.code() == "device_revoked";
    memory::change(|device| {
        device.revoked |= revoked;
        device.unknown = status == 401;
    });
    Handed::Later(reply.retry_after)
}

/// The right to send, which no other tab has meanwhile: calling it gives the right back. `None` when another tab has it.
/// Browsers without Web Locks send from every tab; the server counts nothing twice.
async fn lock() -> Option<js_sys::Function> {
    let locks = dom::window().map(|window| dom::get(&window.navigator(), "locks"));
    let locks = locks.filter(JsValue::is_object);
    let mut release = None;
    let held = Promise::new(&mut |keep, _| release = Some(keep));
    let release = release?;
    let Some(locks) = locks else {
        return Some(release);
    };
    let options = Object::new();
    dom::set(&options, "ifAvailable", &JsValue::TRUE);
    let granted = Promise::new(&mut |keep, _| {
        let (held, told) = (held.clone(), keep.clone());
        let callback = Closure::once_into_js(move |lock: JsValue| {
            let got = lock.is_object();
            let _ = told.call1(&JsValue::UNDEFINED, &got.into());
            if got { held.into() } else { JsValue::UNDEFINED }
        });
        let asked = call(&locks, "request", &[LOCK.into(), options.clone().into(), callback]);
        // A browser that has locks and gives none must not hold up the queue.
        dom::spawn(async move {
            let refused = match asked {
                Ok(asked) => JsFuture::from(asked.unchecked_into::<Promise>()).await.is_err(),
                Err(_) => true,
            };
            if refused {
                let _ = keep.call1(&JsValue::UNDEFINED, &JsValue::TRUE);
            }
        });
    });
    let got = JsFuture::from(granted).await.is_ok_and(|got| got.is_truthy());
    got.then_some(release)
}
