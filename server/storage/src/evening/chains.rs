//! Where a device's chain is not whole: how a lost queue is noticed.

use std::collections::HashMap;

use domain::{ChainBreak, ChainLink, DeviceId, OrganiserId, ScanId, chain_breaks};
use uuid::Uuid;

use crate::engine::{from_row, read};
use crate::error::{Result, Tried as _};
use crate::store::Store;

/// All events of a device, of every day and kind: a gap of last week is still a gap.
const LINKS: &str = "
    SELECT e.device_id, e.seq, e.scan_id, e.prev
    FROM device AS d
    CROSS JOIN event AS e
    WHERE d.organiser_id = $1
      AND e.device_id = d.id";

struct Link(DeviceId, ChainLink);

from_row!(Link, row => Link(
    DeviceId::from(row.try_get::<Uuid, _>("device_id")?),
    ChainLink {
        seq: row.try_get("seq")?,
        scan_id: ScanId::from(row.try_get::<Uuid, _>("scan_id")?),
        prev: row.try_get("prev")?,
    },
));

impl Store {
    /// The breaks of each device's chain; devices whose chain is whole are left out.
    pub(super) async fn chains(&self, organiser: OrganiserId) -> Result<HashMap<DeviceId, Vec<ChainBreak>>> {
        let links: Vec<Link> = read!(self.db(), pool => sqlx::query_as(LINKS)
            .bind(organiser.uuid())
            .fetch_all(pool)
            .await)
        .tried("reading the chains of devices")?;
        let mut chains: HashMap<DeviceId, Vec<ChainLink>> = HashMap::new();
        for Link(device, link) in links {
            chains.entry(device).or_default().push(link);
        }
        let broken = chains.into_iter().map(|(device, links)| (device, chain_breaks(&links)));
        Ok(broken.filter(|(_, breaks)| !breaks.is_empty()).collect())
    }
}
