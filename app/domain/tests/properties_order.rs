//! The order in which events arrive changes nothing: any permutation, repetition and split of any set of events of
//! several devices ends in the same verdicts and the same counts.
//!
//! A small server stands in for the real one and uses the domain's functions only: `effective_at`, `decide`,
//! `honour_refusal`, `may_annul`, `Window` and `fold`. One thing does depend on arrival, by rule: the time of a device
//! whose clock cannot be right. Clocks are off here, but known or within bounds.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    ActivityFacts, AnnulFacts, CountingRule, Decision, Facts, FoldEvent, HolderId, KeyVerdict, PassFacts, PassKind,
    PassStatus, PassView, Reason, ScanId, SessionFacts, Verdict, Window, decide, effective_at, fold, honour_refusal,
    may_annul,
};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use uuid::Uuid;

/// The last of the devices is a supervisor's.
const DEVICES: u8 = 4;

/// The last of the holders has a revoked pass.
const HOLDERS: u8 = 4;

fn id(kind: u8, n: u8) -> Uuid {
    Uuid::from_bytes([kind, 0, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, n])
}

/// 21:30 in Brussels on 24 October 2026, five and a half hours before the clock jumps back.
fn start() -> Timestamp {
    "2026-10-24T19:30:00Z".parse().unwrap()
}

/// An event as a device wrote it down.
#[derive(Debug, Clone)]
struct Event {
    scan: ScanId,
    device: u8,
    seq: i64,
    occurred_at: Timestamp,
    clock_offset_ms: i64,
    kind: Kind,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Scan { holder: u8, activity: u8, sent_away: bool },
    Annul { target: ScanId },
}

/// A handful of events, and the order and the pieces in which they arrive.
#[derive(Debug, Clone)]
struct Evening {
    events: Vec<Event>,
    /// Indexes of `events`, each at least once.
    arrivals: Vec<usize>,
    /// How many arrive together, over and over.
    batches: Vec<usize>,
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let kind = prop_oneof![
        3 => (0..HOLDERS, 0u8..3, prop::bool::weighted(0.1)).prop_map(|(holder, activity, sent_away)| (Some((holder, activity, sent_away)), 0)),
        1 => (0u8..24).prop_map(|target| (None, target)),
    ];
    // Few instants, so that ties are common; steps of five minutes, so that a quarter of an hour is met exactly.
    let event = (0..DEVICES, 0i64..100, -2i64..3, kind);
    prop::collection::vec(event, 1..20).prop_map(|events| {
        let mut seqs = [0; DEVICES as usize];
        (0u8..)
            .zip(events)
            .map(|(n, (device, step, hours, (scanned, target)))| {
                let seq = &mut seqs[usize::from(device)];
                *seq += 1;
                let kind = match scanned {
                    Some((holder, activity, sent_away)) => Kind::Scan {
                        holder,
                        activity,
                        sent_away,
                    },
                    None => Kind::Annul {
                        target: id(1, target).into(),
                    },
                };
                let clock_offset_ms = hours * 3_600_000;
                let at = start() + SignedDuration::from_mins(5 * step);
                Event {
                    scan: id(1, n).into(),
                    device,
                    seq: *seq,
                    occurred_at: at - SignedDuration::from_millis(clock_offset_ms),
                    clock_offset_ms,
                    kind,
                }
            })
            .collect()
    })
}

fn evening() -> impl Strategy<Value = Evening> {
    let batches = prop::collection::vec(1usize..7, 1..5);
    (events(), batches, any::<u64>()).prop_flat_map(|(events, batches, copies)| {
        let again = (0..events.len()).filter(move |at| copies >> at & 1 == 1);
        let arrivals: Vec<usize> = (0..events.len()).chain(again).collect();
        (Just(events), Just(arrivals).prop_shuffle(), Just(batches)).prop_map(|(events, arrivals, batches)| Evening {
            events,
            arrivals,
            batches,
        })
    })
}

/// What the figures are made of.
#[derive(Debug, Default, PartialEq, Eq)]
struct Outcome {
    verdicts: BTreeMap<ScanId, (Verdict, Reason)>,
    offline_duplicates: BTreeSet<ScanId>,
    counts: BTreeMap<(HolderId, u8), usize>,
}

/// A scan as the server keeps it.
#[derive(Debug, Clone)]
struct Kept {
    device: u8,
    holder: u8,
    activity: u8,
    decision: Decision,
    window: Option<String>,
    fold: FoldEvent,
}

#[derive(Debug, Clone, Copy)]
struct Undoing {
    id: ScanId,
    device: u8,
    at: Timestamp,
}

/// Takes batches, folds the windows they touch, and keeps what it folded.
#[derive(Debug)]
struct Server {
    activities: Vec<ActivityFacts>,
    scans: BTreeMap<ScanId, Kept>,
    annulments: BTreeMap<ScanId, Vec<Undoing>>,
    windows: BTreeMap<String, (CountingRule, Vec<FoldEvent>)>,
    outcome: Outcome,
}

impl Server {
    fn new() -> Self {
        let session = |n: u8, starts: i64, ends: i64| SessionFacts {
            id: id(2, n).into(),
            starts_at: start() + SignedDuration::from_mins(starts),
            ends_at: start() + SignedDuration::from_mins(ends),
        };
        let activities = (0u8..)
            .zip(CountingRule::ALL)
            .map(|(n, rule)| ActivityFacts {
                id: id(3, n).into(),
                organiser: id(4, 0).into(),
                rule: *rule,
                // The second goes past midnight (after 150 minutes) and past the jump (after 330).
                sessions: vec![session(2 * n, 10, 90), session(2 * n + 1, 120, 400)],
                opens_before_min: 5,
                closes_after_min: 30,
                may_scan: true,
            })
            .collect();
        Self {
            activities,
            scans: BTreeMap::new(),
            annulments: BTreeMap::new(),
            windows: BTreeMap::new(),
            outcome: Outcome::default(),
        }
    }

    fn take(&mut self, batch: &[&Event], received_at: Timestamp) {
        let mut touched = BTreeSet::new();
        for event in batch {
            let issued_at = start() - SignedDuration::from_hours(24 * 200);
            let (at, suspect) = effective_at(event.occurred_at, event.clock_offset_ms, issued_at, received_at);
            assert!(!suspect, "the clocks of this test are within bounds");
            let target = match event.kind {
                Kind::Scan {
                    holder,
                    activity,
                    sent_away,
                } => {
                    let kept = self.judge(event, at, [holder, activity], sent_away);
                    self.scans.entry(event.scan).or_insert(kept);
                    event.scan
                }
                Kind::Annul { target } => {
                    let known = self.annulments.entry(target).or_default();
                    if known.iter().all(|undoing| undoing.id != event.scan) {
                        known.push(Undoing {
                            id: event.scan,
                            device: event.device,
                            at,
                        });
                    }
                    target
                }
            };
            touched.extend(self.note(target));
        }
        for window in touched {
            self.fold(&window);
        }
    }

    /// The server's own decision.
    fn judge(&self, event: &Event, at: Timestamp, [holder, activity]: [u8; 2], sent_away: bool) -> Kept {
        let pass = PassFacts {
            kind: PassKind::Personal,
            from: "2025-12-01".parse().unwrap(),
            until: "2026-11-30".parse().unwrap(),
            status: if holder == HOLDERS - 1 {
                PassStatus::Revoked
            } else {
                PassStatus::Valid
            },
        };
        let facts = &self.activities[usize::from(activity)];
        let decision = decide(&Facts {
            key: Some(KeyVerdict::Valid),
            pass: PassView::Known(&pass),
            activity: Some(facts),
            at,
            already_counted: false,
        });
        let said = if sent_away { Verdict::Refused } else { Verdict::Counted };
        let decision = honour_refusal(said, Reason::UnknownKey, decision);
        let window = decision.session.map(|session| {
            let window = Window {
                holder: id(5, holder).into(),
                activity: facts.id,
                session,
                day: decision.day,
            };
            window.counting_key(facts.rule)
        });
        Kept {
            device: event.device,
            holder,
            activity,
            decision,
            window,
            fold: FoldEvent {
                scan_id: event.scan,
                effective_at: at,
                device: Some(id(6, event.device)),
                seq: event.seq,
                offline: true,
                accepted: decision.verdict.is_counted(),
                annulled: false,
            },
        }
    }

    /// Puts a scan, once it is here, into its window: as it stands now, beside any copy of before.
    fn note(&mut self, scan: ScanId) -> Option<String> {
        let kept = self.scans.get(&scan)?;
        let annulled = self.annulments.get(&scan).is_some_and(|undoings| {
            undoings.iter().any(|undoing| {
                let facts = AnnulFacts {
                    own: undoing.device == kept.device,
                    supervises: undoing.device == DEVICES - 1,
                    scanned_at: kept.fold.effective_at,
                    annulled_at: undoing.at,
                };
                may_annul(&facts).is_ok()
            })
        });
        let alone = if annulled {
            (Verdict::Annulled, Reason::Annulled)
        } else {
            (kept.decision.verdict, kept.decision.reason)
        };
        self.outcome.verdicts.insert(scan, alone);
        let window = kept.window.clone()?;
        let rule = self.activities[usize::from(kept.activity)].rule;
        let (_, events) = self.windows.entry(window.clone()).or_insert((rule, vec![]));
        events.push(FoldEvent { annulled, ..kept.fold });
        Some(window)
    }

    fn fold(&mut self, window: &str) {
        let (rule, events) = self.windows.get_mut(window).unwrap();
        let folded: BTreeMap<_, _> = fold(*rule, events)
            .into_iter()
            .map(|(scan, verdict, reason)| (scan, (verdict, reason)))
            .collect();
        for event in events.iter() {
            let Some(&(verdict, reason)) = folded.get(&event.scan_id) else {
                continue;
            };
            self.outcome.verdicts.insert(event.scan_id, (verdict, reason));
            if event.flag_for(verdict).is_some() {
                self.outcome.offline_duplicates.insert(event.scan_id);
            } else {
                self.outcome.offline_duplicates.remove(&event.scan_id);
            }
        }
    }

    fn finish(mut self) -> Outcome {
        for (scan, kept) in &self.scans {
            if self.outcome.verdicts[scan].0.is_counted() {
                let key = (id(5, kept.holder).into(), kept.activity);
                *self.outcome.counts.entry(key).or_default() += 1;
            }
        }
        self.outcome
    }
}

/// Everything at once, in the order in which it happened.
fn sorted(events: &[Event]) -> Outcome {
    let mut order: Vec<&Event> = events.iter().collect();
    order.sort_by_key(|event| (event.occurred_at, event.device, event.seq));
    let mut server = Server::new();
    server.take(&order, start() + SignedDuration::from_hours(24));
    server.finish()
}

fn arrived(evening: &Evening) -> Outcome {
    let mut server = Server::new();
    let mut waiting = evening.arrivals.as_slice();
    let mut received_at = start() + SignedDuration::from_hours(12);
    for size in evening.batches.iter().cycle() {
        let (batch, rest) = waiting.split_at((*size).min(waiting.len()));
        let batch: Vec<&Event> = batch.iter().map(|&at| &evening.events[at]).collect();
        server.take(&batch, received_at);
        received_at += SignedDuration::from_secs(61);
        waiting = rest;
        if waiting.is_empty() {
            break;
        }
    }
    server.finish()
}

/// Said again without `fold`: whoever came first among those that neither decision nor annulment took out.
fn winners(events: &[Event], outcome: &Outcome) -> BTreeMap<ScanId, Verdict> {
    let mut server = Server::new();
    let all: Vec<&Event> = events.iter().collect();
    server.take(&all, start() + SignedDuration::from_hours(24));
    let mut order: Vec<(&ScanId, &Kept)> = server.scans.iter().collect();
    order.sort_by_key(|(scan, kept)| (kept.fold.effective_at, kept.device, kept.fold.seq, **scan));
    let mut taken = BTreeSet::new();
    order
        .into_iter()
        .filter(|(scan, kept)| kept.fold.accepted && outcome.verdicts[scan].0 != Verdict::Annulled)
        .map(|(scan, kept)| {
            let first = taken.insert(kept.window.clone());
            let unlimited = server.activities[usize::from(kept.activity)].rule == CountingRule::Unlimited;
            let verdict = if first || unlimited {
                Verdict::Counted
            } else {
                Verdict::Duplicate
            };
            (*scan, verdict)
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn no_order_no_repeat_and_no_split_changes_a_verdict_or_a_count(evening in evening()) {
        let expected = sorted(&evening.events);
        prop_assert_eq!(&arrived(&evening), &expected);
        for (scan, verdict) in winners(&evening.events, &expected) {
            prop_assert_eq!(expected.verdicts[&scan].0, verdict);
        }
    }
}

/// The promise above is empty if the random evenings never have a repeat, an annulment or a refusal.
#[test]
fn the_random_evenings_have_everything_in_them() {
    use proptest::strategy::ValueTree as _;
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    let mut seen: BTreeMap<(Verdict, Reason), u32> = BTreeMap::new();
    for _ in 0..500 {
        let evening = evening().new_tree(&mut runner).unwrap().current();
        for (_, verdict) in sorted(&evening.events).verdicts {
            *seen.entry(verdict).or_default() += 1;
        }
    }
    for verdict in [
        (Verdict::Counted, Reason::Ok),
        (Verdict::Duplicate, Reason::AlreadyCounted),
        (Verdict::Annulled, Reason::Annulled),
        (Verdict::Refused, Reason::Revoked),
        (Verdict::Refused, Reason::OutsideWindow),
        (Verdict::Refused, Reason::UnknownKey),
    ] {
        assert!(
            seen.get(&verdict).is_some_and(|times| *times >= 20),
            "{verdict:?}: {seen:?}"
        );
    }
}
