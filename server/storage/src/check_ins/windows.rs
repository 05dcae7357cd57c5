//! From recorded events to participations: the fold of every touched window, and what follows from it.
//!
//! The whole window is folded each time, so a scan that arrives late can take the place of one that counted before, and
//! the order of arrival never matters (PROTOCOL §6).

use std::collections::{BTreeSet, HashMap};

use domain::{CountingRule, HolderId, Reason, ScanId, Verdict, Window, fold};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::check_ins::load::{self, First};
use crate::check_ins::save::{self, Counted};
use crate::engine::Tx;
use crate::figures::change;

/// A window's id, in the engines' own uuid type: two bytes of the activity, six of the holder's registration, eight of
/// the SHA-256 of the window's text. The hash tells windows apart; the rest keeps those of one activity side by side in
/// every index, so that a group of scans touches a few pages and not one for each scan.
pub(crate) fn window_id(window: &Window, rule: CountingRule) -> Uuid {
    let hash = Sha256::digest(window.counting_key(rule).as_bytes());
    let mut id = [0; 16];
    id[..2].copy_from_slice(&window.activity.uuid().as_bytes()[14..]);
    id[2..8].copy_from_slice(&window.holder.uuid().as_bytes()[..6]);
    id[8..].copy_from_slice(&hash[..8]);
    Uuid::from_bytes(id)
}

/// What the touched windows say now.
#[derive(Debug, Default)]
pub(crate) struct Settled {
    /// Every event of the touched windows.
    pub(crate) verdicts: HashMap<ScanId, (Verdict, Reason)>,
    /// Scans made offline that are duplicates.
    pub(crate) offline_duplicates: BTreeSet<ScanId>,
    /// Scans that are their holder's first visit.
    pub(crate) first_visits: BTreeSet<ScanId>,
}

/// A change of one window.
struct Change {
    window: Uuid,
    holder: HolderId,
    /// `None`: nothing counts in it any more.
    counted: Option<Counted>,
}

/// Folds the touched windows, whose events are all recorded, and lets the participations follow.
pub(crate) async fn settle(
    tx: &mut Tx,
    touched: &HashMap<Uuid, (HolderId, CountingRule)>,
) -> Result<Settled, sqlx::Error> {
    let mut settled = Settled::default();
    let mut changes = Vec::new();
    for (window, mut state) in load::windows(tx, touched.keys().copied()).await? {
        let Some(&(holder, rule)) = touched.get(&window) else {
            continue;
        };
        let verdicts = fold(rule, &mut state.events);
        let winner = verdicts
            .iter()
            .find(|(_, verdict, _)| verdict.is_counted())
            .map(|&(scan, _, _)| scan);
        for (scan, verdict, reason) in verdicts {
            settled.verdicts.insert(scan, (verdict, reason));
        }
        for event in &state.events {
            let verdict = settled.verdicts.get(&event.scan_id);
            if verdict.and_then(|(verdict, _)| event.flag_for(*verdict)).is_some() {
                settled.offline_duplicates.insert(event.scan_id);
            }
        }
        if winner != state.counted {
            let counted = state.events.iter().find(|event| Some(event.scan_id) == winner);
            let counted = counted.map(|event| Counted {
                scan_id: event.scan_id,
                effective_at: event.effective_at,
                first_visit: false,
            });
            changes.push(Change {
                window,
                holder,
                counted,
            });
        }
    }
    follow(tx, changes, &mut settled).await?;
    Ok(settled)
}

/// Writes the changed participations and keeps exactly one first visit a holder.
async fn follow(tx: &mut Tx, mut changes: Vec<Change>, settled: &mut Settled) -> Result<(), sqlx::Error> {
    let holders: BTreeSet<HolderId> = changes.iter().map(|change| change.holder).collect();
    if holders.is_empty() {
        return Ok(());
    }
    let firsts = load::firsts(tx, holders.iter().copied()).await?;
    let again = mark_first_visits(&mut changes, &firsts);

    let counted: Vec<Counted> = changes.iter().filter_map(|change| change.counted).collect();
    let gone: Vec<Uuid> = changes
        .iter()
        .filter(|change| change.counted.is_none())
        .map(|change| change.window)
        .collect();
    save::no_participations(tx, &gone).await?;
    save::participations(tx, &counted).await?;
    settled.first_visits.extend(
        counted
            .iter()
            .filter(|counted| counted.first_visit)
            .map(|counted| counted.scan_id),
    );
    if !again.is_empty() {
        save::first_visits(tx, again.iter().copied()).await?;
        let firsts = load::firsts(tx, again.iter().copied()).await?;
        settled.first_visits.extend(firsts.values().map(|first| first.scan_id));
    }
    change::of_holders(tx, holders.into_iter()).await
}

/// Marks the first visits that are plain to see: of a holder who had none. Gives the holders whose first visit moves,
/// which the database must look up.
fn mark_first_visits(changes: &mut [Change], firsts: &HashMap<HolderId, First>) -> BTreeSet<HolderId> {
    let mut earliest: HashMap<HolderId, (jiff::Timestamp, ScanId)> = HashMap::new();
    let mut again = BTreeSet::new();
    for change in changes.iter() {
        let counted = change.counted.map(|counted| (counted.effective_at, counted.scan_id));
        match (firsts.get(&change.holder), counted) {
            (Some(first), Some(counted))
                if first.window != change.window && (first.effective_at, first.scan_id) < counted => {}
            (Some(first), None) if first.window != change.window => {}
            (Some(_), _) => {
                again.insert(change.holder);
            }
            (None, Some(counted)) => {
                earliest
                    .entry(change.holder)
                    .and_modify(|known| *known = counted.min(*known))
                    .or_insert(counted);
            }
            (None, None) => {}
        }
    }
    for counted in changes.iter_mut().filter(|change| !again.contains(&change.holder)) {
        let holder = counted.holder;
        if let Some(counted) = &mut counted.counted {
            counted.first_visit = earliest.get(&holder).is_some_and(|(_, scan)| *scan == counted.scan_id);
        }
    }
    again
}
