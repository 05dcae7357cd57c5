//! What becomes of events once the server has answered, whether it answered the page or its service worker.

use domain::{DeviceEvent, QueueState, ScanId, Verdict, local_day, settle};
use js_sys::Object;
use wasm_bindgen::JsValue;

use super::idb::{Failure, Mode, Transaction, whole};
use super::memory::{self, News};
use super::wire::Answer;
use super::{store, wire};
use crate::islands::dom;

/// More than a phone makes in a month.
const ALL: u32 = u32::MAX;

/// Applies what the service worker was answered while no page looked. A repeat changes nothing.
pub(super) async fn apply_left() {
    let Some(database) = memory::read(|device| device.database.clone()) else {
        return;
    };
    let Ok(tx) = database.begin(&["answers", "events"], Mode::Read) else {
        return;
    };
    let reading = async {
        let answers = (tx.keys("answers", ALL).await?, tx.values("answers", ALL).await?);
        let events = if answers.0.length() > 0 {
            Some(tx.values("events", ALL).await?)
        } else {
            None
        };
        Ok((answers, events))
    };
    let read = reading.await;
    let Ok(((keys, answers), Some(events))) = tx.finish(read).await else {
        return;
    };
    let events = store::events(&events);
    for (key, answer) in keys.iter().zip(answers.iter()) {
        let answer = answer.as_string().and_then(|text| wire::answer(&text));
        let applied = match &answer {
            Some(answer) => apply(answer, &events, None).await.is_ok(),
            // Not one of ours: the events are still in the queue.
            None => true,
        };
        if applied && let Ok(tx) = database.begin(&["answers"], Mode::Write) {
            let deleted = tx.delete("answers", &key);
            // Else it is applied again, which changes nothing.
            let _ = tx.finish(deleted).await;
        }
    }
}

/// Writes every result down and takes its event out of the queue, in one go. `middle` is this phone's clock half-way
/// between question and answer, in milliseconds. Gives how many events left the queue.
pub(super) async fn apply(
    answer: &Answer,
    events: &[(DeviceEvent, String)],
    middle: Option<i64>,
) -> Result<usize, Failure> {
    let Some((database, mut record)) = memory::read(|device| (device.database.clone(), Synced::of(device))) else {
        return Err(JsValue::UNDEFINED);
    };
    record.take(answer, middle);
    let tx = database.begin(&["meta", "events", "letters", "seen"], Mode::Write)?;
    let writing = async {
        let today = local_day(answer.server_time).to_string();
        let (mut settled, mut change) = (0, 0);
        for result in &answer.results {
            let Ok(id) = result.scan_id.parse::<ScanId>() else {
                continue;
            };
            let named = events.iter().find(|(event, _)| event.scan_id == id);
            let Some((event, text)) = named else { continue };
            let key = store::seq_key(event.seq);
            if settle(event.device_verdict, result.verdict) == QueueState::DeadLetter {
                let letter = store::entry(text, QueueState::DeadLetter, 1);
                dom::set(&letter, "verdict", &result.verdict.code().into());
                dom::set(&letter, "reason", &result.reason.code().into());
                tx.put("letters", &key, &letter)?;
            }
            tx.delete("events", &key)?;
            settled += 1;
            if local_day(event.corrected_at()).to_string() == today {
                change += correction(event.device_verdict, result.verdict);
            }
        }
        for key in &answer.recent {
            tx.put("seen", &key.into(), &today.as_str().into())?;
        }
        tx.put("meta", &"sync".into(), &record.value())?;
        let counted = correct(&tx, &today, change).await?;
        let counts = (tx.count("events").await?, tx.count("letters").await?);
        Ok((settled, counts, counted, today))
    };
    let written = writing.await;
    let (settled, (waiting, letters), counted, today) = tx.finish(written).await?;
    memory::change(|device| {
        (device.waiting, device.letters) = (waiting, letters);
        device.learn(&answer.recent);
        (device.offset_ms, device.last_sync) = (record.offset_ms, record.last_sync);
        device.recent_until = record.until;
        if let Some(counted) = counted {
            (device.today, device.day) = (counted, today);
        }
    });
    memory::tell(&News::Results(&answer.results));
    Ok(settled)
}

/// What the phone said of a visit, and what it is: one fewer, one more, or as many.
fn correction(phone: Verdict, server: Verdict) -> i32 {
    match (phone.is_counted(), server) {
        (true, Verdict::Refused | Verdict::Duplicate) => -1,
        (false, Verdict::Counted | Verdict::Flagged) if phone == Verdict::Duplicate => 1,
        _ => 0,
    }
}

/// Corrects today's count; the new one, when there is one.
async fn correct(tx: &Transaction, today: &str, change: i32) -> Result<Option<u32>, Failure> {
    if change == 0 {
        return Ok(None);
    }
    let head = tx.get("meta", &"head".into()).await?;
    if dom::text(&head, "day").as_deref() != Some(today) {
        return Ok(None);
    }
    let counted = whole(&dom::get(&head, "today")).saturating_add_signed(change);
    dom::set(&head, "today", &counted.into());
    tx.put("meta", &"head".into(), &head)?;
    Ok(Some(counted))
}

/// Clock and last answer, before and after.
struct Synced {
    offset_ms: i64,
    last_sync: Option<i64>,
    until: Option<String>,
}

impl Synced {
    fn of(device: &memory::Device) -> Self {
        Self {
            offset_ms: device.offset_ms,
            last_sync: device.last_sync,
            until: device.recent_until.clone(),
        }
    }

    fn take(&mut self, answer: &Answer, middle: Option<i64>) {
        let server = answer.server_time.as_millisecond();
        if let Some(middle) = middle {
            self.offset_ms = server - middle;
        }
        self.last_sync = self.last_sync.max(Some(server - self.offset_ms));
        // The worker's answers may be older than what is known: both are UTC in one spelling.
        if self.until.as_ref().is_none_or(|until| *until < answer.recent_until) {
            self.until = Some(answer.recent_until.clone());
        }
    }

    fn value(&self) -> JsValue {
        let value = Object::new();
        store::put_sync(&value, self.offset_ms, self.last_sync, self.until.as_deref());
        value.into()
    }
}
