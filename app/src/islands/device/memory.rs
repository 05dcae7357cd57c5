//! What is known of the device while the page is open: read once from the phone, and changed with it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use domain::{DeviceId, DeviceRole, EventResult, Freshness, Judge};
use jiff::{SignedDuration, Timestamp};
use js_sys::Set;
use wasm_bindgen::JsValue;

use super::idb::Database;
use crate::islands::dom;

/// The device.
pub(crate) struct Device {
    /// Where it keeps things.
    pub(crate) database: Database,
    /// Who it is.
    pub(crate) id: DeviceId,
    /// Its name, as typed.
    pub(crate) name: String,
    /// Whose it is.
    pub(crate) organiser: String,
    /// What it may do.
    pub(crate) role: DeviceRole,
    /// Signs. The browser keeps it; nobody can read it.
    pub(crate) key: JsValue,
    /// The key to come, while it is not sure that the server has it: key and public JWK.
    pub(crate) next: Option<(JsValue, JsValue)>,
    /// The package made ready.
    pub(crate) judge: Option<Rc<Judge>>,
    /// For the next conditional request.
    pub(crate) etag: String,
    /// When the server last said that the package is the newest.
    pub(crate) checked_at: Timestamp,
    /// What must be added to this phone's clock to get the server's.
    pub(crate) offset_ms: i64,
    /// When the server last answered, by this phone's clock; milliseconds since 1970.
    pub(crate) last_sync: Option<i64>,
    /// `recent_until` of the last answer.
    pub(crate) recent_until: Option<String>,
    /// Visits that count, of this phone and of others: [`domain::visit_key`].
    pub(crate) visits: Set,
    /// Events that the server does not have.
    pub(crate) waiting: u32,
    /// Events that a person has to see.
    pub(crate) letters: u32,
    /// Counted by this phone on the day of `day`.
    pub(crate) today: u32,
    /// A local day, as `2026-11-25`.
    pub(crate) day: String,
    /// The organiser has taken the device's rights away.
    pub(crate) revoked: bool,
    /// The server does not know the device, or its key.
    pub(crate) unknown: bool,
}

impl Device {
    /// The server's clock, as far as it is known.
    pub(crate) fn corrected(&self, at: Timestamp) -> Timestamp {
        at.checked_add(SignedDuration::from_millis(self.offset_ms))
            .unwrap_or(at)
    }

    /// Whether a visit counts already, as far as this phone knows.
    pub(crate) fn remembers(&self, visit: &str) -> bool {
        self.visits.has(&visit.into())
    }

    /// Remembers what others counted.
    pub(crate) fn learn(&self, visits: &[String]) {
        for visit in visits {
            self.visits.add(&visit.into());
        }
    }

    /// How old the package is now; `None` without a package.
    pub(crate) fn freshness(&self) -> Option<Freshness> {
        let judge = self.judge.as_ref()?;
        Some(judge.package().freshness(self.checked_at, self.corrected(dom::now())))
    }

    /// Counted on this day.
    pub(crate) fn counted_on(&self, day: &str) -> u32 {
        if self.day == day { self.today } else { 0 }
    }
}

/// What happened to the device without anybody touching the screen.
pub(crate) enum News<'a> {
    /// A number, a message or the package changed.
    Changed,
    /// The server decided on these.
    Results(&'a [EventResult]),
}

/// One function that is not generic, as in the scanner's state.
fn cell() -> &'static RefCell<Option<Device>> {
    DEVICE.with(|device| *device)
}

thread_local! {
    static DEVICE: &'static RefCell<Option<Device>> = Box::leak(Box::default());
    static LISTENER: Cell<Option<fn(&News<'_>)>> = const { Cell::new(None) };
}

/// Looks at the device; `None` when this browser is not paired. `look` must not change it.
pub(crate) fn read<T>(look: impl FnOnce(&Device) -> T) -> Option<T> {
    cell().borrow().as_ref().map(look)
}

/// Changes what is known; `change` must only write.
pub(crate) fn change(change: impl FnOnce(&mut Device)) {
    if let Some(device) = cell().borrow_mut().as_mut() {
        change(device);
    }
}

/// Puts a device in place, or takes it away.
pub(crate) fn replace(device: Option<Device>) {
    cell().replace(device);
}

/// Who is told.
pub(crate) fn listen(heard: fn(&News<'_>)) {
    LISTENER.set(Some(heard));
}

/// Tells it.
pub(crate) fn tell(news: &News<'_>) {
    if let Some(heard) = LISTENER.get() {
        heard(news);
    }
}
