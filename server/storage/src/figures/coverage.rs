//! How complete the facts behind a figure are.

use domain::{Coverage, Measure, PartnershipId, Period, PeriodKind, start_of_day};
use jiff::{Timestamp, ToSpan as _};

use crate::engine::read;
use crate::error::{Result, Tried as _};
use crate::figures::published::{Question, When, blocking, population};
use crate::scope::Scope;
use crate::store::Store;

/// Devices that said when they were last heard of that events still wait on them.
const UNSENT: &str = "
    SELECT count(*)
    FROM device AS d
    JOIN organiser AS o ON o.id = d.organiser_id
    WHERE d.waiting > 0
      AND d.revoked_at IS NULL
      AND ($1 IS NULL OR o.municipality IN (SELECT municipality FROM partnership_member WHERE partnership_id = $1))";

impl Store {
    /// How complete the facts of a period are, up to now: a session that is still to come could not be scanned. An organiser
    /// was active when a session of it began in the period, and scanned when a visit of that time counts.
    ///
    /// The number of scans is that of the published visits, 0 where it is hidden: it would tell what they do not.
    ///
    /// # Errors
    /// As [`Store::published`].
    pub(crate) async fn coverage(
        &self,
        scope: &Scope,
        partnership: Option<PartnershipId>,
        period: Period,
        as_of: Option<Timestamp>,
    ) -> Result<Coverage> {
        let visits = Question {
            measure: Measure::Participations,
            by: Vec::new(),
            partnership,
            when: match period.kind() {
                PeriodKind::Range => When::Range(period),
                _ => When::Grid,
            },
            raw: false,
            as_of,
        };
        let scans = self.published(scope, &visits).await?.value(period, &[]).unwrap_or(0);
        let held = self.held(as_of).await?;
        let partnership = population(&held, scope, partnership)?;
        let past = self.past(as_of);
        let (asked, state) = ((partnership, period, past), held.state(past.is_some()));
        let until = start_of_day(period.last().saturating_add(1.day())).min(self.data_date(past));
        // A session may begin at any moment without a fact changing: what was counted is kept until the hour is over.
        let state = (state, until.as_second() / 3600);
        let complete = match self.memory().complete(asked, state) {
            Some(known) => known,
            None => {
                let from = start_of_day(period.first());
                let complete = blocking(move || held.facts().facts.complete(partnership, period, from, until)).await?;
                self.memory().keep_complete(asked, state, complete);
                complete
            }
        };
        let unsent: i64 = read!(self.db(), pool => sqlx::query_scalar(UNSENT)
            .bind(partnership.map(PartnershipId::uuid))
            .fetch_one(pool)
            .await)
        .tried("counting devices with unsent scans")?;
        Ok(Coverage {
            organisers_active: complete.active,
            organisers_scanned: complete.scanned,
            manual: if scans == 0 { 0 } else { complete.manual },
            scans,
            unsent_devices: unsent.unsigned_abs(),
        })
    }
}
