//! Fetching what the phone has to know. What it has stays good until something newer is on the disk.

use jiff::SignedDuration;
use js_sys::Object;

use super::idb::{Failure, Mode};
use super::memory::{self, News};
use super::signed::Request;
use super::{signed, store};
use crate::islands::dom;

/// After this the server is asked whether there is a newer one.
const CHECK_AFTER_S: i64 = 5 * 60;

/// Whether it is time to ask: never had one, the server named a newer one, or it was long ago.
pub(super) fn is_due(newest: i64) -> bool {
    memory::read(|device| {
        let since = device.checked_at.duration_until(device.corrected(dom::now()));
        let epoch = device.judge.as_ref().map(|judge| judge.package().epoch);
        epoch.is_none_or(|epoch| epoch < newest) || since.abs() > SignedDuration::from_secs(CHECK_AFTER_S)
    })
    .unwrap_or(false)
}

/// Asks for the newest package; whether the phone has the newest one now.
pub(crate) async fn refresh() -> bool {
    let etag = memory::read(|device| device.etag.clone()).unwrap_or_default();
    let reply = signed::ask(&Request::Package(&etag)).await;
    let Some(reply) = reply else { return false };
    let fetched = match reply.status {
        200 => keep(&reply.text, &reply.etag).await.is_ok(),
        304 => checked().await.is_ok(),
        _ => false,
    };
    let refused = (
        reply.status == 403 && reply.code() == "device_revoked",
        reply.status == 401,
    );
    if fetched || refused.0 || refused.1 {
        let before = memory::read(|device| device.revoked);
        memory::change(|device| (device.revoked, device.unknown) = refused);
        if before != Some(refused.0)
            && let Some((database, value)) = memory::read(store::device_record)
        {
            // Asked again at the next start when it cannot be kept.
            let _ = store::write_meta(&database, "device", &value).await;
        }
    }
    memory::tell(&News::Changed);
    fetched
}

/// Makes a package ready, writes it down, and works with it from now on.
async fn keep(text: &str, etag: &str) -> Result<(), Failure> {
    let judge = store::ready(text).ok_or(Failure::UNDEFINED)?;
    let Some((database, now)) = memory::read(|device| (device.database.clone(), device.corrected(dom::now()))) else {
        return Err(Failure::UNDEFINED);
    };
    let value = record(text, etag, now);
    let recent = &judge.package().recent;
    let tx = database.begin(&["meta", "seen"], Mode::Write)?;
    let day = domain::local_day(now).to_string();
    let put = tx.put("meta", &"package".into(), &value).and_then(|()| {
        recent
            .iter()
            .try_for_each(|key| tx.put("seen", &key.into(), &day.as_str().into()))
    });
    tx.finish(put).await?;
    memory::change(|device| {
        device.learn(recent);
        device.role = judge.package().role;
        device.organiser.clone_from(&judge.package().organiser.name);
        device.etag = etag.to_owned();
        device.checked_at = now;
        device.judge = Some(judge.clone());
    });
    Ok(())
}

/// The server said that it is still the newest.
async fn checked() -> Result<(), Failure> {
    let Some((database, etag, now)) = memory::read(|device| {
        (
            device.database.clone(),
            device.etag.clone(),
            device.corrected(dom::now()),
        )
    }) else {
        return Err(Failure::UNDEFINED);
    };
    let tx = database.begin(&["meta"], Mode::Write)?;
    let writing = async {
        let known = tx.get("meta", &"package".into()).await?;
        let text = dom::text(&known, "text").unwrap_or_default();
        tx.put("meta", &"package".into(), &record(&text, &etag, now))
    };
    let written = writing.await;
    tx.finish(written).await?;
    memory::change(|device| device.checked_at = now);
    Ok(())
}

fn record(text: &str, etag: &str, checked_at: jiff::Timestamp) -> wasm_bindgen::JsValue {
    let value = Object::new();
    dom::set(&value, "text", &text.into());
    dom::set(&value, "etag", &etag.into());
    dom::set_integer(&value, "checked_at", checked_at.as_millisecond());
    value.into()
}
