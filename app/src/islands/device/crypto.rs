//! The device's key: made by the browser, kept by the browser, never seen by anybody.

use js_sys::{Array, Object, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::idb::{Failure, call};
use crate::islands::dom;

/// A new pair of keys: the one that signs, and the public one as a JWK object of four members.
pub(crate) async fn make() -> Result<(JsValue, JsValue), Failure> {
    let subtle = subtle().ok_or(JsValue::UNDEFINED)?;
    let algorithm = named(&[("name", "ECDSA"), ("namedCurve", "P-256")]);
    let usages = Array::of1(&"sign".into());
    let pair = wait(&subtle, "generateKey", &[algorithm, JsValue::FALSE, usages.into()]).await?;
    // A public key can always be exported.
    let public = dom::get(&pair, "publicKey");
    let jwk = wait(&subtle, "exportKey", &["jwk".into(), public]).await?;
    let bare = Object::new();
    for member in ["kty", "crv", "x", "y"] {
        dom::set(&bare, member, &dom::get(&jwk, member));
    }
    Ok((dom::get(&pair, "privateKey"), bare.into()))
}

/// Signs a text; `r ‖ s`, as JOSE has it.
pub(crate) async fn sign(key: &JsValue, text: &str) -> Result<Vec<u8>, Failure> {
    let subtle = subtle().ok_or(JsValue::UNDEFINED)?;
    let algorithm = named(&[("name", "ECDSA"), ("hash", "SHA-256")]);
    let bytes: JsValue = Uint8Array::from(text.as_bytes()).into();
    let signature = wait(&subtle, "sign", &[algorithm, key.clone(), bytes]).await?;
    Ok(Uint8Array::new(&signature).to_vec())
}

/// Whether this browser can: it cannot on plain http.
pub(crate) fn is_there() -> bool {
    subtle().is_some()
}

fn subtle() -> Option<JsValue> {
    let subtle = dom::get(&dom::get(&js_sys::global(), "crypto"), "subtle");
    subtle.is_object().then_some(subtle)
}

fn named(pairs: &[(&str, &str)]) -> JsValue {
    let object = Object::new();
    for (name, value) in pairs {
        dom::set(&object, name, &JsValue::from_str(value));
    }
    object.into()
}

async fn wait(object: &JsValue, method: &str, arguments: &[JsValue]) -> Result<JsValue, Failure> {
    JsFuture::from(call(object, method, arguments)?.unchecked_into::<js_sys::Promise>()).await
}
