//! Scans with what was said of them: those to look at, those that are held, and those that counted.

use domain::local_time::{end_of_day, start_of_day};
use domain::scan::LATEST_AHEAD_MINUTES;
use domain::{DeviceId, Flags, FoldEvent, Number, OrganiserId, Reason, ScanId, Verdict};
use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan as _};
use uuid::Uuid;

use super::{EveningScan, EveningScans, LONGEST_LIST};
use crate::check_ins::Standing;
use crate::columns::{At, Day, parsed};
use crate::engine::{from_row, read};
use crate::error::{Result, Tried as _};
use crate::holders::{number, tag_column};
use crate::scope::Scope;
use crate::store::Store;

/// How long after a day its scans are looked for: the index goes by arrival.
const ARRIVES_WITHIN_DAYS: i64 = 60;

/// Counted scans in one list.
const COUNTED: i64 = 50;

/// What every list selects, of `event AS e` and what hangs on it.
macro_rules! scans {
    ($from:literal) => {
        concat!(
            "SELECT
                e.scan_id, e.effective_at, e.received_at, e.device_id, e.seq, e.offline, e.device_verdict,
                e.device_reason, e.verdict, e.reason, e.flags, e.accepted, e.note, e.pass_tag,
                a.name AS activity_name, a.counting_rule,
                p.scan_id AS counted_scan,
                n.scan_id IS NOT NULL AS annulled,
                q.scan_id IS NOT NULL AS held ",
            $from
        )
    };
}

/// A late manual registration is late by nature: that alone is no story.
const STORIES: &str = scans!(
    "FROM event AS e
    LEFT JOIN activity AS a ON a.id = e.activity_id
    LEFT JOIN participation AS p ON p.window_id = e.window_id
    LEFT JOIN annulment AS n ON n.target_scan_id = e.scan_id
    LEFT JOIN quarantine AS q ON q.scan_id = e.scan_id AND q.released_at IS NULL
    WHERE e.organiser_id = $1
      AND e.received_at >= $2
      AND e.received_at < $3
      AND (e.local_day = $4 OR e.received_at < $5)
      AND e.kind = 'check_in'
      AND n.scan_id IS NULL
      AND q.scan_id IS NULL
      AND (
          e.verdict IN ('flagged', 'refused')
          OR e.flags LIKE '%clock_suspect%'
          OR (e.flags LIKE '%late%' AND NOT e.manual)
          OR (e.offline AND e.window_id IS NOT NULL AND (p.scan_id IS NULL OR p.scan_id <> e.scan_id))
      )
    ORDER BY e.received_at DESC, e.scan_id DESC
    LIMIT $6"
);

const HELD: &str = scans!(
    "FROM quarantine AS q
    JOIN event AS e ON e.scan_id = q.scan_id
    LEFT JOIN activity AS a ON a.id = e.activity_id
    LEFT JOIN participation AS p ON p.window_id = e.window_id
    LEFT JOIN annulment AS n ON n.target_scan_id = e.scan_id
    WHERE q.organiser_id = $1
      AND q.released_at IS NULL
      AND e.kind = 'check_in'
      AND n.scan_id IS NULL
    ORDER BY q.held_at, q.scan_id
    LIMIT $2"
);

const COUNTED_SCANS: &str = scans!(
    "FROM participation AS p
    JOIN event AS e ON e.scan_id = p.scan_id
    JOIN activity AS a ON a.id = e.activity_id
    LEFT JOIN annulment AS n ON n.target_scan_id = e.scan_id
    LEFT JOIN quarantine AS q ON q.scan_id = e.scan_id AND q.released_at IS NULL
    WHERE p.organiser_id = $1
      AND p.local_day = $2
      AND ($3 IS NULL OR e.pass_tag = $3)
    ORDER BY p.effective_at DESC, p.scan_id DESC
    LIMIT $4"
);

from_row!(EveningScan, row => {
    let scan_id: Uuid = row.try_get("scan_id")?;
    let (accepted, annulled): (bool, bool) = (row.try_get("accepted")?, row.try_get("annulled")?);
    let standing = Standing {
        verdict: parsed(row.try_get("verdict")?)?,
        reason: parsed(row.try_get("reason")?)?,
        accepted,
        annulled,
        held: row.try_get("held")?,
        rule: row.try_get::<Option<&str>, _>("counting_rule")?.map(parsed).transpose()?,
        is_the_counted_one: row.try_get::<Option<Uuid>, _>("counted_scan")? == Some(scan_id),
    };
    let (verdict, reason) = standing.now();
    let device: Option<Uuid> = row.try_get("device_id")?;
    let at = row.try_get::<At, _>("effective_at")?.0;
    let mut flags: Flags = parsed(row.try_get("flags")?)?;
    let folded = FoldEvent {
        scan_id: ScanId::from(scan_id),
        effective_at: at,
        device,
        seq: row.try_get("seq")?,
        offline: row.try_get("offline")?,
        accepted,
        annulled,
    };
    if let Some(flag) = folded.flag_for(verdict) {
        flags.insert(flag);
    }
    let said: Option<Verdict> = row.try_get::<Option<&str>, _>("device_verdict")?.map(parsed).transpose()?;
    let said_why: Option<Reason> = row.try_get::<Option<&str>, _>("device_reason")?.map(parsed).transpose()?;
    EveningScan {
        scan_id: folded.scan_id,
        at,
        received_at: row.try_get::<At, _>("received_at")?.0,
        activity_name: row.try_get("activity_name")?,
        device: device.map(DeviceId::from),
        device_said: said.zip(said_why),
        verdict,
        reason,
        flags,
        // Also of a pass that nobody has: "is it the right number?" cannot be answered without it.
        number: row.try_get::<Option<i64>, _>("pass_tag")?.map(number).transpose()?,
        note: row.try_get("note")?,
    }
});

/// One more than is shown was asked for, to know whether there are more.
fn bounded(mut scans: Vec<EveningScan>) -> EveningScans {
    let cut = scans.len() > LONGEST_LIST;
    scans.truncate(LONGEST_LIST);
    EveningScans { scans, cut }
}

fn one_more() -> i64 {
    i64::try_from(LONGEST_LIST).unwrap_or(i64::MAX).saturating_add(1)
}

impl Store {
    /// Flagged, refused, late, with a doubtful clock, or counted twice without network.
    pub(super) async fn stories(&self, organiser: OrganiserId, day: Date) -> Result<EveningScans> {
        // A device's clock may run a little ahead: what counts just after midnight can have arrived just before.
        let ahead = SignedDuration::from_mins(LATEST_AHEAD_MINUTES);
        let start = start_of_day(day);
        let from = start.checked_sub(ahead).unwrap_or(start);
        let until = end_of_day(day.saturating_add(ARRIVES_WITHIN_DAYS.days()));
        let mut scans: Vec<EveningScan> = read!(self.db(), pool => sqlx::query_as(STORIES)
            .bind(organiser.uuid())
            .bind(At(from))
            .bind(At(until))
            .bind(Day(day))
            .bind(At(end_of_day(day)))
            .bind(one_more())
            .fetch_all(pool)
            .await)
        .tried("listing scans to look at")?;
        // Under a rule that counts every scan, a second one without network is as good as the first.
        scans.retain(|scan| scan.verdict != Verdict::Counted || !scan.flags.is_empty());
        Ok(bounded(scans))
    }

    /// Scans that wait until somebody releases them.
    pub(super) async fn held_scans(&self, organiser: OrganiserId) -> Result<EveningScans> {
        read!(self.db(), pool => sqlx::query_as(HELD)
            .bind(organiser.uuid())
            .bind(one_more())
            .fetch_all(pool)
            .await)
        .tried("listing scans that wait")
        .map(bounded)
    }

    /// The scans that a day's participations rest on, newest first; of one pass when a number is given. At most fifty.
    ///
    /// # Errors
    /// As [`Store::evening`].
    pub async fn counted_scans(
        &self,
        scope: &Scope,
        organiser: OrganiserId,
        day: Date,
        pass: Option<Number>,
    ) -> Result<Vec<EveningScan>> {
        self.manages(scope, organiser).await?;
        read!(self.db(), pool => sqlx::query_as(COUNTED_SCANS)
            .bind(organiser.uuid())
            .bind(Day(day))
            .bind(pass.map(tag_column))
            .bind(COUNTED)
            .fetch_all(pool)
            .await)
        .tried("listing counted scans")
    }
}
