//! IndexedDB with promises, and no more of it than the outbox needs.
//!
//! By property names and not by `web-sys` classes: those would cost the bundle more than this whole file. A promise is
//! settled by the browser's own event, so whatever waits for it runs while the transaction is still open.

use js_sys::{Array, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::islands::dom;

/// What the browser said when it would not.
pub(crate) type Failure = JsValue;

/// An open database.
#[derive(Clone)]
pub(crate) struct Database(JsValue);

/// One transaction. [`Transaction::finish`] has to be called, whatever happened in it.
pub(crate) struct Transaction {
    inner: JsValue,
    complete: Promise,
}

/// What a transaction is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Looking.
    Read,
    /// Writing what the server can tell again: the system may keep it in memory for a moment.
    Write,
    /// Writing what nobody else knows: it is on the disk before the promise is kept.
    WriteStrictly,
}

/// Opens a database, and makes `stores` in a new one.
pub(crate) async fn open(name: &str, stores: &'static [&'static str]) -> Result<Database, Failure> {
    let factory = dom::get(&js_sys::global(), "indexedDB");
    let request = call(&factory, "open", &[name.into(), 1.into()])?;
    let fresh = request.clone();
    let make = Closure::once_into_js(move || {
        let database = dom::get(&fresh, "result");
        for store in stores {
            let _ = call(&database, "createObjectStore", &[(*store).into()]);
        }
    });
    dom::set(&request, "onupgradeneeded", &make);
    answer(&request).await.map(Database)
}

impl Database {
    /// Begins a transaction over these stores.
    pub(crate) fn begin(&self, stores: &[&str], mode: Mode) -> Result<Transaction, Failure> {
        let names: Array = stores.iter().map(|name| JsValue::from_str(name)).collect();
        let access = if mode == Mode::Read { "readonly" } else { "readwrite" };
        let options = js_sys::Object::new();
        let durability = if mode == Mode::WriteStrictly {
            "strict"
        } else {
            "relaxed"
        };
        dom::set(&options, "durability", &durability.into());
        let inner = call(&self.0, "transaction", &[names.into(), access.into(), options.into()])?;
        let complete = settled(&inner, "oncomplete", "onabort");
        Ok(Transaction { inner, complete })
    }
}

impl Transaction {
    /// Reads one value; `undefined` when there is none.
    pub(crate) async fn get(&self, store: &str, key: &JsValue) -> Result<JsValue, Failure> {
        answer(&self.ask(store, "get", std::slice::from_ref(key))?).await
    }

    /// The first `limit` values in the order of their keys.
    pub(crate) async fn values(&self, store: &str, limit: u32) -> Result<Array, Failure> {
        self.all(store, "getAll", limit).await
    }

    /// Every value whose key is a number above this one.
    pub(crate) async fn values_above(&self, store: &str, key: &JsValue) -> Result<Array, Failure> {
        let ranges = dom::get(&js_sys::global(), "IDBKeyRange");
        let range = call(&ranges, "lowerBound", &[key.clone(), JsValue::TRUE])?;
        answer(&self.ask(store, "getAll", &[range])?).await?.dyn_into()
    }

    /// The first `limit` keys in their order.
    pub(crate) async fn keys(&self, store: &str, limit: u32) -> Result<Array, Failure> {
        self.all(store, "getAllKeys", limit).await
    }

    /// How many there are.
    pub(crate) async fn count(&self, store: &str) -> Result<u32, Failure> {
        Ok(whole(&answer(&self.ask(store, "count", &[])?).await?))
    }

    /// Writes a value; whether it worked is known when the transaction finishes.
    pub(crate) fn put(&self, store: &str, key: &JsValue, value: &JsValue) -> Result<(), Failure> {
        self.ask(store, "put", &[value.clone(), key.clone()]).map(drop)
    }

    /// Takes a value away.
    pub(crate) fn delete(&self, store: &str, key: &JsValue) -> Result<(), Failure> {
        self.ask(store, "delete", std::slice::from_ref(key)).map(drop)
    }

    /// Takes everything away.
    pub(crate) fn clear(&self, store: &str) -> Result<(), Failure> {
        self.ask(store, "clear", &[]).map(drop)
    }

    /// Ends it: all of it is kept when `worked` is good and the browser could write, and none of it otherwise.
    pub(crate) async fn finish<T>(self, worked: Result<T, Failure>) -> Result<T, Failure> {
        if worked.is_err() {
            let _ = call(&self.inner, "abort", &[]);
        }
        // Waited for in any case: a refusal that nobody hears is an error on the page.
        let written = JsFuture::from(self.complete).await;
        let value = worked?;
        written.map(|_| value)
    }

    async fn all(&self, store: &str, method: &str, limit: u32) -> Result<Array, Failure> {
        let request = self.ask(store, method, &[JsValue::NULL, limit.into()])?;
        answer(&request).await?.dyn_into()
    }

    fn ask(&self, store: &str, method: &str, arguments: &[JsValue]) -> Result<JsValue, Failure> {
        let store = call(&self.inner, "objectStore", &[store.into()])?;
        call(&store, method, arguments)
    }
}

/// A number of ours that the database gave back.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts and sequence numbers: whole, and far below 2^32"
)]
pub(crate) fn whole(value: &JsValue) -> u32 {
    value.as_f64().unwrap_or_default() as u32
}

/// The result of a request.
async fn answer(request: &JsValue) -> Result<JsValue, Failure> {
    JsFuture::from(settled(request, "onsuccess", "onerror")).await?;
    Ok(dom::get(request, "result"))
}

/// A promise that is kept at one event and broken at another.
fn settled(target: &JsValue, good: &str, bad: &str) -> Promise {
    Promise::new(&mut |keep, fail| {
        dom::set(target, good, &keep);
        dom::set(target, bad, &fail);
    })
}

/// Calls a method by its name.
pub(crate) fn call(object: &JsValue, method: &str, arguments: &[JsValue]) -> Result<JsValue, Failure> {
    let arguments: Array = arguments.iter().collect();
    let method = dom::method(object, method).ok_or(JsValue::UNDEFINED)?;
    method.apply(object, &arguments)
}
