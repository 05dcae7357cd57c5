//! Reports that were frozen: the document, its files and its seal, as they were on that day, and the keys that seal.
//!
//! Whoever has the code of a report may know that it exists, of when it is, and what its files hash to: that is what the
//! code is for. What it says is for everybody only where it has no part about money.

use domain::{PairingCode, PartnershipId};
use jiff::Timestamp;
use uuid::Uuid;

use crate::columns::{At, array, checked, parsed};
use crate::engine::{from_row, read, within};
use crate::error::{Error, Result, Tried as _};
use crate::records::SigningKeyRecord;
use crate::scope::{Permission, Scope};
use crate::store::Store;

const KEYS: &str = "SELECT kid, public_key, not_before, not_after, revoked_at FROM report_key ORDER BY kid";

const ADD_KEY: &str = "
    INSERT INTO report_key (kid, public_key, not_before, not_after, revoked_at)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (kid) DO NOTHING";

const REVOKE_KEY: &str = "UPDATE report_key SET revoked_at = $2 WHERE kid = $1 AND revoked_at IS NULL";

const INSERT: &str = "
    INSERT INTO frozen_report (
        id, code, partnership_id, kind, title, subject, period, compare, is_open, data_date, facts_hash, document, seal,
        frozen_at, frozen_by, frozen_by_id
    )
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
    ON CONFLICT DO NOTHING";

const INSERT_FILE: &str = "INSERT INTO frozen_file (report_id, form, sha256, bytes) VALUES ($1, $2, $3, $4)";

const ONE: &str = "SELECT * FROM frozen_report WHERE code = $1";

const BY_HASH: &str = "
    SELECT r.*
    FROM frozen_file f
    JOIN frozen_report r ON r.id = f.report_id
    WHERE f.sha256 = $1
    ORDER BY r.frozen_at
    LIMIT 1";

/// Newest first. `$1`: the partnership, or none for all; `$2`: also those with a part about money.
const LIST: &str = "
    SELECT *
    FROM frozen_report
    WHERE ($1 IS NULL OR partnership_id = $1) AND (is_open OR $2)
    ORDER BY frozen_at DESC, code";

const LIST_SQLITE: &str = "
    SELECT *
    FROM frozen_report
    WHERE ($1 IS NULL OR partnership_id = $1) AND (is_open <> 0 OR $2 <> 0)
    ORDER BY frozen_at DESC, code";

const HASHES: &str = "SELECT form, sha256 FROM frozen_file WHERE report_id = $1 ORDER BY form";

const BYTES: &str = "SELECT bytes FROM frozen_file WHERE report_id = $1 AND form = $2";

/// A file of a report that is frozen now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFrozenFile {
    /// `pdf`, `xlsx`, `csv` or `json`.
    pub form: String,
    /// SHA-256 of the bytes.
    pub sha256: [u8; 32],
    /// The file.
    pub bytes: Vec<u8>,
}

/// A report that is frozen now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFrozenReport {
    /// What leads to it.
    pub code: PairingCode,
    /// Of which partnership; `None`: the scope's own.
    pub partnership: Option<PartnershipId>,
    /// The kind of document, as on the command line.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// Of whom.
    pub subject: String,
    /// Over which period, as it is written in addresses.
    pub period: String,
    /// Compared with which other.
    pub compare: Option<String>,
    /// Without a part about money.
    pub open: bool,
    /// Up to when events were taken in.
    pub data_date: Timestamp,
    /// SHA-256 of the facts, in hexadecimal.
    pub facts_hash: String,
    /// The document as JSON.
    pub document: String,
    /// What was signed, with the signature (compact JWS).
    pub seal: String,
    /// When; it stands in the files, so it cannot be this store's own "now".
    pub frozen_at: Timestamp,
    /// Its files.
    pub files: Vec<NewFrozenFile>,
}

/// A report that was frozen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrozenReport {
    id: Uuid,
    partnership: Option<Uuid>,
    /// What leads to it, `7F3K-2M9P`.
    pub code: PairingCode,
    /// The kind of document, as on the command line.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// Of whom.
    pub subject: String,
    /// Over which period, as it is written in addresses.
    pub period: String,
    /// Compared with which other.
    pub compare: Option<String>,
    /// Without a part about money: everybody may read it.
    pub open: bool,
    /// Up to when events were taken in.
    pub data_date: Timestamp,
    /// SHA-256 of the facts, in hexadecimal.
    pub facts_hash: String,
    /// The document as JSON; `None` where the scope may not read it.
    pub document: Option<String>,
    /// What was signed, with the signature (compact JWS).
    pub seal: String,
    /// When.
    pub frozen_at: Timestamp,
}

from_row!(FrozenReport, row => FrozenReport {
    id: row.try_get("id")?,
    partnership: row.try_get("partnership_id")?,
    code: parsed(row.try_get("code")?)?,
    kind: row.try_get("kind")?,
    title: row.try_get("title")?,
    subject: row.try_get("subject")?,
    period: row.try_get("period")?,
    compare: row.try_get("compare")?,
    open: row.try_get("is_open")?,
    data_date: row.try_get::<At, _>("data_date")?.0,
    facts_hash: row.try_get("facts_hash")?,
    document: Some(row.try_get("document")?),
    seal: row.try_get("seal")?,
    frozen_at: row.try_get::<At, _>("frozen_at")?.0,
});

/// A key as a row of either table of keys.
struct KeyRow(SigningKeyRecord);

from_row!(KeyRow, row => KeyRow(SigningKeyRecord {
    kid: checked(row.try_get::<i64, _>("kid")?)?,
    public: array(row.try_get::<&[u8], _>("public_key")?)?,
    not_before: row.try_get::<At, _>("not_before")?.0,
    not_after: row.try_get::<At, _>("not_after")?.0,
    revoked_at: row.try_get::<Option<At>, _>("revoked_at")?.map(|at| at.0),
}));

/// What a file of a report hashes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrozenHash {
    /// `pdf`, `xlsx`, `csv` or `json`.
    pub form: String,
    /// SHA-256 of the file.
    pub sha256: [u8; 32],
}

from_row!(FrozenHash, row => FrozenHash {
    form: row.try_get("form")?,
    sha256: array(row.try_get::<&[u8], _>("sha256")?)?,
});

impl FrozenReport {
    /// Whether the scope may read what it says, and not only that it exists.
    fn is_for(&self, scope: &Scope) -> bool {
        let own = scope.partnership_uuid().is_none_or(|own| self.partnership == Some(own));
        self.open || (own && scope.may(Permission::ReadFinances))
    }

    fn seen_by(self, scope: &Scope) -> Self {
        let document = self.document.clone().filter(|_| self.is_for(scope));
        Self { document, ..self }
    }
}

impl Store {
    /// Keeps a report as it is now.
    ///
    /// # Errors
    /// [`Error::Denied`] without the permission to freeze, or for another partnership; [`Error::Exists`] when the code is
    /// taken, which one in a million million is: make another.
    pub async fn freeze_report(&self, scope: &Scope, report: NewFrozenReport) -> Result<FrozenReport> {
        const TRIED: &str = "freezing a report";
        scope.require(Permission::FreezeReports)?;
        let own = scope.partnership_uuid();
        let asked = report.partnership.map(PartnershipId::uuid);
        if own.is_some() && asked.is_some() && own != asked {
            return Err(Error::Denied("freezing a report of another partnership"));
        }
        let partnership = match own.or(asked) {
            Some(named) => Some(named),
            // With one partnership "all" is that one, and its own people may read it.
            None => match self.partnerships(scope).await?.as_slice() {
                [only] => Some(only.id.uuid()),
                _ => None,
            },
        };
        let id = self.env().uuid_v7();
        let actor = scope.actor();
        let mut tx = self.begin().await?;
        let added = within!(tx, c => sqlx::query(INSERT)
            .bind(id)
            .bind(report.code.compact())
            .bind(partnership)
            .bind(&report.kind)
            .bind(&report.title)
            .bind(&report.subject)
            .bind(&report.period)
            .bind(&report.compare)
            .bind(report.open)
            .bind(At(report.data_date))
            .bind(&report.facts_hash)
            .bind(&report.document)
            .bind(&report.seal)
            .bind(At(report.frozen_at))
            .bind(actor.kind())
            .bind(actor.uuid())
            .execute(c)
            .await
            .map(|done| done.rows_affected()))
        .tried(TRIED)?;
        if added == 0 {
            return Err(Error::Exists("report with this code"));
        }
        for file in report.files {
            within!(tx, c => sqlx::query(INSERT_FILE)
                .bind(id)
                .bind(&file.form)
                .bind(file.sha256.to_vec())
                .bind(&file.bytes)
                .execute(c)
                .await
                .map(drop))
            .tried(TRIED)?;
        }
        tx.commit().await.tried(TRIED)?;
        self.frozen_report(scope, report.code)
            .await?
            .ok_or(Error::Unknown("report"))
    }

    /// The report with this code. Anybody may ask; what it says is there only for who may read it.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn frozen_report(&self, scope: &Scope, code: PairingCode) -> Result<Option<FrozenReport>> {
        let found: Option<FrozenReport> = read!(self.db(), pool => sqlx::query_as(ONE)
            .bind(code.compact())
            .fetch_optional(pool)
            .await)
        .tried("finding a frozen report")?;
        Ok(found.map(|report| report.seen_by(scope)))
    }

    /// The report that has a file with this SHA-256.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn frozen_report_of_file(&self, scope: &Scope, sha256: [u8; 32]) -> Result<Option<FrozenReport>> {
        let found: Option<FrozenReport> = read!(self.db(), pool => sqlx::query_as(BY_HASH)
            .bind(sha256.to_vec())
            .fetch_optional(pool)
            .await)
        .tried("finding a frozen file")?;
        Ok(found.map(|report| report.seen_by(scope)))
    }

    /// The frozen reports that the scope may read, the newest first.
    ///
    /// # Errors
    /// [`Error::Denied`] without the permission to read reports.
    pub async fn frozen_reports(&self, scope: &Scope) -> Result<Vec<FrozenReport>> {
        scope.require(Permission::ReadReports)?;
        let (own, money) = (scope.partnership_uuid(), scope.may(Permission::ReadFinances));
        let sql = match self.engine() {
            crate::Engine::Sqlite => LIST_SQLITE,
            crate::Engine::Postgres => LIST,
        };
        let found: Vec<FrozenReport> = read!(self.db(), pool => sqlx::query_as(sql)
            .bind(own)
            .bind(money)
            .fetch_all(pool)
            .await)
        .tried("listing frozen reports")?;
        Ok(found.into_iter().map(|report| report.seen_by(scope)).collect())
    }

    /// What the files of a report hash to, by form. Who has the code may know.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn frozen_hashes(&self, _scope: &Scope, report: &FrozenReport) -> Result<Vec<FrozenHash>> {
        read!(self.db(), pool => sqlx::query_as(HASHES).bind(report.id).fetch_all(pool).await)
            .tried("reading the hashes of a frozen report")
    }

    /// A file of a report, byte for byte; `None` when there is none in this form, or not for this scope.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn frozen_file(&self, scope: &Scope, report: &FrozenReport, form: &str) -> Result<Option<Vec<u8>>> {
        if !report.is_for(scope) {
            return Ok(None);
        }
        read!(self.db(), pool => sqlx::query_scalar(BYTES)
            .bind(report.id)
            .bind(form)
            .fetch_optional(pool)
            .await)
        .tried("reading a frozen file")
    }

    /// Every public key that seals reports, by number, revoked ones included. Public knowledge.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn report_keys(&self, _scope: &Scope) -> Result<Vec<SigningKeyRecord>> {
        let rows: Vec<KeyRow> = read!(self.db(), pool => sqlx::query_as(KEYS).fetch_all(pool).await)
            .tried("listing the keys of reports")?;
        Ok(rows.into_iter().map(|KeyRow(key)| key).collect())
    }

    /// Adds a public key.
    ///
    /// # Errors
    /// [`Error::Denied`] without the permission to freeze; [`Error::Exists`] when the number is taken.
    pub async fn add_report_key(&self, scope: &Scope, key: SigningKeyRecord) -> Result<()> {
        const TRIED: &str = "adding a key of reports";
        scope.require(Permission::FreezeReports)?;
        let mut tx = self.begin().await?;
        let added = within!(tx, c => sqlx::query(ADD_KEY)
            .bind(i64::from(key.kid))
            .bind(key.public.to_vec())
            .bind(At(key.not_before))
            .bind(At(key.not_after))
            .bind(key.revoked_at.map(At))
            .execute(c)
            .await
            .map(|done| done.rows_affected()))
        .tried(TRIED)?;
        tx.commit().await.tried(TRIED)?;
        if added == 0 {
            Err(Error::Exists("key of reports"))
        } else {
            Ok(())
        }
    }

    /// Revokes a key as of `at`: what it sealed is no longer genuine. A key that was revoked before keeps its moment.
    ///
    /// # Errors
    /// [`Error::Denied`] without the permission to manage; [`Error::Database`].
    pub async fn revoke_report_key(&self, scope: &Scope, kid: u8, at: Timestamp) -> Result<()> {
        const TRIED: &str = "revoking a key of reports";
        scope.require(Permission::ManageClients)?;
        let mut tx = self.begin().await?;
        within!(tx, c => sqlx::query(REVOKE_KEY).bind(i64::from(kid)).bind(At(at)).execute(c).await.map(drop))
            .tried(TRIED)?;
        tx.commit().await.tried(TRIED)
    }
}
