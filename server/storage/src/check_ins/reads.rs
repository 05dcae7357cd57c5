//! What an organiser sees of its scans: verdicts and numbers, never a name.

use domain::{ActivityId, CountingRule, OrganiserId, ScanId};
use uuid::Uuid;

use crate::check_ins::stored::Standing;
use crate::columns::{At, Day, parsed};
use crate::engine::{from_row, read};
use crate::error::{Error, Result, Tried as _};
use crate::holders::number;
use crate::records::RecentScan;
use crate::scope::{Permission, Scope};
use crate::store::Store;

const RECENT: &str = "
    SELECT
        e.scan_id, e.effective_at, e.activity_id, e.pass_id, e.pass_tag, e.verdict, e.reason, e.accepted,
        a.name AS activity_name, a.counting_rule,
        p.scan_id AS counted_scan,
        n.scan_id IS NOT NULL AS annulled,
        q.scan_id IS NOT NULL AS held
    FROM event AS e
    JOIN activity AS a ON a.id = e.activity_id
    LEFT JOIN participation AS p ON p.window_id = e.window_id
    LEFT JOIN annulment AS n ON n.target_scan_id = e.scan_id
    LEFT JOIN quarantine AS q ON q.scan_id = e.scan_id AND q.released_at IS NULL
    WHERE e.organiser_id = $1
      AND e.kind = 'check_in'
    ORDER BY e.received_at DESC, e.scan_id DESC
    LIMIT $2";

const TODAY: &str = "
    SELECT CAST(count(*) AS BIGINT)
    FROM participation
    WHERE organiser_id = $1
      AND local_day = $2";

from_row!(RecentScan, row => {
    let scan_id: Uuid = row.try_get("scan_id")?;
    let rule: CountingRule = parsed(row.try_get("counting_rule")?)?;
    let standing = Standing {
        verdict: parsed(row.try_get("verdict")?)?,
        reason: parsed(row.try_get("reason")?)?,
        accepted: row.try_get("accepted")?,
        annulled: row.try_get("annulled")?,
        held: row.try_get("held")?,
        rule: Some(rule),
        is_the_counted_one: row.try_get::<Option<Uuid>, _>("counted_scan")? == Some(scan_id),
    };
    let (verdict, reason) = standing.now();
    let known: Option<Uuid> = row.try_get("pass_id")?;
    RecentScan {
        scan_id: ScanId::from(scan_id),
        at: row.try_get::<At, _>("effective_at")?.0,
        activity: ActivityId::from(row.try_get::<Uuid, _>("activity_id")?),
        activity_name: row.try_get("activity_name")?,
        verdict,
        reason,
        number: known.and(row.try_get::<Option<i64>, _>("pass_tag")?).map(number).transpose()?,
    }
});

impl Store {
    /// The last scans for an organiser, newest first; `limit` is 1–100.
    ///
    /// # Errors
    /// [`Error::Denied`] when the scope may not scan; [`Error::Unknown`] for an organiser outside the scope.
    pub async fn recent_scans(&self, scope: &Scope, organiser: OrganiserId, limit: u32) -> Result<Vec<RecentScan>> {
        self.own(scope, organiser).await?;
        read!(self.db(), pool => sqlx::query_as(RECENT)
            .bind(organiser.uuid())
            .bind(i64::from(limit.clamp(1, 100)))
            .fetch_all(pool)
            .await)
        .tried("listing recent scans")
    }

    /// Today's participations of an organiser: its own raw count, which only its own people and the coordinator see.
    ///
    /// # Errors
    /// As [`Store::recent_scans`].
    pub async fn counts_today(&self, scope: &Scope, organiser: OrganiserId) -> Result<u64> {
        self.own(scope, organiser).await?;
        let today = Day(self.env().today());
        let count: i64 = read!(self.db(), pool => sqlx::query_scalar(TODAY)
            .bind(organiser.uuid())
            .bind(today)
            .fetch_one(pool)
            .await)
        .tried("counting today's visits")?;
        Ok(count.unsigned_abs())
    }

    async fn own(&self, scope: &Scope, organiser: OrganiserId) -> Result<()> {
        scope.require(Permission::Scan)?;
        if !scope.reaches_organiser(organiser) {
            return Err(Error::Unknown("organiser"));
        }
        self.organiser(scope, organiser)
            .await?
            .map(drop)
            .ok_or(Error::Unknown("organiser"))
    }
}
