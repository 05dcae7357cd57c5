//! The public halves of the keys that sign passes.

use jiff::Timestamp;

use crate::columns::{At, array, checked};
use crate::engine::{from_row, read, within};
use crate::error::{Error, Result, Tried as _};
use crate::records::SigningKeyRecord;
use crate::scope::{Permission, Scope};
use crate::store::Store;

const LIST: &str = "SELECT kid, public_key, not_before, not_after, revoked_at FROM signing_key ORDER BY kid";

const INSERT: &str = "
    INSERT INTO signing_key (kid, public_key, not_before, not_after, revoked_at)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (kid) DO NOTHING";

const REVOKE: &str = "UPDATE signing_key SET revoked_at = $2 WHERE kid = $1 AND revoked_at IS NULL";

from_row!(SigningKeyRecord, row => SigningKeyRecord {
    kid: checked(row.try_get::<i64, _>("kid")?)?,
    public: array(row.try_get::<&[u8], _>("public_key")?)?,
    not_before: row.try_get::<At, _>("not_before")?.0,
    not_after: row.try_get::<At, _>("not_after")?.0,
    revoked_at: row.try_get::<Option<At>, _>("revoked_at")?.map(|at| at.0),
});

impl Store {
    /// Every public key, by number, revoked ones included. Public knowledge.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn signing_keys(&self, _scope: &Scope) -> Result<Vec<SigningKeyRecord>> {
        read!(self.db(), pool => sqlx::query_as(LIST).fetch_all(pool).await).tried("listing signing keys")
    }

    /// Adds a public key.
    ///
    /// # Errors
    /// [`Error::Denied`] without the permission to manage; [`Error::Exists`] when the number is taken.
    pub async fn add_signing_key(&self, scope: &Scope, key: SigningKeyRecord) -> Result<()> {
        scope.require(Permission::ManageClients)?;
        let mut tx = self.begin().await?;
        let added = within!(tx, c => sqlx::query(INSERT)
            .bind(i64::from(key.kid))
            .bind(key.public.to_vec())
            .bind(At(key.not_before))
            .bind(At(key.not_after))
            .bind(key.revoked_at.map(At))
            .execute(c)
            .await
            .map(|done| done.rows_affected()))
        .tried("adding a signing key")?;
        tx.commit().await.tried("adding a signing key")?;
        if added == 0 {
            Err(Error::Exists("signing key"))
        } else {
            Ok(())
        }
    }

    /// Revokes a key as of `at`; a key that was revoked before keeps its moment.
    ///
    /// # Errors
    /// [`Error::Denied`] without the permission to manage; [`Error::Database`].
    pub async fn revoke_signing_key(&self, scope: &Scope, kid: u8, at: Timestamp) -> Result<()> {
        scope.require(Permission::ManageClients)?;
        let mut tx = self.begin().await?;
        within!(tx, c => sqlx::query(REVOKE).bind(i64::from(kid)).bind(At(at)).execute(c).await.map(drop))
            .tried("revoking a signing key")?;
        tx.commit().await.tried("revoking a signing key")
    }
}
