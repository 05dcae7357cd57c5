//! The list of activities on a paired phone, from its package.

use domain::{ActivityId, Package, PackageActivity, local_day};
use jiff::Timestamp;
use web_sys::{Element, HtmlSelectElement};

use super::draw::say;
use super::page::{self, PICKER};
use super::state::{Camera, read};
use crate::islands::device::memory;
use crate::islands::dom;
use crate::islands::scanner::texts::Text;

/// One line of the list.
struct Line {
    starts_at: Timestamp,
    id: ActivityId,
    label: String,
}

/// Fills the list, and chooses what is most likely meant as long as nobody has chosen.
pub(super) fn fill() {
    // Never under somebody's eyes: what is being scanned for stays.
    if read(|state| state.camera != Camera::Off) {
        return;
    }
    let found = memory::read(|device| {
        let judge = device.judge.as_ref()?;
        let now = device.corrected(dom::now());
        let likely = judge.package().likely_activity(now).map(|activity| activity.id);
        Some((lines(judge.package(), now), likely))
    });
    let (Some(Some((lists, likely))), Some(picker)) = (found, dom::find::<HtmlSelectElement>(PICKER)) else {
        return;
    };
    let listed = |id: &str| lists.iter().flatten().any(|line| line.id.to_string() == id);
    let before = read(|state| state.activity.clone());
    let first = || lists.iter().flatten().next().map(|line| line.id);
    let chosen = if read(|state| state.picked) && listed(&before) {
        before.clone()
    } else {
        likely.or_else(first).map(|id| id.to_string()).unwrap_or_default()
    };
    picker.set_text_content(None);
    for (title, lines) in [Text::OpenNow, Text::Later, Text::Past].into_iter().zip(&lists) {
        if !lines.is_empty() {
            let _ = group(&picker, title, lines);
        }
    }
    picker.set_value(&chosen);
    if chosen != before || read(|state| state.activity_name.is_empty()) {
        page::chosen();
    }
}

/// What takes scans now, what will, and what has taken them; each by its start. What is over is there only where a package
/// is so old that nothing else is: a scan is then refused with a sentence, and not swallowed.
fn lines(package: &Package, now: Timestamp) -> [Vec<Line>; 3] {
    let (mut open, mut later, mut past) = (Vec::new(), Vec::new(), Vec::new());
    for activity in &package.activities {
        let facts = activity.facts(package.organiser.id);
        if let Some(session) = facts.session_at(now) {
            let times = [clock(session.starts_at), clock(session.ends_at)].join("–");
            insert(&mut open, line(activity, session.starts_at, &times));
        } else {
            let starts = || activity.sessions.iter().map(|session| session.starts_at);
            let next = starts().filter(|starts_at| *starts_at > now).min();
            if let Some(starts_at) = next.or(starts().max()) {
                let when = [day(starts_at), clock(starts_at)].join(" ");
                let list = if next.is_some() { &mut later } else { &mut past };
                insert(list, line(activity, starts_at, &when));
            }
        }
    }
    if !open.is_empty() || !later.is_empty() {
        past.clear();
    }
    [open, later, past]
}

/// At its place by its start. A dozen lines are no reason to have a sorting algorithm in the bundle.
fn insert(lines: &mut Vec<Line>, line: Line) {
    let place = lines.iter().position(|other| other.starts_at > line.starts_at);
    lines.insert(place.unwrap_or(lines.len()), line);
}

fn line(activity: &PackageActivity, starts_at: Timestamp, when: &str) -> Line {
    Line {
        starts_at,
        id: activity.id,
        label: [&*activity.name, " · ", when].concat(),
    }
}

fn clock(at: Timestamp) -> String {
    dom::clock_at(at.as_millisecond())
}

/// `28/11`.
fn day(at: Timestamp) -> String {
    let iso = local_day(at).to_string();
    let mut parts = iso.rsplit('-');
    let (day, month) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    [day, "/", month].concat()
}

fn group(picker: &Element, title: Text, lines: &[Line]) -> Option<()> {
    let document = dom::document()?;
    let group = document.create_element("optgroup").ok()?;
    group.set_attribute("label", &say(title)).ok()?;
    for line in lines {
        let option = document.create_element("option").ok()?;
        option.set_attribute("value", &line.id.to_string()).ok()?;
        option.set_text_content(Some(&line.label));
        group.append_child(&option).ok()?;
    }
    picker.append_child(&group).ok()?;
    Some(())
}
