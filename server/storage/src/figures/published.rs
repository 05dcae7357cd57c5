//! Measures as they may be shown: counted from the facts, through disclosure control, kept until a fact changes.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::{Dimension, Measure, PartnershipId, Period, PeriodKind, Published, Thresholds, local_day, protect_system};
use facts::{Ask, Step};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use crate::error::{Error, Result, Tried as _};
use crate::figures::cache::Answer;
use crate::figures::current::Held;
use crate::figures::past;
use crate::scope::{Permission, Scope};
use crate::store::Store;

/// Over which periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum When {
    /// All of the fixed grid, so that disclosure control sees them together.
    Grid,
    /// One free range, for whoever may choose periods.
    Range(Period),
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Question {
    pub(crate) measure: Measure,
    /// None, one or two; a filter is one of them. Not `Month`: a month is a period of the grid.
    pub(crate) by: Vec<Dimension>,
    /// Only what is of this partnership; `None`: the scope's own, or all.
    pub(crate) partnership: Option<PartnershipId>,
    pub(crate) when: When,
    /// Without disclosure control. The caller has seen to it that nothing of it gets to where it may not.
    pub(crate) raw: bool,
    /// From what had been received by then; `None`: by now.
    pub(crate) as_of: Option<Timestamp>,
}

const TRIED: &str = "reading the facts behind a figure";

/// The largest table that is counted, in cells over all periods: more than any page could show.
const MOST_CELLS: usize = 20_000_000;

impl Store {
    /// A measure over all periods asked, after disclosure control.
    ///
    /// # Errors
    /// [`Error::Denied`] for a free range, unless a coordinator, an auditor or the command line asks; [`Error::Unknown`] for
    /// another partnership than the scope's; [`Error::Invalid`] for more than two dimensions, months as one, one twice, or one
    /// that the measure does not have; [`Error::Database`].
    pub(crate) async fn published(&self, scope: &Scope, question: &Question) -> Result<Arc<Published>> {
        scope.require(Permission::ReadFigures)?;
        if matches!(question.when, When::Range(_)) && !scope.may_choose_periods() {
            return Err(Error::Denied("a free range of days"));
        }
        if !question.by.iter().all(|dimension| scope.may_split_by(*dimension)) {
            return Err(Error::Denied("figures by organiser, funding line or counter"));
        }
        if question.by.contains(&Dimension::Month) {
            return Err(Error::Invalid("a month is a period of the grid, not a dimension"));
        }
        let held = self.held(question.as_of).await?;
        let question = Question {
            partnership: population(&held, scope, question.partnership)?,
            as_of: self.past(question.as_of),
            ..question.clone()
        };
        let today = local_day(self.data_date(question.as_of));
        let answer = self.memory().answers.answer(&question);
        // Whoever asks the same at the same time waits for the first.
        let mut answer = answer.lock().await;
        let state = (held.state(question.as_of.is_some()), today);
        if let Some(found) = answer.found(state) {
            return Ok(found);
        }
        let asked = question.clone();
        let counted = blocking(move || count(&held, &asked, today)).await?;
        let Some(counted) = counted else {
            return Err(Error::Invalid("this measure is not split by these dimensions"));
        };
        let counted = Arc::new(counted);
        *answer = Answer::new(state, Arc::clone(&counted));
        drop(answer);
        self.memory()
            .answers
            .counted(&question, counted.periods.len() * cells(&counted));
        Ok(counted)
    }

    /// How long the steps of the funnel took those whose first pass was issued in the period: from pass to first visit, from
    /// first visit to third, from third to membership; by the keys of `by`, and without keys in all. Not protected: the
    /// caller drops what rests on few people.
    ///
    /// # Errors
    /// As [`Store::published`].
    pub(crate) async fn funnel_medians(
        &self,
        scope: &Scope,
        by: &[Dimension],
        period: Period,
        partnership: Option<PartnershipId>,
        as_of: Option<Timestamp>,
    ) -> Result<BTreeMap<Vec<String>, [Step; 3]>> {
        scope.require(Permission::ReadFigures)?;
        if period.kind() == PeriodKind::Range && !scope.may_choose_periods() {
            return Err(Error::Denied("a free range of days"));
        }
        let held = self.held(as_of).await?;
        let partnership = population(&held, scope, partnership)?;
        let by = by.to_vec();
        let steps = blocking(move || held.facts().facts.steps(&by, period, partnership)).await?;
        steps.ok_or(Error::Invalid("the funnel is not split by these dimensions"))
    }

    /// A SHA-256 over all facts in a canonical order, in hex: two reports with the same hash count the same.
    ///
    /// # Errors
    /// [`Error::Denied`]; [`Error::Database`].
    pub async fn facts_hash(&self, scope: &Scope, as_of: Option<Timestamp>) -> Result<String> {
        scope.require(Permission::ReadFigures)?;
        let held = self.held(as_of).await?;
        let past = self.past(as_of);
        let state = held.state(past.is_some());
        if let Some(known) = self.memory().hash(past, state) {
            return Ok(known);
        }
        let hash = blocking(move || {
            let mut hash = Sha256::new();
            held.facts().facts.canonical(&mut |bytes| hash.update(bytes));
            hash.finalize()
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect::<String>()
        })
        .await?;
        self.memory().keep_hash(past, state, hash.clone());
        Ok(hash)
    }

    /// Up to when events were taken in: `as_of`, or now.
    #[must_use]
    pub fn data_date(&self, as_of: Option<Timestamp>) -> Timestamp {
        let now = self.env().now();
        as_of.map_or(now, |as_of| as_of.min(now))
    }

    /// A moment that lies behind us; the present needs no facts of its own.
    pub(super) fn past(&self, as_of: Option<Timestamp>) -> Option<Timestamp> {
        as_of.filter(|as_of| *as_of < self.env().now())
    }

    /// The facts as they are, or were.
    pub(super) async fn held(&self, as_of: Option<Timestamp>) -> Result<Source> {
        let now = self.memory().current(self.db()).await.tried(TRIED)?;
        Ok(match self.past(as_of) {
            None => Source::Now(now),
            Some(as_of) => {
                let (epoch, thresholds) = (now.epoch, now.thresholds.clone());
                drop(now);
                Source::Past(
                    past::held(self.memory(), self.db(), as_of, epoch, thresholds)
                        .await
                        .tried(TRIED)?,
                )
            }
        })
    }
}

/// Facts that stay as they are while they are counted.
pub(super) enum Source {
    Now(tokio::sync::OwnedRwLockReadGuard<Held>),
    Past(Arc<Held>),
}

impl Source {
    pub(super) fn facts(&self) -> &Held {
        match self {
            Self::Now(held) => held,
            Self::Past(held) => held,
        }
    }

    /// What changes when an answer may change.
    pub(super) fn state(&self, past: bool) -> u64 {
        if past { self.facts().epoch } else { self.facts().version }
    }
}

/// Whose figures: the scope's partnership, or the asked one. With one partnership there is one population, and all are it.
pub(super) fn population(held: &Source, scope: &Scope, asked: Option<PartnershipId>) -> Result<Option<PartnershipId>> {
    let own = scope.partnership_uuid().map(PartnershipId::from);
    let known = &held.facts().thresholds;
    match (own, asked) {
        (Some(own), Some(asked)) if own != asked => Err(Error::Unknown("partnership")),
        (_, Some(asked)) if !known.contains_key(&asked) => Err(Error::Unknown("partnership")),
        (Some(one), _) | (None, Some(one)) => Ok(Some(one)),
        (None, None) => Ok(known.keys().next().copied().filter(|_| known.len() == 1)),
    }
}

fn count(held: &Source, question: &Question, today: jiff::civil::Date) -> Option<Published> {
    let held = held.facts();
    let periods = match question.when {
        When::Range(period) => vec![period],
        When::Grid => Period::grid(held.facts.first_day().unwrap_or(today), today),
    };
    let counted = held.facts.count(&Ask {
        measure: question.measure,
        by: &question.by,
        partnership: question.partnership,
        periods: &periods,
        today,
    })?;
    if counted.stride().saturating_mul(periods.len()) > MOST_CELLS {
        return None;
    }
    Some(protect_system(&counted, thresholds(held, question)))
}

/// The partnership's own; of all, the strictest of any.
fn thresholds(held: &Held, question: &Question) -> Thresholds {
    if question.raw {
        return Thresholds::NONE;
    }
    let of = |(ordinary, sensitive): &(u64, u64)| (*ordinary, *sensitive);
    let own = question.partnership.and_then(|own| held.thresholds.get(&own)).map(of);
    let strictest = || {
        let all = held.thresholds.values();
        all.map(of)
            .reduce(|one, other| (one.0.max(other.0), one.1.max(other.1)))
    };
    own.or_else(strictest)
        .map_or_else(Thresholds::default, |(ordinary, sensitive)| Thresholds {
            ordinary,
            sensitive,
        })
}

fn cells(published: &Published) -> usize {
    published.axes.iter().map(|axis| axis.keys.len() + 1).product()
}

/// Runs what takes a core for milliseconds where no scan waits for it.
pub(super) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| Error::Database {
            tried: "counting a figure",
            source: sqlx::Error::Io(std::io::Error::other(error)),
        })
}
