//! People who log in, and their login sessions.

use domain::{AccountId, OrganiserId, PartnershipId};
use jiff::SignedDuration;
use uuid::Uuid;

use crate::columns::{At, nis, nis_code, parsed};
use crate::engine::{from_row, read, within};
use crate::error::{Error, Result, Tried as _};
use crate::records::{Account, NewAccount, SessionToken};
use crate::scope::{Permission, Role, Scope};
use crate::secret;
use crate::store::Store;
use crate::text::{bounded, folded};

const BY_EMAIL: &str = "
    SELECT id, partnership_id, email, name, role, municipality, organiser_id, password_hash
    FROM account
    WHERE email = $1";

const BY_SESSION: &str = "
    SELECT
        a.id, a.partnership_id, a.email, a.name, a.role, a.municipality, a.organiser_id, a.password_hash
    FROM login_session AS s
    JOIN account AS a ON a.id = s.account_id
    WHERE s.token_hash = $1
      AND s.expires_at > $2";

const INSERT: &str = "
    INSERT INTO account (id, partnership_id, email, name, role, municipality, organiser_id, password_hash, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT (email) DO NOTHING";

const FORGET_EXPIRED: &str = "DELETE FROM login_session WHERE expires_at <= $1";

const INSERT_SESSION: &str = "
    INSERT INTO login_session (token_hash, account_id, created_at, expires_at)
    SELECT $1, id, $3, $4
    FROM account
    WHERE id = $2";

const END_SESSION: &str = "DELETE FROM login_session WHERE token_hash = $1";

/// An account with what only this module may see.
struct OwnedAccount {
    account: Account,
    partnership: PartnershipId,
    password_hash: String,
}

from_row!(OwnedAccount, row => OwnedAccount {
    account: Account {
        id: AccountId::from(row.try_get::<Uuid, _>("id")?),
        email: row.try_get("email")?,
        name: row.try_get("name")?,
        role: parsed::<Role>(row.try_get("role")?)?,
        municipality: row.try_get::<Option<i64>, _>("municipality")?.map(nis).transpose()?,
        organiser: row.try_get::<Option<Uuid>, _>("organiser_id")?.map(OrganiserId::from),
    },
    partnership: PartnershipId::from(row.try_get::<Uuid, _>("partnership_id")?),
    password_hash: row.try_get("password_hash")?,
});

impl Store {
    /// The account with this log-in name and the hash of its password, for the caller to check.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn account_by_email(&self, email: &str) -> Result<Option<(Account, String)>> {
        let email = folded(email);
        let found: Option<OwnedAccount> =
            read!(self.db(), pool => sqlx::query_as(BY_EMAIL).bind(email).fetch_optional(pool).await)
                .tried("finding an account")?;
        Ok(found.map(|owned| (owned.account, owned.password_hash)))
    }

    /// Adds an account to the scope's partnership.
    ///
    /// # Errors
    /// [`Error::Denied`] without the permission to manage; [`Error::Invalid`] for a role that is not for people, a
    /// counter without municipality, an organiser's account without organiser, or a bad name; [`Error::Exists`] when
    /// the log-in name is taken; [`Error::Unknown`] for an organiser or municipality outside the scope.
    pub async fn add_account(&self, scope: &Scope, new: NewAccount) -> Result<Account> {
        const TRIED: &str = "adding an account";
        scope.require(Permission::ManageClients)?;
        let email = folded(&bounded(&new.email, 254, "a log-in name has 1 to 254 characters")?);
        let name = bounded(&new.name, 80, "an account's name has 1 to 80 characters")?;
        match new.role {
            Role::Counter if new.municipality.is_none() => return Err(Error::Invalid("a counter has a municipality")),
            Role::Organiser if new.organiser.is_none() => {
                return Err(Error::Invalid("an organiser's account has an organiser"));
            }
            Role::Ticketing | Role::Kiosk => return Err(Error::Invalid("this role is for clients, not for people")),
            Role::Coordinator | Role::Counter | Role::Organiser | Role::Auditor => {}
        }
        if let Some(organiser) = new.organiser {
            self.organiser(scope, organiser)
                .await?
                .ok_or(Error::Unknown("organiser"))?;
        }
        if let Some(own) = new.municipality
            && !self
                .municipalities(scope)
                .await?
                .iter()
                .any(|municipality| municipality.nis == own)
        {
            return Err(Error::Unknown("municipality"));
        }
        let partnership = match scope.partnership_uuid() {
            Some(own) => own,
            None => self.default_partnership().await?,
        };
        let account = Account {
            id: AccountId::from(self.env().uuid_v7()),
            email,
            name,
            role: new.role,
            municipality: new.municipality,
            organiser: new.organiser,
        };
        let now = At(self.env().now());
        let mut tx = self.begin().await?;
        let added = within!(tx, c => sqlx::query(INSERT)
            .bind(account.id.uuid())
            .bind(partnership)
            .bind(&account.email)
            .bind(&account.name)
            .bind(account.role.code())
            .bind(account.municipality.map(nis_code))
            .bind(account.organiser.map(OrganiserId::uuid))
            .bind(&new.password_hash)
            .bind(now)
            .execute(c)
            .await
            .map(|done| done.rows_affected()))
        .tried(TRIED)?;
        tx.commit().await.tried(TRIED)?;
        if added == 0 {
            Err(Error::Exists("account"))
        } else {
            Ok(account)
        }
    }

    /// Starts a login session that ends after `lifetime`. To be called after the password was checked.
    ///
    /// # Errors
    /// [`Error::Unknown`] for an unknown account; [`Error::Database`].
    pub async fn create_session(&self, account: AccountId, lifetime: SignedDuration) -> Result<SessionToken> {
        const TRIED: &str = "starting a login session";
        let (token, hash) = secret::fresh(self.env());
        let now = self.env().now();
        let expires = now.saturating_add(lifetime).unwrap_or(now);
        let mut tx = self.begin().await?;
        let made = within!(tx, c => {
            sqlx::query(FORGET_EXPIRED).bind(At(now)).execute(&mut *c).await.tried(TRIED)?;
            sqlx::query(INSERT_SESSION)
                .bind(hash)
                .bind(account.uuid())
                .bind(At(now))
                .bind(At(expires))
                .execute(&mut *c)
                .await
                .tried(TRIED)?
                .rows_affected()
        });
        tx.commit().await.tried(TRIED)?;
        if made == 0 {
            Err(Error::Unknown("account"))
        } else {
            Ok(SessionToken(token))
        }
    }

    /// Who is logged in with this token; `None`: nobody, or no longer.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn session_scope(&self, token: &str) -> Result<Option<(Account, Scope)>> {
        let Some(hash) = secret::hash(token) else {
            return Ok(None);
        };
        let now = At(self.env().now());
        let found: Option<OwnedAccount> =
            read!(self.db(), pool => sqlx::query_as(BY_SESSION).bind(hash).bind(now).fetch_optional(pool).await)
                .tried("checking a login session")?;
        Ok(found.map(|owned| {
            let scope = Scope::of_account(&owned.account, owned.partnership);
            (owned.account, scope)
        }))
    }

    /// Ends a login session. A token that is unknown is no error: the person is logged out.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn end_session(&self, token: &str) -> Result<()> {
        let Some(hash) = secret::hash(token) else {
            return Ok(());
        };
        let mut tx = self.begin().await?;
        within!(tx, c => sqlx::query(END_SESSION).bind(hash).execute(c).await.map(drop))
            .tried("ending a login session")?;
        tx.commit().await.tried("ending a login session")
    }
}
