//! Holders and their passes, as a counter finds them.

use domain::{BirthYear, Credential, FirstName, HolderId, Number, PassId, Tag};
use uuid::Uuid;

use crate::columns::{At, Day, array, checked, nis, parsed};
use crate::engine::{from_row, read, within};
use crate::error::{Result, Tried as _};
use crate::figures::change;
use crate::records::{Holder, Pass};
use crate::scope::{Permission, Scope};
use crate::store::Store;
use crate::text::folded;

/// A pass with its holder, read from one row.
pub(crate) struct HeldPass(pub(crate) Pass, pub(crate) Holder);

from_row!(Holder, row => Holder {
    id: HolderId::from(row.try_get::<Uuid, _>("holder_id")?),
    first_name: checked::<FirstName, _>(row.try_get::<String, _>("first_name")?)?,
    birth_year: BirthYear::from_stored(checked(row.try_get::<i64, _>("birth_year")?)?),
    municipality: nis(row.try_get("municipality")?)?,
    reason: parsed(row.try_get("newcomer_reason")?)?,
    baseline: parsed(row.try_get("baseline")?)?,
    partner: row.try_get("partner")?,
    created_at: row.try_get::<At, _>("created_at")?.0,
});

from_row!(Pass, row => Pass {
    id: PassId::from(row.try_get::<Uuid, _>("pass_id")?),
    holder: HolderId::from(row.try_get::<Uuid, _>("holder_id")?),
    number: number(row.try_get("tag")?)?,
    index: checked(row.try_get::<i64, _>("number_index")?)?,
    kid: checked(row.try_get::<i64, _>("kid")?)?,
    from: row.try_get::<Day, _>("valid_from")?.0,
    until: row.try_get::<Day, _>("valid_until")?.0,
    status: parsed(row.try_get("status")?)?,
    issued_at: row.try_get::<At, _>("issued_at")?.0,
    credential: credential(row.try_get("credential")?)?,
});

impl<'r, R> sqlx::FromRow<'r, R> for HeldPass
where
    R: sqlx::Row,
    Pass: sqlx::FromRow<'r, R>,
    Holder: sqlx::FromRow<'r, R>,
{
    fn from_row(row: &'r R) -> std::result::Result<Self, sqlx::Error> {
        Ok(Self(Pass::from_row(row)?, Holder::from_row(row)?))
    }
}

/// Reads a number from its stored tag.
pub(crate) fn number(tag: i64) -> Result<Number, sqlx::Error> {
    Ok(Number::from_tag(checked::<Tag, _>(checked::<u64, _>(tag)?)?))
}

/// A number's tag as the database keeps it: 48 bits always fit.
pub(crate) fn tag_column(number: Number) -> i64 {
    i64::try_from(number.tag().get()).unwrap_or(i64::MAX)
}

/// A credential as the database keeps it: 16 bytes of body, 64 of signature.
pub(crate) fn credential_column(credential: &Credential) -> [u8; 80] {
    let mut bytes = [0; 80];
    bytes[..16].copy_from_slice(&credential.body.to_bytes());
    bytes[16..].copy_from_slice(&credential.signature);
    bytes
}

fn credential(bytes: &[u8]) -> Result<Credential, sqlx::Error> {
    let bytes: [u8; 80] = array(bytes)?;
    let (body, signature) = bytes.split_at(16);
    Ok(Credential::new(checked(array::<16>(body)?)?, array(signature)?))
}

macro_rules! held_pass {
    ($tail:literal) => {
        concat!(
            "
    SELECT
        h.id AS holder_id, h.first_name, h.birth_year, h.municipality, h.newcomer_reason, h.baseline, h.created_at,
        r.name AS partner,
        p.id AS pass_id, p.tag, p.number_index, p.kid, p.valid_from, p.valid_until, p.status, p.issued_at, p.credential
    FROM pass AS p
    JOIN holder AS h ON h.id = p.holder_id
    LEFT JOIN partner AS r ON r.id = h.partner_id
    WHERE ",
            $tail,
            "
      AND ($1 IS NULL OR h.municipality = $1)
      AND (
          $2 IS NULL
          OR h.municipality IN (SELECT municipality FROM partnership_member WHERE partnership_id = $2)
      )
    ORDER BY h.search, p.issued_at DESC, p.id
    LIMIT $3"
        )
    };
}

const BY_NAME: &str = held_pass!("h.search >= $4 AND h.search < $5");
const BY_NUMBER: &str = held_pass!("p.tag = $4");

const BY_CLAIM: &str = "
    SELECT
        h.id AS holder_id, h.first_name, h.birth_year, h.municipality, h.newcomer_reason, h.baseline, h.created_at,
        r.name AS partner,
        p.id AS pass_id, p.tag, p.number_index, p.kid, p.valid_from, p.valid_until, p.status, p.issued_at, p.credential,
        p.activated_on IS NULL AS first_time
    FROM pass_claim AS c
    JOIN pass AS p ON p.id = c.pass_id
    JOIN holder AS h ON h.id = p.holder_id
    LEFT JOIN partner AS r ON r.id = h.partner_id
    WHERE c.token_hash = $1";

/// What a claim link opens.
struct ClaimedPass {
    pass: Pass,
    holder: Holder,
    /// Never opened before.
    first_time: bool,
}

impl<'r, R> sqlx::FromRow<'r, R> for ClaimedPass
where
    R: sqlx::Row,
    Pass: sqlx::FromRow<'r, R>,
    Holder: sqlx::FromRow<'r, R>,
    bool: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,
    &'static str: sqlx::ColumnIndex<R>,
{
    fn from_row(row: &'r R) -> std::result::Result<Self, sqlx::Error> {
        Ok(Self {
            pass: Pass::from_row(row)?,
            holder: Holder::from_row(row)?,
            first_time: row.try_get("first_time")?,
        })
    }
}

const ACTIVATE: &str = "UPDATE pass SET activated_on = $2 WHERE id = $1 AND activated_on IS NULL";

const TRIED: &str = "finding a holder";

impl Store {
    /// Holders by the beginning of the first name, or by a whole pass number, with each of their passes (the newest
    /// first). A counter finds only its own municipality's. Nothing typed finds nobody; `limit` is 1–100.
    ///
    /// # Errors
    /// [`crate::Error::Denied`] when the scope may not see holders; [`crate::Error::Database`].
    pub async fn find_holders(&self, scope: &Scope, query: &str, limit: u32) -> Result<Vec<(Holder, Pass)>> {
        scope.require(Permission::FindHolder)?;
        let prefix = folded(query);
        if prefix.is_empty() || prefix.chars().count() > 40 {
            return Ok(Vec::new());
        }
        if let Ok(number) = query.parse::<Number>() {
            let found = self.pass_by_number(scope, &number).await?;
            return Ok(found.into_iter().map(|(pass, holder)| (holder, pass)).collect());
        }
        // The first text after all that begin with the prefix: no character sorts behind U+10FFFF.
        let end = format!("{prefix}\u{10FFFF}");
        let found: Vec<HeldPass> = read!(self.db(), pool => sqlx::query_as(BY_NAME)
            .bind(scope.municipality_code())
            .bind(scope.partnership_uuid())
            .bind(i64::from(limit.clamp(1, 100)))
            .bind(prefix)
            .bind(end)
            .fetch_all(pool)
            .await)
        .tried(TRIED)?;
        Ok(found.into_iter().map(|HeldPass(pass, holder)| (holder, pass)).collect())
    }

    /// The pass with this number and its holder; `None` when it is unknown or outside the scope.
    ///
    /// # Errors
    /// [`crate::Error::Denied`] when the scope may not see holders; [`crate::Error::Database`].
    pub async fn pass_by_number(&self, scope: &Scope, number: &Number) -> Result<Option<(Pass, Holder)>> {
        scope.require(Permission::FindHolder)?;
        Ok(self
            .held_pass(scope, number)
            .await?
            .map(|HeldPass(pass, holder)| (pass, holder)))
    }

    /// The pass with this number, without its holder, for whoever scans; `None` when it is unknown or outside the scope.
    ///
    /// # Errors
    /// [`crate::Error::Denied`] when the scope may neither scan nor see holders; [`crate::Error::Database`].
    pub async fn pass(&self, scope: &Scope, number: &Number) -> Result<Option<Pass>> {
        if !scope.may(Permission::FindHolder) {
            scope.require(Permission::Scan)?;
        }
        Ok(self.held_pass(scope, number).await?.map(|held| held.0))
    }

    async fn held_pass(&self, scope: &Scope, number: &Number) -> Result<Option<HeldPass>> {
        read!(self.db(), pool => sqlx::query_as(BY_NUMBER)
            .bind(scope.municipality_code())
            .bind(scope.partnership_uuid())
            .bind(1_i64)
            .bind(tag_column(*number))
            .fetch_optional(pool)
            .await)
        .tried(TRIED)
    }

    /// The pass that a claim link opens, and its holder, of whom the page shows the first name only. Whoever has the
    /// link has the pass: the token is the permission. The first time, the day is kept: the holder's phone has the pass.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub async fn pass_by_claim(&self, token: &str) -> Result<Option<(Pass, Holder)>> {
        let Some(hash) = crate::secret::hash(token) else {
            return Ok(None);
        };
        let found: Option<ClaimedPass> =
            read!(self.db(), pool => sqlx::query_as(BY_CLAIM).bind(hash).fetch_optional(pool).await)
                .tried("opening a claim link")?;
        if let Some(claimed) = found.as_ref().filter(|claimed| claimed.first_time) {
            self.activate(&claimed.pass).await?;
        }
        Ok(found.map(|claimed| (claimed.pass, claimed.holder)))
    }

    /// Keeps the day on which a pass was opened on a phone; of two at once, the first.
    async fn activate(&self, pass: &Pass) -> Result<()> {
        const TRIED: &str = "opening a pass for the first time";
        let today = Day(self.env().today());
        let mut tx = self.begin().await?;
        within!(tx, c => sqlx::query(ACTIVATE).bind(pass.id.uuid()).bind(today).execute(c).await.map(drop))
            .tried(TRIED)?;
        change::of_holders(&mut tx, std::iter::once(pass.holder))
            .await
            .tried(TRIED)?;
        tx.commit().await.tried(TRIED)
    }
}
