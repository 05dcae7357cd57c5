//! How many: for each activity, for each device, and the people without a number.

use std::collections::{BTreeMap, HashMap};

use domain::{ActivityId, DeviceId, OrganiserId};
use jiff::civil::Date;
use uuid::Uuid;

use super::{ActivityCount, ManualCount};
use crate::columns::Day;
use crate::engine::{from_row, read};
use crate::error::{Result, Tried as _};
use crate::store::Store;

const COUNTS: &str = "
    SELECT p.activity_id, a.name, e.device_id, CAST(count(*) AS BIGINT) AS visits
    FROM participation AS p
    JOIN event AS e ON e.scan_id = p.scan_id
    JOIN activity AS a ON a.id = p.activity_id
    WHERE p.organiser_id = $1
      AND p.local_day = $2
    GROUP BY p.activity_id, a.name, e.device_id";

const MANUAL: &str = "
    SELECT a.name, m.people, m.note
    FROM manual_count AS m
    JOIN activity AS a ON a.id = m.activity_id
    WHERE m.organiser_id = $1
      AND m.local_day = $2
    ORDER BY m.recorded_at, m.id";

struct Count {
    activity: ActivityId,
    name: String,
    device: Option<DeviceId>,
    visits: u64,
}

from_row!(Count, row => Count {
    activity: ActivityId::from(row.try_get::<Uuid, _>("activity_id")?),
    name: row.try_get("name")?,
    device: row.try_get::<Option<Uuid>, _>("device_id")?.map(DeviceId::from),
    visits: row.try_get::<i64, _>("visits")?.unsigned_abs(),
});

from_row!(ManualCount, row => ManualCount {
    activity_name: row.try_get("name")?,
    people: row.try_get::<i64, _>("people")?.try_into().unwrap_or(u32::MAX),
    note: row.try_get("note")?,
});

/// The participations of a day, by activity and by device.
pub(super) struct Counts {
    by_device: HashMap<Option<DeviceId>, u64>,
    by_activity: BTreeMap<ActivityId, ActivityCount>,
}

impl Counts {
    pub(super) fn of_device(&self, device: Option<DeviceId>) -> u64 {
        self.by_device.get(&device).copied().unwrap_or(0)
    }

    pub(super) fn all(&self) -> u64 {
        self.by_device.values().sum()
    }

    pub(super) fn by_activity(self) -> Vec<ActivityCount> {
        let mut activities: Vec<ActivityCount> = self.by_activity.into_values().collect();
        activities.sort_by(|a, b| b.visits.cmp(&a.visits).then_with(|| a.name.cmp(&b.name)));
        activities
    }
}

impl Store {
    pub(super) async fn evening_counts(&self, organiser: OrganiserId, day: Date) -> Result<Counts> {
        let rows: Vec<Count> = read!(self.db(), pool => sqlx::query_as(COUNTS)
            .bind(organiser.uuid())
            .bind(Day(day))
            .fetch_all(pool)
            .await)
        .tried("counting an evening")?;
        let mut counts = Counts {
            by_device: HashMap::new(),
            by_activity: BTreeMap::new(),
        };
        for row in rows {
            *counts.by_device.entry(row.device).or_default() += row.visits;
            let activity = counts.by_activity.entry(row.activity).or_insert(ActivityCount {
                id: row.activity,
                name: row.name,
                visits: 0,
            });
            activity.visits += row.visits;
        }
        Ok(counts)
    }

    pub(super) async fn manual_counts(&self, organiser: OrganiserId, day: Date) -> Result<Vec<ManualCount>> {
        read!(self.db(), pool => sqlx::query_as(MANUAL)
            .bind(organiser.uuid())
            .bind(Day(day))
            .fetch_all(pool)
            .await)
        .tried("listing people without a number")
    }
}
