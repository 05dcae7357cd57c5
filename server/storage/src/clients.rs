//! API clients: programs with a token.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use domain::{ClientId, OrganiserId, PartnershipId};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::columns::{At, parsed};
use crate::engine::{from_row, read, within};
use crate::error::{Error, Result, Tried as _};
use crate::records::{Client, ClientToken};
use crate::scope::{Permission, Role, Scope};
use crate::secret;
use crate::store::Store;
use crate::text::bounded;

/// How long a token that was just checked is believed without asking the database again: a scanning client sends
/// thousands of requests a second, and another server's revocation may take this long to be noticed here.
const BELIEVED: SignedDuration = SignedDuration::from_secs(2);

/// More tokens than this at once are not remembered: a bound on memory, not on clients.
const REMEMBERED: usize = 1024;

/// Tokens that were checked a moment ago.
#[derive(Debug, Default)]
pub(crate) struct CheckedTokens(Mutex<HashMap<Vec<u8>, (Timestamp, Scope)>>);

impl CheckedTokens {
    fn get(&self, hash: &[u8], now: Timestamp) -> Option<Scope> {
        let checked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, scope) = checked.get(hash)?;
        (now.duration_since(*at).abs() < BELIEVED).then(|| scope.clone())
    }

    fn put(&self, hash: Vec<u8>, now: Timestamp, scope: &Scope) {
        let mut checked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if checked.len() >= REMEMBERED {
            checked.clear();
        }
        checked.insert(hash, (now, scope.clone()));
    }

    fn forget_all(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

const INSERT: &str = "
    INSERT INTO client (id, partnership_id, name, role, organiser_id, token_hash, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";

const LIST: &str = "
    SELECT id, partnership_id, name, role, organiser_id, created_at
    FROM client
    WHERE revoked_at IS NULL
      AND ($1 IS NULL OR partnership_id = $1)
    ORDER BY id";

const BY_TOKEN: &str = "
    SELECT id, partnership_id, name, role, organiser_id, created_at
    FROM client
    WHERE token_hash = $1
      AND revoked_at IS NULL";

const REVOKE: &str = "
    UPDATE client
    SET revoked_at = $2
    WHERE id = $1
      AND revoked_at IS NULL
      AND ($3 IS NULL OR partnership_id = $3)";

/// A client and the partnership it belongs to.
struct OwnedClient(Client, PartnershipId);

from_row!(OwnedClient, row => OwnedClient(
    Client {
        id: ClientId::from(row.try_get::<Uuid, _>("id")?),
        name: row.try_get("name")?,
        role: parsed::<Role>(row.try_get("role")?)?,
        organiser: row.try_get::<Option<Uuid>, _>("organiser_id")?.map(OrganiserId::from),
        created_at: row.try_get::<At, _>("created_at")?.0,
    },
    PartnershipId::from(row.try_get::<Uuid, _>("partnership_id")?),
));

impl Store {
    /// Makes a client of the scope's partnership. The token is shown here and never again.
    ///
    /// # Errors
    /// [`Error::Denied`] without the permission to manage; [`Error::Invalid`] for a name outside 1–80 characters or a
    /// role that is not for clients; [`Error::Unknown`] for an organiser outside the scope.
    pub async fn create_client(
        &self,
        scope: &Scope,
        name: &str,
        role: Role,
        organiser: Option<OrganiserId>,
    ) -> Result<(Client, ClientToken)> {
        const TRIED: &str = "making a client";
        scope.require(Permission::ManageClients)?;
        let name = bounded(name, 80, "a client's name has 1 to 80 characters")?;
        if !matches!(role, Role::Ticketing | Role::Kiosk | Role::Counter | Role::Auditor) {
            return Err(Error::Invalid(
                "a client's role is ticketing, kiosk, counter or auditor",
            ));
        }
        if let Some(organiser) = organiser {
            self.organiser(scope, organiser)
                .await?
                .ok_or(Error::Unknown("organiser"))?;
        }
        let partnership = match scope.partnership_uuid() {
            Some(own) => own,
            None => self.default_partnership().await?,
        };
        let client = Client {
            id: ClientId::from(self.env().uuid_v7()),
            name,
            role,
            organiser,
            created_at: self.env().now(),
        };
        let (token, hash) = secret::fresh(self.env());
        let mut tx = self.begin().await?;
        within!(tx, c => sqlx::query(INSERT)
            .bind(client.id.uuid())
            .bind(partnership)
            .bind(&client.name)
            .bind(role.code())
            .bind(organiser.map(OrganiserId::uuid))
            .bind(hash)
            .bind(At(client.created_at))
            .execute(c)
            .await
            .map(drop))
        .tried(TRIED)?;
        tx.commit().await.tried(TRIED)?;
        Ok((client, ClientToken(token)))
    }

    /// The clients of the scope's partnership that are not revoked, oldest first.
    ///
    /// # Errors
    /// [`Error::Denied`] without the permission to manage; [`Error::Database`].
    pub async fn clients(&self, scope: &Scope) -> Result<Vec<Client>> {
        scope.require(Permission::ManageClients)?;
        let found: Vec<OwnedClient> =
            read!(self.db(), pool => sqlx::query_as(LIST).bind(scope.partnership_uuid()).fetch_all(pool).await)
                .tried("listing clients")?;
        Ok(found.into_iter().map(|owned| owned.0).collect())
    }

    /// Takes a client's token away: at once on this server, within two seconds on others.
    ///
    /// # Errors
    /// [`Error::Denied`] without the permission to manage; [`Error::Unknown`] for a client outside the scope.
    pub async fn revoke_client(&self, scope: &Scope, id: ClientId) -> Result<()> {
        scope.require(Permission::ManageClients)?;
        let mut tx = self.begin().await?;
        let revoked = within!(tx, c => sqlx::query(REVOKE)
            .bind(id.uuid())
            .bind(At(self.env().now()))
            .bind(scope.partnership_uuid())
            .execute(c)
            .await
            .map(|done| done.rows_affected()))
        .tried("revoking a client")?;
        tx.commit().await.tried("revoking a client")?;
        self.checked_tokens().forget_all();
        if revoked == 0 {
            Err(Error::Unknown("client"))
        } else {
            Ok(())
        }
    }

    /// The scope of whoever presents this client token; `None`: it is unknown or revoked.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn client_scope(&self, token: &str) -> Result<Option<Scope>> {
        let Some(hash) = secret::hash(token) else {
            return Ok(None);
        };
        let now = self.env().now();
        if let Some(scope) = self.checked_tokens().get(&hash, now) {
            return Ok(Some(scope));
        }
        let found: Option<OwnedClient> =
            read!(self.db(), pool => sqlx::query_as(BY_TOKEN).bind(&hash).fetch_optional(pool).await)
                .tried("checking a client token")?;
        Ok(found.map(|OwnedClient(client, partnership)| {
            let scope = Scope::of_client(&client, partnership);
            self.checked_tokens().put(hash, now, &scope);
            scope
        }))
    }
}
