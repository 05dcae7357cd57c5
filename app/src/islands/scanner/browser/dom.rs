//! Small things that every file here needs: time, ids, listeners, properties.

use js_sys::{Date, Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, Event, Window};

pub(super) fn window() -> Option<Window> {
    web_sys::window()
}

pub(super) fn document() -> Option<Document> {
    window()?.document()
}

/// The first element that matches.
pub(super) fn find<T: JsCast>(selector: &str) -> Option<T> {
    document()?.query_selector(selector).ok()??.dyn_into().ok()
}

/// Every element that matches, while `visit` looks at it.
pub(super) fn each(selector: &str, visit: impl Fn(&Element)) {
    let Some(found) = document().and_then(|document| document.query_selector_all(selector).ok()) else {
        return;
    };
    (0..found.length())
        .filter_map(|at| found.get(at)?.dyn_into::<Element>().ok())
        .for_each(|element| visit(&element));
}

/// What an event happened to.
pub(super) fn target<T: JsCast>(event: &Event) -> Option<T> {
    event.target()?.dyn_into().ok()
}

/// Hears `event` on the window, capturing, for as long as the page lives.
pub(super) fn listen(event: &str, heard: impl FnMut(Event) + 'static) {
    let closure = Closure::<dyn FnMut(Event)>::new(heard);
    if let Some(window) = window() {
        let _ = window.add_event_listener_with_callback_and_bool(event, closure.as_ref().unchecked_ref(), true);
        closure.forget();
    }
}

/// Waits.
pub(super) async fn sleep(ms: i32) {
    let _ = JsFuture::from(timer(ms)).await;
}

/// A promise that is kept, with `undefined`, after `ms`.
pub(super) fn timer(ms: i32) -> Promise {
    Promise::new(&mut |keep, _| {
        if let Some(window) = window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&keep, ms);
        }
    })
}

/// Whichever promise is kept first.
pub(super) async fn first(one: &Promise, other: &Promise) -> Result<JsValue, JsValue> {
    JsFuture::from(Promise::race(&js_sys::Array::of2(one, other))).await
}

/// A property; `undefined` when there is none.
pub(super) fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or_default()
}

/// A property that is a text.
pub(super) fn text(object: &JsValue, name: &str) -> Option<String> {
    get(object, name).as_string()
}

/// A method, when the browser has it.
pub(super) fn method(object: &JsValue, name: &str) -> Option<Function> {
    get(object, name).dyn_into().ok()
}

/// Sets a property of a plain object.
pub(super) fn set(object: &JsValue, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &JsValue::from_str(name), value);
}

/// A new scan's id, by the one function that lays out such ids.
pub(super) fn new_id() -> String {
    let mut random = [0; 10];
    if let Some(crypto) = window().and_then(|window| window.crypto().ok()) {
        let _ = crypto.get_random_values_with_u8_array(&mut random);
    }
    let at = jiff::Timestamp::from_millisecond(milliseconds()).unwrap_or_default();
    domain::uuid_v7(at, random).to_string()
}

/// Milliseconds since 1970, by this phone's clock.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a browser's date has whole milliseconds below 2^53"
)]
pub(super) fn milliseconds() -> i64 {
    Date::now() as i64
}

/// A number in digits, without the formatting machinery.
pub(super) fn digits(number: u32) -> String {
    String::from(
        js_sys::Number::from(number)
            .to_string_with_radix(10)
            .unwrap_or_default(),
    )
}

/// `19.42`, as Dutch writes it.
pub(super) fn clock() -> String {
    let now = Date::new_0();
    let two = |n: u32| [n / 10, n % 10].map(|digit| char::from_digit(digit, 10).unwrap_or('0'));
    let [[a, b], [c, d]] = [two(now.get_hours()), two(now.get_minutes())];
    [a, b, '.', c, d].iter().collect()
}

pub(super) fn reload() {
    if let Some(window) = window() {
        let _ = window.location().reload();
    }
}
