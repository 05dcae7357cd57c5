//! Issuing passes, and what happens to them afterwards.

mod issued;
mod replace;

use domain::{Body, Credential, CredentialDay, HolderId, Number, PartnerId, PassId, PassKind, PassStatus, Tag};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use uuid::Uuid;

use crate::columns::{At, Day, month, nis_code};
use crate::engine::{Tx, within};
use crate::environment::Environment;
use crate::error::{Error, Result, SignError, Tried as _};
use crate::figures::change;
use crate::holders::{credential_column, tag_column};
use crate::records::{ClaimToken, Holder, IssuedPass, NewHolder, Pass};
use crate::scope::{Permission, Scope};
use crate::secret;
use crate::set::{Kind, Set, Statement};
use crate::store::Store;
use crate::text::folded;

/// Passes a statement: keeps one statement's memory small.
const CHUNK: usize = 500;

/// How many calendar years after its own a pass stays valid.
const YEARS_AFTER: i16 = 2;

/// Signs credentials. The private key is the caller's; the storage never sees it.
pub trait PassSigner: Send + Sync {
    /// The number of the key that signs.
    fn kid(&self) -> u8;

    /// The Ed25519 signature of a JWT's signing input.
    ///
    /// # Errors
    /// What the crypto library said.
    fn sign(&self, signing_input: &[u8]) -> Result<[u8; 64], SignError>;
}

/// First and last day of a pass issued on `day`: from 1 January of that year to 31 December two years later.
///
/// Every pass of a year has the same days, so that validity says nothing about a person (PROTOCOL §1).
#[must_use]
pub fn validity(day: Date) -> (Date, Date) {
    (date(day.year(), 1, 1), date(day.year() + YEARS_AFTER, 12, 31))
}

const TAKE_INDEXES: &str = "UPDATE counter SET next = next + $1 WHERE name = 'pass_index' RETURNING next";

const MUNICIPALITY_REACHED: &str = "
    SELECT nis
    FROM municipality
    WHERE ($1 IS NULL OR nis = $1)
      AND ($2 IS NULL OR nis IN (SELECT municipality FROM partnership_member WHERE partnership_id = $2))
      AND valid_to IS NULL";

const PARTNER_IDS: &str = "SELECT id, name FROM partner";

pub(crate) const INSERT_HOLDERS: Statement = Statement {
    columns: &[
        ("id", Kind::Uuid),
        ("first_name", Kind::Text),
        ("search", Kind::Text),
        ("birth_year", Kind::Int),
        ("municipality", Kind::Int),
        ("newcomer_reason", Kind::Text),
        ("baseline", Kind::Text),
        ("partner_id", Kind::Uuid),
        ("issued_by", Kind::Uuid),
        ("created_at", Kind::Time),
    ],
    body: "
        INSERT INTO holder (
            id, first_name, search, birth_year, municipality, newcomer_reason, baseline, partner_id, issued_by,
            created_at
        )
        SELECT
            id, first_name, search, birth_year, municipality, newcomer_reason, baseline, partner_id, issued_by,
            created_at
        FROM input",
};

pub(crate) const INSERT_PASSES: Statement = Statement {
    columns: &[
        ("id", Kind::Uuid),
        ("holder_id", Kind::Uuid),
        ("number_index", Kind::Int),
        ("tag", Kind::Int),
        ("kind", Kind::Int),
        ("kid", Kind::Int),
        ("valid_from", Kind::Day),
        ("valid_until", Kind::Day),
        ("status", Kind::Text),
        ("issued_at", Kind::Time),
        ("issued_on", Kind::Day),
        ("issued_month", Kind::Int),
        ("credential", Kind::Bytes),
    ],
    body: "
        INSERT INTO pass (
            id, holder_id, number_index, tag, kind, kid, valid_from, valid_until, status, issued_at, issued_on,
            issued_month, credential
        )
        SELECT
            id, holder_id, number_index, tag, kind, kid, valid_from, valid_until, status, issued_at, issued_on,
            issued_month, credential
        FROM input",
};

const INSERT_CLAIMS: Statement = Statement {
    columns: &[
        ("token_hash", Kind::Bytes),
        ("pass_id", Kind::Uuid),
        ("created_at", Kind::Time),
    ],
    body: "
        INSERT INTO pass_claim (token_hash, pass_id, created_at)
        SELECT token_hash, pass_id, created_at
        FROM input",
};

const NEW_CLAIM: &str = "
    INSERT INTO pass_claim (token_hash, pass_id, created_at)
    SELECT $1, p.id, $2
    FROM pass AS p
    JOIN holder AS h ON h.id = p.holder_id
    WHERE p.id = $3
      AND ($4 IS NULL OR h.municipality = $4)
      AND ($5 IS NULL OR h.municipality IN (SELECT municipality FROM partnership_member WHERE partnership_id = $5))";

const SET_STATUS: &str = "
    UPDATE pass
    SET status = $1,
        -- A pass that is put back was never away, as far as figures know.
        ended_on = CASE WHEN $1 = 'valid' THEN NULL ELSE COALESCE(ended_on, $5) END
    WHERE id = $2
      AND holder_id IN (
          SELECT h.id
          FROM holder AS h
          WHERE h.id = pass.holder_id
            AND ($3 IS NULL OR h.municipality = $3)
            AND (
                $4 IS NULL
                OR h.municipality IN (SELECT municipality FROM partnership_member WHERE partnership_id = $4)
            )
      )";

const OWNER: &str = "SELECT holder_id FROM pass WHERE id = $1";

const TRIED: &str = "issuing a pass";

impl Store {
    /// Registers a holder and issues a pass.
    ///
    /// # Errors
    /// As [`Store::issue_passes`].
    pub async fn issue_pass(
        &self,
        scope: &Scope,
        new: NewHolder,
        signer: &dyn PassSigner,
        issuer: &str,
    ) -> Result<IssuedPass> {
        self.issue_passes(scope, vec![new], signer, issuer)
            .await?
            .pop()
            .ok_or(Error::Unknown("pass"))
    }

    /// Registers holders and issues a pass to each, in one transaction: all or none, in the order given.
    ///
    /// # Errors
    /// [`Error::Denied`] when the scope may not issue; [`Error::Unknown`] for a municipality outside the scope or an
    /// unknown partner; [`Error::Sign`] when signing fails; [`Error::Database`].
    pub async fn issue_passes(
        &self,
        scope: &Scope,
        new: Vec<NewHolder>,
        signer: &dyn PassSigner,
        issuer: &str,
    ) -> Result<Vec<IssuedPass>> {
        scope.require(Permission::IssuePass)?;
        if new.is_empty() {
            return Ok(Vec::new());
        }
        // 48 random bits can meet a tag that exists. New bits then: three times in a row does not happen.
        let mut attempts = 0;
        loop {
            attempts += 1;
            match self.try_issue(scope, &new, signer, issuer).await {
                Err(Error::Database { source, .. }) if attempts < 3 && is_unique_violation(&source) => {}
                result => return result,
            }
        }
    }

    async fn try_issue(
        &self,
        scope: &Scope,
        new: &[NewHolder],
        signer: &dyn PassSigner,
        issuer: &str,
    ) -> Result<Vec<IssuedPass>> {
        let mut tx = self.begin().await?;
        let partners = check(&mut tx, scope, new).await?;
        let first_index = take_indexes(&mut tx, new.len()).await?;
        let mut issued = Vec::with_capacity(new.len());
        let mut chunk = Chunk::new(&tx);
        for ((new, partner), index) in new.iter().zip(partners).zip(first_index..) {
            let pass = make(self.env(), new, index, signer, issuer)?;
            let (claim, hash) = secret::fresh(self.env());
            chunk.add(&pass.0, &pass.1, partner, scope.actor().uuid(), &hash);
            issued.push(IssuedPass {
                holder: pass.0,
                pass: pass.1,
                claim: ClaimToken(claim),
            });
            if chunk.holders.len() == CHUNK {
                std::mem::replace(&mut chunk, Chunk::new(&tx))
                    .insert(&mut tx)
                    .await
                    .tried(TRIED)?;
            }
        }
        chunk.insert(&mut tx).await.tried(TRIED)?;
        change::of_holders(&mut tx, issued.iter().map(|issued| issued.holder.id))
            .await
            .tried(TRIED)?;
        tx.commit().await.tried(TRIED)?;
        Ok(issued)
    }

    /// Makes another claim link for a pass. Links made before stay valid: a phone may be using one.
    ///
    /// # Errors
    /// [`Error::Denied`] when the scope may not issue; [`Error::Unknown`] for a pass outside the scope.
    pub async fn new_claim(&self, scope: &Scope, pass: PassId) -> Result<ClaimToken> {
        scope.require(Permission::IssuePass)?;
        let (claim, hash) = secret::fresh(self.env());
        let now = At(self.env().now());
        let mut tx = self.begin().await?;
        let made = within!(tx, c => sqlx::query(NEW_CLAIM)
            .bind(hash)
            .bind(now)
            .bind(pass.uuid())
            .bind(scope.municipality_code())
            .bind(scope.partnership_uuid())
            .execute(c)
            .await
            .map(|done| done.rows_affected()))
        .tried("making a claim link")?;
        tx.commit().await.tried("making a claim link")?;
        if made == 0 {
            Err(Error::Unknown("pass"))
        } else {
            Ok(ClaimToken(claim))
        }
    }

    /// Suspends, revokes or restores a pass. Scans that were counted before stay counted.
    ///
    /// # Errors
    /// [`Error::Denied`] when the scope may not issue; [`Error::Unknown`] for a pass outside the scope.
    pub async fn set_pass_status(&self, scope: &Scope, pass: PassId, status: PassStatus) -> Result<()> {
        scope.require(Permission::IssuePass)?;
        let mut tx = self.begin().await?;
        let changed = within!(tx, c => sqlx::query(SET_STATUS)
            .bind(status.code())
            .bind(pass.uuid())
            .bind(scope.municipality_code())
            .bind(scope.partnership_uuid())
            .bind(Day(self.env().today()))
            .execute(c)
            .await
            .map(|done| done.rows_affected()))
        .tried("changing a pass")?;
        let owner: Option<Uuid> = within!(tx, c => sqlx::query_scalar(OWNER).bind(pass.uuid()).fetch_optional(c).await)
            .tried("changing a pass")?;
        change::of_holders(&mut tx, owner.into_iter().map(HolderId::from))
            .await
            .tried("changing a pass")?;
        tx.commit().await.tried("changing a pass")?;
        if changed == 0 {
            Err(Error::Unknown("pass"))
        } else {
            Ok(())
        }
    }
}

fn is_unique_violation(error: &sqlx::Error) -> bool {
    error
        .as_database_error()
        .is_some_and(sqlx::error::DatabaseError::is_unique_violation)
}

/// Checks that every municipality and partner may be used; gives the partners' ids in the order of `new`.
async fn check(tx: &mut Tx, scope: &Scope, new: &[NewHolder]) -> Result<Vec<Option<PartnerId>>> {
    let reached: Vec<i64> = within!(*tx, c => sqlx::query_scalar(MUNICIPALITY_REACHED)
        .bind(scope.municipality_code())
        .bind(scope.partnership_uuid())
        .fetch_all(c)
        .await)
    .tried("checking the municipality")?;
    if new.iter().any(|new| !reached.contains(&nis_code(new.municipality))) {
        return Err(Error::Unknown("municipality"));
    }
    if new.iter().all(|new| new.partner.is_none()) {
        return Ok(vec![None; new.len()]);
    }
    let partners: Vec<(Uuid, String)> =
        within!(*tx, c => sqlx::query_as(PARTNER_IDS).fetch_all(c).await).tried("checking the partner")?;
    let find = |name: &String| {
        let found = partners.iter().find(|(_, known)| known == name);
        found
            .map(|&(id, _)| PartnerId::from(id))
            .ok_or(Error::Unknown("partner"))
    };
    new.iter()
        .map(|new| new.partner.as_ref().map(find).transpose())
        .collect()
}

/// Reserves `count` dense numbers; gives the first. The row is locked until the transaction ends, so a rollback leaves
/// no gap.
pub(crate) async fn take_indexes(tx: &mut Tx, count: usize) -> Result<u32> {
    let wanted = i64::try_from(count).unwrap_or(i64::MAX);
    let next: i64 = within!(*tx, c => sqlx::query_scalar(TAKE_INDEXES).bind(wanted).fetch_one(c).await).tried(TRIED)?;
    u32::try_from(next - wanted).map_err(|_| Error::Invalid("there are no pass numbers left"))
}

/// Makes one holder and the signed pass.
fn make(
    env: &Environment,
    new: &NewHolder,
    index: u32,
    signer: &dyn PassSigner,
    issuer: &str,
) -> Result<(Holder, Pass)> {
    let now = env.now();
    let holder = Holder {
        id: HolderId::from(env.uuid_v7()),
        first_name: new.first_name.clone(),
        birth_year: new.birth_year,
        municipality: new.municipality,
        reason: new.reason,
        baseline: new.baseline,
        partner: new.partner.clone(),
        created_at: now,
    };
    let tag = Tag::from_bytes(env.bytes());
    let pass = sign(holder.id, PassId::from(env.uuid_v7()), index, tag, now, signer, issuer)?;
    Ok((holder, pass))
}

/// Lays out and signs a personal pass issued at `issued_at`.
pub(crate) fn sign(
    holder: HolderId,
    id: PassId,
    index: u32,
    tag: Tag,
    issued_at: Timestamp,
    signer: &dyn PassSigner,
    issuer: &str,
) -> Result<Pass> {
    let (from, until) = validity(domain::local_day(issued_at));
    let day = |day| CredentialDay::from_date(day).map_err(|_| Error::Invalid("the date is outside 2020 to 2199"));
    let body = Body {
        version: domain::credential::VERSION,
        kind: PassKind::Personal,
        kid: signer.kid(),
        index,
        tag,
        from: day(from)?,
        until: day(until)?,
    };
    let signature = signer
        .sign(body.signing_input(issuer).as_bytes())
        .map_err(Error::Sign)?;
    Ok(Pass {
        id,
        holder,
        number: Number::from_tag(tag),
        index,
        kid: signer.kid(),
        from,
        until,
        status: PassStatus::Valid,
        issued_at,
        credential: Credential::new(body, signature),
    })
}

/// Rows on their way into the database.
pub(crate) struct Chunk {
    pub(crate) holders: Set,
    passes: Set,
    claims: Set,
}

impl Chunk {
    pub(crate) fn new(tx: &Tx) -> Self {
        let empty = || Set::new(tx.engine());
        Self {
            holders: empty(),
            passes: empty(),
            claims: empty(),
        }
    }

    pub(crate) fn add_holder(&mut self, holder: &Holder, partner: Option<PartnerId>, by: Option<Uuid>) {
        let name = holder.first_name.as_str();
        self.holders
            .row()
            .uuid(holder.id.uuid())
            .text(name)
            .text(&folded(name))
            .int(i64::from(holder.birth_year.get()))
            .nis(holder.municipality)
            .text(holder.reason.code())
            .text(holder.baseline.code())
            .maybe(partner.map(PartnerId::uuid), Set::uuid)
            .maybe(by, Set::uuid)
            .time(holder.created_at);
    }

    pub(crate) fn add_pass(&mut self, pass: &Pass) {
        self.passes
            .row()
            .uuid(pass.id.uuid())
            .uuid(pass.holder.uuid())
            .int(i64::from(pass.index))
            .int(tag_column(pass.number))
            .int(i64::from(pass.credential.body.kind as u8))
            .int(i64::from(pass.kid))
            .day(pass.from)
            .day(pass.until)
            .text(pass.status.code())
            .time(pass.issued_at)
            .day(domain::local_day(pass.issued_at))
            .int(month(pass.issued_at))
            .bytes(&credential_column(&pass.credential));
    }

    fn add(&mut self, holder: &Holder, pass: &Pass, partner: Option<PartnerId>, by: Option<Uuid>, claim: &[u8]) {
        self.add_holder(holder, partner, by);
        self.add_pass(pass);
        self.claims.row().bytes(claim).uuid(pass.id.uuid()).time(pass.issued_at);
    }

    pub(crate) async fn insert(self, tx: &mut Tx) -> Result<(), sqlx::Error> {
        let engine = tx.engine();
        for (statement, set) in [
            (&INSERT_HOLDERS, self.holders),
            (&INSERT_PASSES, self.passes),
            (&INSERT_CLAIMS, self.claims),
        ] {
            if set.is_empty() {
                continue;
            }
            let rows = set.finish();
            within!(*tx, c => sqlx::query(statement.sql(engine)).bind(rows).execute(c).await.map(drop))?;
        }
        Ok(())
    }
}
