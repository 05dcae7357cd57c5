//! Which codes are, bit for bit, what was issued.

use std::collections::HashSet;

use domain::Credential;

use crate::engine::{from_row, read};
use crate::error::{Result, Tried as _};
use crate::holders::{credential_column, tag_column};
use crate::scope::{Permission, Scope};
use crate::set::{Kind, Set, Statement};
use crate::store::Store;

const STORED: Statement = Statement {
    columns: &[("asked", Kind::Int)],
    body: "
        SELECT p.credential
        FROM input
        CROSS JOIN pass AS p
        WHERE p.tag = input.asked",
};

struct StoredCredential(Vec<u8>);

from_row!(StoredCredential, row => StoredCredential(row.try_get("credential")?));

impl Store {
    /// Whether each of these codes is, bit for bit, one that was issued and kept: then its signature is known to be right,
    /// which is cheaper to find out than to calculate. Says nothing about the pass itself, nor about its key.
    ///
    /// # Errors
    /// [`crate::Error::Denied`] when the scope may not scan; [`crate::Error::Database`].
    pub async fn are_issued(&self, scope: &Scope, credentials: &[Credential]) -> Result<Vec<bool>> {
        scope.require(Permission::Scan)?;
        if credentials.is_empty() {
            return Ok(Vec::new());
        }
        let engine = self.engine();
        let mut asked = Set::new(engine);
        for credential in credentials {
            asked.row().int(tag_column(credential.number()));
        }
        let asked = asked.finish();
        let stored: Vec<StoredCredential> =
            read!(self.db(), pool => sqlx::query_as(STORED.sql(engine)).bind(asked).fetch_all(pool).await)
                .tried("looking up codes")?;
        let stored: HashSet<Vec<u8>> = stored.into_iter().map(|stored| stored.0).collect();
        Ok(credentials
            .iter()
            .map(|credential| stored.contains(credential_column(credential).as_slice()))
            .collect())
    }
}
