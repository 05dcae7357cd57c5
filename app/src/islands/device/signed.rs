//! Requests in the device's name: signed by its key, or by the key to come when the server no longer takes the old one.

use domain::device::token::{DeviceClaims, compact};
use wasm_bindgen::JsValue;

use super::net::{self, Reply, Sender};
use super::{crypto, memory, roll, store};
use crate::islands::dom;

/// The server's clock is known to a second from its header; the truth is half a second later on average.
const HALF_A_SECOND_MS: i64 = 500;

const PACKAGE: &str = "/api/v1/device/package";
const SYNC: &str = "/api/v1/device/sync";

/// The one code of a 401 that says nothing of the key: only the clock was wrong.
const CLOCK: &str = "device_token_expired";

/// A signed text: the input, a dot, the signature.
pub(super) async fn jws(input: &str, key: &JsValue) -> Option<String> {
    let signature = crypto::sign(key, input).await.ok()?;
    Some(compact(input, &signature))
}

/// The value of `Authorization`, for two minutes from now.
pub(super) async fn authorization(key: &JsValue) -> Option<String> {
    let (id, now) = memory::read(|device| (device.id, device.corrected(dom::now())))?;
    let token = jws(&DeviceClaims::new(id, &net::origin(), now).signing_input(), key).await?;
    Some(["Device ", &token].concat())
}

/// What is asked in the device's name.
pub(super) enum Request<'a> {
    /// `GET /api/v1/device/package`, with the ETag of the one that is here.
    Package(&'a str),
    /// `POST /api/v1/device/sync`, the text to be signed.
    Sync(&'a str),
}

impl Request<'_> {
    async fn send(&self, key: &JsValue) -> Option<Reply> {
        let (call, signed);
        match self {
            Self::Package(etag) => {
                signed = authorization(key).await?;
                let headers = [("authorization", &*signed), ("if-none-match", etag)];
                call = net::send(
                    Sender::Device,
                    "GET",
                    PACKAGE,
                    if etag.is_empty() { &headers[..1] } else { &headers },
                    None,
                )
                .await;
            }
            Self::Sync(input) => {
                signed = jws(input, key).await?;
                let headers = [("content-type", "application/jose"), ("accept", "application/json")];
                call = net::send(Sender::Device, "POST", SYNC, &headers, Some(&signed)).await;
            }
        }
        call
    }
}

/// Asks with the device's key; once more when only the clock was wrong, and with the key to come when the server takes
/// that one: the answer to its change was lost.
pub(super) async fn ask(request: &Request<'_>) -> Option<Reply> {
    let (key, next) = memory::read(|device| (device.key.clone(), device.next.clone()))?;
    let mut reply = request.send(&key).await?;
    if reply.status == 401 && reply.code() == CLOCK {
        set_clock(&reply).await;
        reply = request.send(&key).await?;
    }
    if reply.status == 401
        && reply.code() != CLOCK
        && let Some((next, _)) = next
    {
        let other = request.send(&next).await?;
        if other.status != 401 {
            roll::swap().await;
            return Some(other);
        }
    }
    Some(reply)
}

/// Takes the server's clock from an answer.
async fn set_clock(reply: &Reply) {
    let Some(date) = reply.date else { return };
    let offset = date + HALF_A_SECOND_MS - dom::milliseconds();
    memory::change(|device| device.offset_ms = offset);
    if let Some((database, record)) = memory::read(|device| (device.database.clone(), store::sync_record(device))) {
        // Worked out again at the next answer when it cannot be kept.
        let _ = store::write_meta(&database, "sync", &record).await;
    }
}
