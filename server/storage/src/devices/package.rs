//! What a device takes along: passes that are not valid, the organiser's activities, who was counted already. No name,
//! no number, no list of holders (`docs/protocol.md` §3).

use domain::{
    ActivityId, Cents, CountingRule, DeviceId, DeviceRole, OrganiserId, PackageActivity, PackageOrganiser, PassStatus,
    SessionFacts, SessionId, visit_key,
};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::columns::{At, Day, checked, parsed};
use crate::engine::{from_row, read};
use crate::error::{Error, Result, Tried as _};
use crate::holders::number;
use crate::records::SigningKeyRecord;
use crate::scope::Scope;
use crate::store::Store;

/// How far back sessions are told: for a scan that is made late.
const SESSIONS_BACK: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How far ahead: a phone that has no network for more than a week must still have something to count for.
const SESSIONS_AHEAD: SignedDuration = SignedDuration::from_hours(28 * 24);

/// How far back the first package tells who was counted.
const RECENT_HOURS: SignedDuration = SignedDuration::from_hours(24);

/// More visits than this are not told at once, the newest first: a phone that does not know of one is put right by the
/// server.
const MOST_RECENT: i64 = 5_000;

const PASSES: &str = "SELECT next FROM counter WHERE name = 'pass_index'";

const NOT_VALID: &str = "SELECT number_index, status FROM pass WHERE status <> 'valid' ORDER BY number_index";

const ACTIVITIES: &str = "
    SELECT
        a.id, a.name, a.counting_rule, a.opens_before_min, a.closes_after_min, a.price_cents, a.pass_price_cents,
        s.id AS session_id, s.starts_at, s.ends_at
    FROM activity AS a
    JOIN activity_session AS s ON s.activity_id = a.id
    WHERE a.organiser_id = $1
      AND s.ends_at >= $2
      AND s.starts_at <= $3
    ORDER BY a.id, s.starts_at, s.id";

/// By when the server got them and not by when they happened: a phone that comes back late tells old news.
const RECENT: &str = "
    SELECT e.pass_tag, a.counting_rule, p.activity_id, p.session_id, p.local_day
    FROM event AS e
    JOIN participation AS p ON p.window_id = e.window_id AND p.scan_id = e.scan_id
    JOIN activity AS a ON a.id = p.activity_id
    WHERE e.organiser_id = $1
      AND e.received_at >= $2
      AND (e.device_id IS NULL OR e.device_id <> $3)
      AND e.pass_tag IS NOT NULL
    ORDER BY e.received_at DESC, e.scan_id DESC
    LIMIT $4";

/// What the content of a package is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageFacts {
    /// Whose device it is.
    pub organiser: PackageOrganiser,
    /// What the device may do.
    pub role: DeviceRole,
    /// Keys that sign passes, by number, revoked ones included.
    pub keys: Vec<SigningKeyRecord>,
    /// How many passes were issued: their indexes are below this.
    pub passes: u32,
    /// Index and status of those that are not valid.
    pub exceptions: Vec<(u32, PassStatus)>,
    /// The organiser's activities with a session from a week ago to a week ahead.
    pub activities: Vec<PackageActivity>,
    /// As [`Store::recent_visits`], of the last 24 hours.
    pub recent: Vec<String>,
}

/// A pass that is not valid.
struct Exception(u32, PassStatus);

from_row!(Exception, row => Exception(
    checked(row.try_get::<i64, _>("number_index")?)?,
    parsed(row.try_get("status")?)?,
));

/// An activity with one of its sessions.
struct Offered(PackageActivity);

from_row!(Offered, row => Offered(PackageActivity {
    id: ActivityId::from(row.try_get::<Uuid, _>("id")?),
    name: row.try_get("name")?,
    rule: parsed(row.try_get("counting_rule")?)?,
    opens_before_min: checked(row.try_get::<i64, _>("opens_before_min")?)?,
    closes_after_min: checked(row.try_get::<i64, _>("closes_after_min")?)?,
    price_cents: Cents(row.try_get("price_cents")?),
    pass_price_cents: Cents(row.try_get("pass_price_cents")?),
    sessions: vec![SessionFacts {
        id: SessionId::from(row.try_get::<Uuid, _>("session_id")?),
        starts_at: row.try_get::<At, _>("starts_at")?.0,
        ends_at: row.try_get::<At, _>("ends_at")?.0,
    }],
}));

/// The key of a visit that counts; none under a rule that counts every scan.
struct Visit(Option<String>);

from_row!(Visit, row => {
    let rule: CountingRule = parsed(row.try_get("counting_rule")?)?;
    Visit(visit_key(
        number(row.try_get("pass_tag")?)?,
        rule,
        ActivityId::from(row.try_get::<Uuid, _>("activity_id")?),
        SessionId::from(row.try_get::<Uuid, _>("session_id")?),
        row.try_get::<Day, _>("local_day")?.0,
    ))
});

impl Store {
    /// What the package of the device that asks is made from.
    ///
    /// # Errors
    /// [`Error::Denied`] when no device asks; [`Error::Unknown`] when its organiser left the partnership;
    /// [`Error::Database`].
    pub async fn device_package(&self, scope: &Scope) -> Result<PackageFacts> {
        let (_, organiser, role) = device(scope)?;
        let found = self.organiser(scope, organiser).await?;
        let name = found.ok_or(Error::Unknown("organiser"))?.name;
        let now = self.env().now();
        let since = now.saturating_sub(RECENT_HOURS).unwrap_or(now);
        let exceptions: Vec<Exception> = read!(self.db(), pool => sqlx::query_as(NOT_VALID).fetch_all(pool).await)
            .tried("listing invalid passes")?;
        let passes: i64 =
            read!(self.db(), pool => sqlx::query_scalar(PASSES).fetch_one(pool).await).tried("counting passes")?;
        Ok(PackageFacts {
            organiser: PackageOrganiser { id: organiser, name },
            role,
            keys: self.signing_keys(scope).await?,
            passes: u32::try_from(passes).map_err(|_| Error::Invalid("there are more passes than numbers"))?,
            exceptions: exceptions
                .into_iter()
                .map(|Exception(index, status)| (index, status))
                .collect(),
            activities: self.offered(organiser, now).await?,
            recent: self.recent_visits(scope, since).await?,
        })
    }

    /// The keys of visits that count for the organiser of the device that asks and that others told of since then, the
    /// newest first: [`domain::visit_key`].
    ///
    /// # Errors
    /// [`Error::Denied`] when no device asks; [`Error::Database`].
    pub async fn recent_visits(&self, scope: &Scope, since: Timestamp) -> Result<Vec<String>> {
        let (id, organiser, _) = device(scope)?;
        let visits: Vec<Visit> = read!(self.db(), pool => sqlx::query_as(RECENT)
            .bind(organiser.uuid())
            .bind(At(since))
            .bind(id.uuid())
            .bind(MOST_RECENT)
            .fetch_all(pool)
            .await)
        .tried("listing recent visits")?;
        Ok(visits.into_iter().filter_map(|Visit(key)| key).collect())
    }

    async fn offered(&self, organiser: OrganiserId, now: Timestamp) -> Result<Vec<PackageActivity>> {
        let rows: Vec<Offered> = read!(self.db(), pool => sqlx::query_as(ACTIVITIES)
            .bind(organiser.uuid())
            .bind(At(now.saturating_sub(SESSIONS_BACK).unwrap_or(now)))
            .bind(At(now.saturating_add(SESSIONS_AHEAD).unwrap_or(now)))
            .fetch_all(pool)
            .await)
        .tried("listing a package's activities")?;
        let mut activities: Vec<PackageActivity> = Vec::new();
        for Offered(activity) in rows {
            match activities.last_mut() {
                Some(last) if last.id == activity.id => last.sessions.extend(activity.sessions),
                _ => activities.push(activity),
            }
        }
        Ok(activities)
    }
}

/// The device that asks, whose it is, and what it may do.
fn device(scope: &Scope) -> Result<(DeviceId, OrganiserId, DeviceRole)> {
    match (scope.device(), scope.organiser(), scope.device_role()) {
        (Some(id), Some(organiser), Some(role)) => Ok((id, organiser, role)),
        _ => Err(Error::Denied("asking for a device's package")),
    }
}
