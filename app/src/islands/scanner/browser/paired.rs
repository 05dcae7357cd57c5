//! Scanning on a paired phone: judged here, written down, shown; told to the server afterwards.

use std::cell::{Cell, RefCell};

use domain::{
    ActivityId, AnnulFacts, DeviceEvent, EventKind, EventResult, Reason, ScanId, Scanned, Verdict, may_annul,
    parse_scan,
};

use super::draw::{say, say_reason};
use super::state::{Mode, Work, change, quietly, read, redraw};
use super::{Source, camera, complain, picker, queue, show};
use crate::islands::device::memory::{self, News};
use crate::islands::device::store::{self, Visit};
use crate::islands::device::{background, outbox};
use crate::islands::dom;
use crate::islands::scanner::outcome::Outcome;
use crate::islands::scanner::texts::Text;

/// How long the server's word may take to replace the phone's on the screen (`docs/protocol.md` §5).
const UPGRADE_MS: i64 = 800;

/// What can be taken back.
#[derive(Clone)]
struct Kept {
    event: DeviceEvent,
    /// What is forgotten with it.
    visit: Option<String>,
}

thread_local! {
    static KEPT: RefCell<Option<Kept>> = const { RefCell::new(None) };
    /// The scan whose verdict was shown last, and when.
    static SHOWN: Cell<Option<(ScanId, i64)>> = const { Cell::new(None) };
}

/// The phone works from its package from now on.
pub(super) fn start() {
    change(|state| state.mode = Mode::Paired);
    picker::fill();
    memory::listen(heard);
    outbox::start();
    dom::spawn(background::tell_worker("paired", true));
}

/// The device's numbers changed, or the server has decided.
fn heard(news: &News<'_>) {
    match news {
        News::Changed => picker::fill(),
        News::Results(results) => {
            if let Some((shown, at)) = SHOWN.get() {
                let shown_id = shown.to_string();
                if let Some(result) = results.iter().find(|result| result.scan_id == shown_id) {
                    upgrade(result, shown, at);
                }
            }
        }
    }
    redraw();
    if queue::is_open() {
        dom::spawn(queue::list());
    }
}

/// The server says something else than the phone: on the screen if it is in time, else where the last scan stands.
fn upgrade(result: &EventResult, scan: ScanId, shown_at: i64) {
    let (verdict, reason) = (result.verdict, result.reason);
    let same = |known: &Outcome| known.verdict == verdict.code() && known.reason == reason.code();
    if read(|state| state.last.as_ref().is_none_or(same)) {
        return;
    }
    let on_screen = read(|state| state.outcome.as_ref().is_some_and(Outcome::passes));
    let Some(last) = read(|state| state.last.clone()) else {
        return;
    };
    let ours = KEPT.with_borrow(|kept| kept.as_ref().is_some_and(|kept| kept.event.scan_id == scan));
    let outcome = Outcome {
        verdict: verdict.code(),
        reason: reason.code().to_owned(),
        sentence: say_reason(reason),
        scan_id: (ours && verdict.is_counted()).then(|| scan.to_string()),
        ..last
    };
    if ours && !verdict.is_counted() {
        KEPT.set(None);
    }
    if on_screen && dom::milliseconds() - shown_at < UPGRADE_MS {
        show(outcome);
    } else {
        change(|state| state.last = Some(outcome));
    }
}

/// Judges one code, writes the scan down and shows the verdict.
pub(super) async fn scan(text: String, source: Source) {
    let Some(activity) = read(|state| state.activity.parse::<ActivityId>().ok()) else {
        complain(Text::NoActivity);
        return;
    };
    let input = parse_scan(&text);
    if source == Source::Fingers
        && let Err(reason) = input
    {
        // A slip of the finger is not a scan.
        show(Outcome::refused(reason.code(), say_reason(reason)));
        return;
    }
    let (now, id) = (dom::now(), dom::new_id());
    let judged = memory::read(|device| {
        let judge = device.judge.as_ref().filter(|_| !device.revoked)?;
        let judged = judge.judge(&input, activity, device.corrected(now), |key| device.remembers(key));
        Some((device.database.clone(), judged, device.offset_ms, judge.package().epoch))
    });
    let Some((database, judged, clock_offset_ms, package_epoch)) = judged.flatten() else {
        let revoked = memory::read(|device| device.revoked).unwrap_or(false);
        complain(if revoked { Text::DeviceRevoked } else { Text::NoPackage });
        return;
    };
    let (verdict, reason) = (judged.decision.verdict, judged.decision.reason);
    let visit = if verdict.is_counted() {
        Visit::Counted(judged.key.clone())
    } else {
        Visit::Same
    };
    let (credential, number) = match &input {
        Ok(Scanned::Credential(_)) => (Some(text.trim().to_owned()), None),
        Ok(Scanned::Number(number)) => (None, Some(number.compact())),
        // Nobody else's code leaves the phone.
        Err(_) => (None, None),
    };
    quietly(|state| state.work = Work::Asking);
    let manual = number.is_some();
    let made = store::record(
        &database,
        &visit,
        DeviceEvent {
            scan_id: id,
            seq: 0,
            prev: None,
            kind: EventKind::CheckIn,
            credential,
            number,
            activity_id: activity,
            target_scan_id: None,
            occurred_at: now,
            clock_offset_ms,
            package_epoch,
            device_verdict: verdict,
            device_reason: reason,
            manual,
        },
    )
    .await;
    camera::hold();
    let kept = made.is_ok();
    quietly(|state| {
        state.work = Work::Idle;
        state.unsaved = (!kept).then_some((text, source));
    });
    let Ok(event) = made else {
        show(Outcome::unsaved(say(Text::NotKeptWhy)));
        return;
    };
    SHOWN.set(Some((id, dom::milliseconds())));
    let sentence = match (verdict, reason) {
        (Verdict::Flagged, Reason::NeedsOnline) => say(Text::NotedWhy),
        _ => say_reason(reason),
    };
    show(Outcome {
        verdict: verdict.code(),
        reason: reason.code().to_owned(),
        sentence,
        detail: [read(|state| state.activity_name.clone()), dom::clock()].join(" · "),
        scan_id: verdict.is_counted().then(|| id.to_string()),
    });
    if verdict.is_counted() {
        KEPT.set(Some(Kept {
            event,
            visit: judged.key,
        }));
    }
    outbox::after_scan();
}

/// The scan that could not be written down, once more.
pub(super) fn retry() {
    let mut again = None;
    change(|state| {
        again = state.unsaved.take();
        state.outcome = None;
    });
    if let Some((text, source)) = again {
        dom::spawn(scan(text, source));
    }
}

/// Takes the last counted scan back, with or without network.
pub(super) fn undo() {
    let Some(kept) = KEPT.with_borrow(Clone::clone) else {
        return;
    };
    let now = dom::now();
    let asked = memory::read(|device| {
        let facts = AnnulFacts {
            own: true,
            supervises: device.role.supervises(),
            scanned_at: device.corrected(kept.event.occurred_at),
            annulled_at: device.corrected(now),
        };
        let epoch = device.judge.as_ref().map_or(0, |judge| judge.package().epoch);
        may_annul(&facts).map(|()| (device.database.clone(), device.offset_ms, epoch))
    });
    let (database, clock_offset_ms, package_epoch) = match asked {
        Some(Ok(facts)) => facts,
        Some(Err(reason)) => {
            let words = say_reason(reason);
            change(|state| {
                state.outcome = None;
                state.trouble = Some(words);
            });
            return;
        }
        None => return,
    };
    change(|state| state.work = Work::Asking);
    dom::spawn(async move {
        let Kept { event, visit } = kept;
        let visit = Visit::Annulled(visit);
        let made = store::record(
            &database,
            &visit,
            DeviceEvent {
                scan_id: dom::new_id(),
                seq: 0,
                prev: None,
                kind: EventKind::Annul,
                credential: None,
                number: None,
                activity_id: event.activity_id,
                target_scan_id: Some(event.scan_id),
                occurred_at: now,
                clock_offset_ms,
                package_epoch,
                device_verdict: Verdict::Annulled,
                device_reason: Reason::Annulled,
                manual: false,
            },
        )
        .await;
        camera::hold();
        change(|state| state.work = Work::Idle);
        if made.is_err() {
            complain(Text::UndoNotKept);
            change(|state| state.outcome = None);
            return;
        }
        KEPT.set(None);
        SHOWN.set(None);
        show(Outcome {
            verdict: Verdict::Annulled.code(),
            ..Outcome::refused(Reason::Annulled.code(), say_reason(Reason::Annulled))
        });
        outbox::after_scan();
    });
}
