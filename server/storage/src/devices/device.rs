//! Devices that are paired: who they are, what they may do, and until when.

use domain::{DeviceId, DeviceRole, OrganiserId, PartnershipId};
use uuid::Uuid;

use crate::columns::{At, array, checked, parsed};
use crate::engine::{from_row, read, within};
use crate::error::{Error, Result, Tried as _};
use crate::records::{Device, DeviceKey};
use crate::scope::{Permission, Scope};
use crate::store::Store;

const BY_ID: &str = "SELECT * FROM device WHERE id = $1";

/// Those that scan first, then those that no longer may; each in the order in which they came.
const LIST: &str = "
    SELECT d.*
    FROM device AS d
    JOIN organiser AS o ON o.id = d.organiser_id
    WHERE ($1 IS NULL OR d.organiser_id = $1)
      AND ($2 IS NULL OR o.municipality IN (SELECT municipality FROM partnership_member WHERE partnership_id = $2))
    ORDER BY d.revoked_at IS NOT NULL, d.id";

const REVOKE: &str = "UPDATE device SET revoked_at = COALESCE(revoked_at, $2) WHERE id = $1";

const REQUEST_ROLL: &str = "
    UPDATE device
    SET roll_requested_at = COALESCE(roll_requested_at, $2)
    WHERE id = $1
      AND revoked_at IS NULL";

const SET_ROLE: &str = "UPDATE device SET role = $2 WHERE id = $1 AND revoked_at IS NULL";

/// The right sides see the row as it was. The same key again changes nothing, so a lost answer is no second roll.
const ROLL_KEY: &str = "
    UPDATE device
    SET old_public_key = CASE WHEN public_key = $2 THEN old_public_key ELSE public_key END,
        public_key = $2,
        roll_requested_at = NULL
    WHERE id = $1
      AND revoked_at IS NULL";

/// A device as whoever checks its signature needs it.
#[derive(Clone, Debug)]
pub struct KnownDevice {
    /// The device; revoked ones are found too.
    pub device: Device,
    /// Its key.
    pub key: DeviceKey,
    /// The key before the last roll: what was signed before it still counts.
    pub old_key: Option<DeviceKey>,
    /// What the device may do and for whom.
    pub scope: Scope,
}

from_row!(Device, row => Device {
    id: DeviceId::from(row.try_get::<Uuid, _>("id")?),
    organiser: OrganiserId::from(row.try_get::<Uuid, _>("organiser_id")?),
    name: row.try_get("name")?,
    role: parsed(row.try_get("role")?)?,
    created_at: row.try_get::<At, _>("created_at")?.0,
    last_seen_at: row.try_get::<Option<At>, _>("last_seen_at")?.map(|at| at.0),
    waiting: checked(row.try_get::<i64, _>("waiting")?)?,
    roll_requested: row.try_get::<Option<At>, _>("roll_requested_at")?.is_some(),
    revoked_at: row.try_get::<Option<At>, _>("revoked_at")?.map(|at| at.0),
});

from_row!(KnownDevice, row => {
    let device = Device::from_row(row)?;
    let partnership = PartnershipId::from(row.try_get::<Uuid, _>("partnership_id")?);
    let scope = Scope::of_device(&device, partnership);
    KnownDevice {
        device,
        key: DeviceKey(array(row.try_get::<&[u8], _>("public_key")?)?),
        old_key: row.try_get::<Option<&[u8]>, _>("old_public_key")?.map(array).transpose()?.map(DeviceKey),
        scope,
    }
});

impl Store {
    /// The device of this id, revoked or not, with its keys; for whoever checks a signature. `None`: it was never
    /// paired here. Nothing is remembered between two calls, so a revocation takes effect at the next request.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn device_by_id(&self, id: DeviceId) -> Result<Option<KnownDevice>> {
        read!(self.db(), pool => sqlx::query_as(BY_ID).bind(id.uuid()).fetch_optional(pool).await)
            .tried("finding a device")
    }

    /// The devices of an organiser, revoked ones last.
    ///
    /// # Errors
    /// [`Error::Denied`] when the scope may not manage devices; [`Error::Unknown`] for an organiser outside the scope.
    pub async fn devices(&self, scope: &Scope, organiser: OrganiserId) -> Result<Vec<Device>> {
        self.manages(scope, organiser).await?;
        self.list_devices(scope, Some(organiser)).await
    }

    /// Every device that the scope reaches, revoked ones last.
    ///
    /// # Errors
    /// [`Error::Denied`] when the scope may not manage devices.
    pub async fn all_devices(&self, scope: &Scope) -> Result<Vec<Device>> {
        scope.require(Permission::ManageDevices)?;
        self.list_devices(scope, scope.organiser()).await
    }

    async fn list_devices(&self, scope: &Scope, organiser: Option<OrganiserId>) -> Result<Vec<Device>> {
        read!(self.db(), pool => sqlx::query_as(LIST)
            .bind(organiser.map(OrganiserId::uuid))
            .bind(scope.partnership_uuid())
            .fetch_all(pool)
            .await)
        .tried("listing devices")
    }

    /// Revokes a device, as of now: its next request is refused, and what it scanned and did not yet send goes into
    /// quarantine. One that is revoked keeps its moment.
    ///
    /// # Errors
    /// [`Error::Denied`] when the scope may not manage devices; [`Error::Unknown`] for a device outside the scope.
    pub async fn revoke_device(&self, scope: &Scope, id: DeviceId) -> Result<()> {
        self.change(scope, id, REVOKE, Change::At, "revoking a device").await
    }

    /// Asks a device for a new key; it makes one at its next request.
    ///
    /// # Errors
    /// As [`Store::revoke_device`]; a revoked device is unknown here.
    pub async fn request_key_roll(&self, scope: &Scope, id: DeviceId) -> Result<()> {
        let tried = "asking a device for a new key";
        self.change(scope, id, REQUEST_ROLL, Change::At, tried).await
    }

    /// Changes what a device may do, as of its next request.
    ///
    /// # Errors
    /// As [`Store::revoke_device`]; a revoked device is unknown here.
    pub async fn set_device_role(&self, scope: &Scope, id: DeviceId, role: DeviceRole) -> Result<()> {
        let tried = "changing a device's role";
        self.change(scope, id, SET_ROLE, Change::Role(role), tried).await
    }

    /// Gives the device that asks a new key. What the key before it signed still counts; the key before that is
    /// forgotten. The same key again is no error.
    ///
    /// # Errors
    /// [`Error::Denied`] when no device asks; [`Error::Unknown`] when it is revoked.
    pub async fn roll_device_key(&self, scope: &Scope, new: DeviceKey) -> Result<()> {
        const TRIED: &str = "changing a device's key";
        let id = scope.device().ok_or(Error::Denied(TRIED))?;
        let mut tx = self.begin().await?;
        let changed = within!(tx, c => sqlx::query(ROLL_KEY)
            .bind(id.uuid())
            .bind(new.0.to_vec())
            .execute(c)
            .await
            .map(|done| done.rows_affected()))
        .tried(TRIED)?;
        tx.commit().await.tried(TRIED)?;
        if changed == 0 {
            Err(Error::Unknown("device"))
        } else {
            Ok(())
        }
    }

    async fn change(
        &self,
        scope: &Scope,
        id: DeviceId,
        sql: &'static str,
        change: Change,
        tried: &'static str,
    ) -> Result<()> {
        scope.require(Permission::ManageDevices)?;
        let known = self.device_by_id(id).await?.ok_or(Error::Unknown("device"))?;
        match self.manages(scope, known.device.organiser).await {
            Err(Error::Unknown(_)) => return Err(Error::Unknown("device")),
            reached => reached?,
        }
        let now = At(self.env().now());
        let mut tx = self.begin().await?;
        let changed = within!(tx, c => {
            let query = sqlx::query(sql).bind(id.uuid());
            match change {
                Change::At => query.bind(now),
                Change::Role(role) => query.bind(role.code()),
            }
            .execute(c)
            .await
            .map(|done| done.rows_affected())
        })
        .tried(tried)?;
        tx.commit().await.tried(tried)?;
        if changed == 0 {
            Err(Error::Unknown("device"))
        } else {
            Ok(())
        }
    }

    /// Refuses unless the scope may manage the devices of this organiser.
    pub(crate) async fn manages(&self, scope: &Scope, organiser: OrganiserId) -> Result<()> {
        scope.require(Permission::ManageDevices)?;
        if !scope.reaches_organiser(organiser) {
            return Err(Error::Unknown("organiser"));
        }
        self.organiser(scope, organiser)
            .await?
            .map(drop)
            .ok_or(Error::Unknown("organiser"))
    }
}

/// What is changed of a device.
#[derive(Clone, Copy)]
enum Change {
    /// Something as of now.
    At,
    /// What it may do.
    Role(DeviceRole),
}
