//! A new pass for somebody who lost the old one.

use domain::{PassId, PassStatus, Tag};

use super::{Chunk, OWNER, SET_STATUS, is_unique_violation, sign, take_indexes};
use crate::columns::Day;
use crate::engine::within;
use crate::error::{Error, Result, Tried as _};
use crate::figures::change;
use crate::passes::PassSigner;
use crate::records::{ClaimToken, Holder, IssuedPass};
use crate::scope::{Permission, Scope};
use crate::secret;
use crate::store::Store;

const TRIED: &str = "replacing a pass";

impl Store {
    /// Revokes a pass and issues another to the same holder, in one transaction: nobody is counted as two people, and
    /// nobody has two passes that work. `holder` must be the pass's own, as [`Store::pass_by_number`] gave it.
    ///
    /// # Errors
    /// [`Error::Denied`] when the scope may not issue; [`Error::Unknown`] for a pass outside the scope or of another
    /// holder; [`Error::Sign`] when signing fails; [`Error::Database`].
    pub async fn replace_pass(
        &self,
        scope: &Scope,
        lost: PassId,
        holder: &Holder,
        signer: &dyn PassSigner,
        issuer: &str,
    ) -> Result<IssuedPass> {
        scope.require(Permission::IssuePass)?;
        // As for a first pass: a tag that exists already is drawn again.
        let mut attempts = 0;
        loop {
            attempts += 1;
            match self.try_replace(scope, lost, holder, signer, issuer).await {
                Err(Error::Database { source, .. }) if attempts < 3 && is_unique_violation(&source) => {}
                result => return result,
            }
        }
    }

    async fn try_replace(
        &self,
        scope: &Scope,
        lost: PassId,
        holder: &Holder,
        signer: &dyn PassSigner,
        issuer: &str,
    ) -> Result<IssuedPass> {
        let mut tx = self.begin().await?;
        let owner: Option<uuid::Uuid> = within!(tx, c => sqlx::query_scalar(OWNER)
            .bind(lost.uuid())
            .fetch_optional(c)
            .await)
        .tried(TRIED)?;
        if owner != Some(holder.id.uuid()) {
            return Err(Error::Unknown("pass"));
        }
        let revoked = within!(tx, c => sqlx::query(SET_STATUS)
            .bind(PassStatus::Revoked.code())
            .bind(lost.uuid())
            .bind(scope.municipality_code())
            .bind(scope.partnership_uuid())
            .bind(Day(self.env().today()))
            .execute(c)
            .await
            .map(|done| done.rows_affected()))
        .tried(TRIED)?;
        if revoked == 0 {
            return Err(Error::Unknown("pass"));
        }
        let index = take_indexes(&mut tx, 1).await?;
        let env = self.env();
        let (id, tag) = (PassId::from(env.uuid_v7()), Tag::from_bytes(env.bytes()));
        let pass = sign(holder.id, id, index, tag, env.now(), signer, issuer)?;
        let (claim, hash) = secret::fresh(env);
        let mut chunk = Chunk::new(&tx);
        chunk.add_pass(&pass);
        chunk
            .claims
            .row()
            .bytes(&hash)
            .uuid(pass.id.uuid())
            .time(pass.issued_at);
        chunk.insert(&mut tx).await.tried(TRIED)?;
        change::of_holders(&mut tx, std::iter::once(holder.id))
            .await
            .tried(TRIED)?;
        tx.commit().await.tried(TRIED)?;
        Ok(IssuedPass {
            holder: holder.clone(),
            pass,
            claim: ClaimToken(claim),
        })
    }
}
