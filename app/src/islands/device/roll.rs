//! Another key. Both are kept until it is sure which of them the server has: an answer may be lost on the way.

use js_sys::JSON;

use super::net::{self, Sender};
use super::{crypto, memory, signed, store};

const PATH: &str = "/api/v1/device/key";

/// Makes a new key, or takes the one that was made and not answered, and tells the server.
pub(super) async fn roll() {
    if memory::read(|device| device.next.is_none()).unwrap_or(false) {
        let Ok(made) = crypto::make().await else { return };
        memory::change(|device| device.next = Some(made));
        // On the disk before the server hears of it: else a lost answer would lose the device.
        if !kept().await {
            memory::change(|device| device.next = None);
            return;
        }
    }
    let Some((key, Some((_, jwk)))) = memory::read(|device| (device.key.clone(), device.next.clone())) else {
        return;
    };
    let Some(jwk) = JSON::stringify(&jwk).ok().and_then(|text| text.as_string()) else {
        return;
    };
    let body = ["{\"public_key\":", &jwk, "}"].concat();
    let Some(token) = signed::authorization(&key).await else {
        return;
    };
    let headers = [("authorization", &*token), ("content-type", "application/json")];
    let reply = net::send(Sender::Device, "PUT", PATH, &headers, Some(&body)).await;
    if reply.is_some_and(|reply| reply.status == 204) {
        swap().await;
    }
}

/// The key to come is the key.
pub(super) async fn swap() {
    memory::change(|device| {
        if let Some((next, _)) = device.next.take() {
            device.key = next;
        }
    });
    // When it cannot be kept, both are still there, and the next refusal swaps them again.
    kept().await;
}

async fn kept() -> bool {
    let Some(writing) = memory::read(store::device_record) else {
        return false;
    };
    let (database, value) = writing;
    store::write_meta(&database, "device", &value).await.is_ok()
}
