//! Pairing: an organiser makes a code, a phone uses it once within ten minutes.

use domain::device::pairing::PAIRING_CODE_MINUTES;
use domain::{DeviceId, DeviceRole, OrganiserId, PairingCode, PartnershipId};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::device::KnownDevice;
use crate::columns::{At, parsed};
use crate::engine::{Tx, from_row, within};
use crate::error::{Error, Result, Tried as _};
use crate::records::{Device, DeviceKey};
use crate::scope::Scope;
use crate::store::Store;
use crate::text::bounded;

/// The longest name of a device, in characters.
pub const LONGEST_DEVICE_NAME: usize = 60;

/// A code that is over is remembered for a day, so that who types it late is told why.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24);

const FORGET_OLD: &str = "DELETE FROM pairing WHERE expires_at <= $1";

const INSERT: &str = "
    INSERT INTO pairing (code_hash, organiser_id, partnership_id, role, created_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (code_hash) DO NOTHING";

/// Whoever changes the row first has the code: the other waits for the row and then finds it used.
const USE: &str = "
    UPDATE pairing
    SET used_at = $2
    WHERE code_hash = $1
      AND used_at IS NULL
      AND expires_at > $2
    RETURNING organiser_id, partnership_id, role";

const FIND: &str = "SELECT organiser_id, used_at FROM pairing WHERE code_hash = $1";

/// The device that a used code made, for a phone that did not get the answer and asks again with the same key.
const PAIRED_BEFORE: &str = "
    SELECT *
    FROM device
    WHERE organiser_id = $1
      AND public_key = $2
      AND created_at = $3
      AND revoked_at IS NULL";

const INSERT_DEVICE: &str = "
    INSERT INTO device (id, organiser_id, partnership_id, name, role, public_key, created_at, last_seen_at, waiting)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $7, 0)";

/// Why a phone could not be paired.
#[derive(Debug, thiserror::Error)]
pub enum PairingError {
    /// No organiser made this code. Answer 404 `pairing_code_unknown`.
    #[error("no such pairing code")]
    Unknown,
    /// The code is more than ten minutes old. Answer 410 `pairing_code_expired`.
    #[error("the pairing code is no longer valid")]
    Expired,
    /// Another phone used it. Answer 409 `pairing_code_used`.
    #[error("the pairing code was used before")]
    Used,
    /// The name is empty or longer than [`LONGEST_DEVICE_NAME`]; the code can still be used. Answer 422.
    #[error("a device's name has 1 to {LONGEST_DEVICE_NAME} characters")]
    Name,
    /// The database failed; the code may be tried again with the same key.
    #[error("pairing a device failed")]
    Storage(#[source] Error),
}

/// What a code opens.
struct Opened {
    organiser: OrganiserId,
    partnership: PartnershipId,
    role: DeviceRole,
}

from_row!(Opened, row => Opened {
    organiser: OrganiserId::from(row.try_get::<Uuid, _>("organiser_id")?),
    partnership: PartnershipId::from(row.try_get::<Uuid, _>("partnership_id")?),
    role: parsed(row.try_get("role")?)?,
});

/// A code that was made, used or not.
struct Made(OrganiserId, Option<Timestamp>);

from_row!(Made, row => Made(
    OrganiserId::from(row.try_get::<Uuid, _>("organiser_id")?),
    row.try_get::<Option<At>, _>("used_at")?.map(|at| at.0),
));

/// A plain hash of 40 random bits can be searched through; within ten minutes, by somebody who reads the database and
/// may write nothing, it is not worth it.
fn hash(code: &PairingCode) -> Vec<u8> {
    Sha256::digest(code.compact()).to_vec()
}

impl Store {
    /// Makes a one-time code that pairs one device with an organiser, and says until when it can be used. It is shown
    /// here and never again.
    ///
    /// # Errors
    /// [`Error::Denied`] when the scope may not manage devices; [`Error::Unknown`] for an organiser outside the scope.
    pub async fn create_pairing(
        &self,
        scope: &Scope,
        organiser: OrganiserId,
        role: DeviceRole,
    ) -> Result<(PairingCode, Timestamp)> {
        const TRIED: &str = "making a pairing code";
        self.manages(scope, organiser).await?;
        let partnership = match scope.partnership_uuid() {
            Some(own) => own,
            None => self.default_partnership().await?,
        };
        let now = self.env().now();
        let over = now.saturating_sub(REMEMBERED).unwrap_or(now);
        let expires = SignedDuration::from_mins(PAIRING_CODE_MINUTES);
        let expires = now.saturating_add(expires).unwrap_or(now);
        let mut tx = self.begin().await?;
        within!(tx, c => sqlx::query(FORGET_OLD).bind(At(over)).execute(c).await.map(drop)).tried(TRIED)?;
        // Forty random bits can meet a code of the last day. New bits then.
        let code = loop {
            let code = PairingCode::from_bytes(self.env().bytes());
            let made = within!(tx, c => sqlx::query(INSERT)
                .bind(hash(&code))
                .bind(organiser.uuid())
                .bind(partnership)
                .bind(role.code())
                .bind(At(now))
                .bind(At(expires))
                .execute(c)
                .await
                .map(|done| done.rows_affected()))
            .tried(TRIED)?;
            if made > 0 {
                break code;
            }
        };
        tx.commit().await.tried(TRIED)?;
        Ok((code, expires))
    }

    /// Pairs a device: whoever has the code may. Of several at once exactly one wins. The same key again, because the
    /// answer got lost, gives the device that was made.
    ///
    /// # Errors
    /// [`PairingError`].
    pub async fn pair_device(
        &self,
        _scope: &Scope,
        code: &PairingCode,
        name: &str,
        key: DeviceKey,
    ) -> Result<Device, PairingError> {
        const TRIED: &str = "pairing a device";
        let name = bounded(name, LONGEST_DEVICE_NAME, "").map_err(|_| PairingError::Name)?;
        let code = hash(code);
        let now = self.env().now();
        let id = DeviceId::from(self.env().uuid_v7());
        let mut tx = self.begin().await.map_err(PairingError::Storage)?;
        let opened: Option<Opened> = within!(tx, c => sqlx::query_as(USE)
            .bind(&code)
            .bind(At(now))
            .fetch_optional(c)
            .await)
        .tried(TRIED)
        .map_err(PairingError::Storage)?;
        let Some(opened) = opened else {
            return closed(&mut tx, &code, key).await;
        };
        within!(tx, c => sqlx::query(INSERT_DEVICE)
            .bind(id.uuid())
            .bind(opened.organiser.uuid())
            .bind(opened.partnership.uuid())
            .bind(&name)
            .bind(opened.role.code())
            .bind(key.0.to_vec())
            .bind(At(now))
            .execute(c)
            .await
            .map(drop))
        .tried(TRIED)
        .map_err(PairingError::Storage)?;
        tx.commit().await.tried(TRIED).map_err(PairingError::Storage)?;
        Ok(Device {
            id,
            organiser: opened.organiser,
            name,
            role: opened.role,
            created_at: now,
            last_seen_at: Some(now),
            waiting: 0,
            roll_requested: false,
            revoked_at: None,
        })
    }
}

/// Why a code does not open, or what it opened for this very key.
async fn closed(tx: &mut Tx, code: &[u8], key: DeviceKey) -> Result<Device, PairingError> {
    const TRIED: &str = "looking up a pairing code";
    let made: Option<Made> = within!(*tx, c => sqlx::query_as(FIND).bind(code).fetch_optional(c).await)
        .tried(TRIED)
        .map_err(PairingError::Storage)?;
    let (organiser, used_at) = match made {
        None => return Err(PairingError::Unknown),
        Some(Made(_, None)) => return Err(PairingError::Expired),
        Some(Made(organiser, Some(used_at))) => (organiser, used_at),
    };
    let before: Option<KnownDevice> = within!(*tx, c => sqlx::query_as(PAIRED_BEFORE)
        .bind(organiser.uuid())
        .bind(key.0.to_vec())
        .bind(At(used_at))
        .fetch_optional(c)
        .await)
    .tried(TRIED)
    .map_err(PairingError::Storage)?;
    before.map(|known| known.device).ok_or(PairingError::Used)
}
