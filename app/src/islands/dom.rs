//! Small things that every island needs: time, ids, listeners, properties.

use std::pin::Pin;

use js_sys::{Date, Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, Event, Window};

pub(crate) fn window() -> Option<Window> {
    web_sys::window()
}

pub(crate) fn document() -> Option<Document> {
    window()?.document()
}

/// The first element that matches.
pub(crate) fn find<T: JsCast>(selector: &str) -> Option<T> {
    document()?.query_selector(selector).ok()??.dyn_into().ok()
}

/// Every element that matches, while `visit` looks at it.
pub(crate) fn each(selector: &str, visit: impl Fn(&Element)) {
    let Some(found) = document().and_then(|document| document.query_selector_all(selector).ok()) else {
        return;
    };
    (0..found.length())
        .filter_map(|at| found.get(at)?.dyn_into::<Element>().ok())
        .for_each(|element| visit(&element));
}

/// What an event happened to.
pub(crate) fn target<T: JsCast>(event: &Event) -> Option<T> {
    event.target()?.dyn_into().ok()
}

/// Does something later. Boxed, so that the bundle has the machinery once and not for every task.
pub(crate) fn spawn(task: impl Future<Output = ()> + 'static) {
    spawn_boxed(Box::pin(task));
}

fn spawn_boxed(task: Pin<Box<dyn Future<Output = ()>>>) {
    wasm_bindgen_futures::spawn_local(task);
}

/// Hears `event` on the window, capturing, for as long as the page lives.
pub(crate) fn listen(event: &str, heard: impl FnMut(Event) + 'static) {
    listen_boxed(event, Box::new(heard));
}

fn listen_boxed(event: &str, heard: Box<dyn FnMut(Event)>) {
    let closure = Closure::wrap(heard);
    if let Some(window) = window() {
        let _ = window.add_event_listener_with_callback_and_bool(event, closure.as_ref().unchecked_ref(), true);
        closure.forget();
    }
}

/// Waits.
pub(crate) async fn sleep(ms: i32) {
    let _ = JsFuture::from(timer(ms)).await;
}

/// A promise that is kept, with `undefined`, after `ms`.
pub(crate) fn timer(ms: i32) -> Promise {
    Promise::new(&mut |keep, _| {
        if let Some(window) = window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&keep, ms);
        }
    })
}

/// Whichever promise is kept first.
pub(crate) async fn first(one: &Promise, other: &Promise) -> Result<JsValue, JsValue> {
    JsFuture::from(Promise::race(&js_sys::Array::of2(one, other))).await
}

/// A property; `undefined` when there is none.
pub(crate) fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or_default()
}

/// A property that is a text.
pub(crate) fn text(object: &JsValue, name: &str) -> Option<String> {
    get(object, name).as_string()
}

/// A property that is a whole number below 2^53.
#[expect(clippy::cast_possible_truncation, reason = "whole, and below 2^53")]
pub(crate) fn integer(object: &JsValue, name: &str) -> Option<i64> {
    get(object, name).as_f64().map(|number| number as i64)
}

/// Sets a property that is a whole number below 2^53.
#[expect(clippy::cast_precision_loss, reason = "below 2^53")]
pub(crate) fn set_integer(object: &JsValue, name: &str, value: i64) {
    set(object, name, &JsValue::from_f64(value as f64));
}

/// A method, when the browser has it.
pub(crate) fn method(object: &JsValue, name: &str) -> Option<Function> {
    get(object, name).dyn_into().ok()
}

/// Sets a property of a plain object.
pub(crate) fn set(object: &JsValue, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &JsValue::from_str(name), value);
}

/// A new scan's id, by the one function that lays out such ids.
pub(crate) fn new_id() -> domain::ScanId {
    domain::uuid_v7(now(), random()).into()
}

/// Random bytes, by the browser's own source.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if let Some(crypto) = window().and_then(|window| window.crypto().ok()) {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes
}

/// This phone's clock.
pub(crate) fn now() -> jiff::Timestamp {
    jiff::Timestamp::from_millisecond(milliseconds()).unwrap_or_default()
}

/// Milliseconds since 1970, by this phone's clock.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a browser's date has whole milliseconds below 2^53"
)]
pub(crate) fn milliseconds() -> i64 {
    Date::now() as i64
}

/// A number in digits, without the formatting machinery.
pub(crate) fn digits(number: u32) -> String {
    String::from(
        js_sys::Number::from(number)
            .to_string_with_radix(10)
            .unwrap_or_default(),
    )
}

/// `19.42`, as Dutch writes it.
pub(crate) fn clock() -> String {
    clock_at(milliseconds())
}

/// The same of another instant, in milliseconds since 1970.
#[expect(clippy::cast_precision_loss, reason = "milliseconds are below 2^53 for ages to come")]
pub(crate) fn clock_at(milliseconds: i64) -> String {
    let at = Date::new(&JsValue::from_f64(milliseconds as f64));
    let two = |n: u32| [n / 10, n % 10].map(|digit| char::from_digit(digit, 10).unwrap_or('0'));
    let [[a, b], [c, d]] = [two(at.get_hours()), two(at.get_minutes())];
    [a, b, '.', c, d].iter().collect()
}

/// To another page of this site.
pub(crate) fn go(path: &str) {
    if let Some(window) = window() {
        let _ = window.location().assign(path);
    }
}

pub(crate) fn reload() {
    if let Some(window) = window() {
        let _ = window.location().reload();
    }
}
