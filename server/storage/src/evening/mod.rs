//! One evening of an organiser: what counted, who scanned, what got lost, and which scans a person should look at.
//!
//! - `counts`: how many, for which activity, by which device, and the people without a number
//! - `chains`: where a device's chain of events is not whole
//! - `scans`: scans with their story, those that wait for a person, and those that counted
//! - `sessions`: what somebody can register late for

mod chains;
mod counts;
mod scans;
mod sessions;

use domain::{ActivityId, ChainBreak, DeviceId, Flags, Number, OrganiserId, Reason, ScanId, SessionId, Verdict};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::error::Result;
use crate::records::Device;
use crate::scope::Scope;
use crate::store::Store;

/// The most scans in one of the lists of an evening.
pub const LONGEST_LIST: usize = 200;

/// What an organiser sees of one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evening {
    /// The day, in Brussels.
    pub day: Date,
    /// Participations of that day: the organiser's own raw count.
    pub visits: u64,
    /// The same, for each activity; most first.
    pub activities: Vec<ActivityCount>,
    /// People of whom nobody has a number.
    pub without_number: Vec<ManualCount>,
    /// Every device of the organiser.
    pub devices: Vec<EveningDevice>,
    /// Participations that rest on a scan without a device: an account, a ticket system, a holder's own phone.
    pub without_device: u64,
    /// Scans of revoked devices that count once somebody releases them, of any day; the oldest first.
    pub held: EveningScans,
    /// Scans that somebody should look at, the newest first: of this day, and what arrived on it.
    pub stories: EveningScans,
}

/// Participations of one activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityCount {
    /// The activity.
    pub id: ActivityId,
    /// Its name.
    pub name: String,
    /// Its participations of the day.
    pub visits: u64,
}

/// People who came and of whom nobody has a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManualCount {
    /// Where they came.
    pub activity_name: String,
    /// How many.
    pub people: u32,
    /// Why nobody was scanned.
    pub note: String,
}

/// A device as its organiser sees it on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EveningDevice {
    /// The device.
    pub device: Device,
    /// Participations of the day that rest on one of its scans.
    pub visits: u64,
    /// Where its chain is not whole, over all its events.
    pub breaks: Vec<ChainBreak>,
}

/// A list of scans, bounded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EveningScans {
    /// At most [`LONGEST_LIST`].
    pub scans: Vec<EveningScan>,
    /// There are more.
    pub cut: bool,
}

/// A scan with what was said of it. Without a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EveningScan {
    /// Its id.
    pub scan_id: ScanId,
    /// When it counts.
    pub at: Timestamp,
    /// When it arrived.
    pub received_at: Timestamp,
    /// What for; `None`: an activity that nobody knows.
    pub activity_name: Option<String>,
    /// The device that made it, when one did.
    pub device: Option<DeviceId>,
    /// What the device said, and why.
    pub device_said: Option<(Verdict, Reason)>,
    /// What it counts for now.
    pub verdict: Verdict,
    /// Why.
    pub reason: Reason,
    /// What a person may want to look at.
    pub flags: Flags,
    /// The number that was scanned or typed, also when no pass has it.
    pub number: Option<Number>,
    /// Of a late manual registration: why it came late.
    pub note: Option<String>,
}

/// One moment of an activity, for who registers late.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganiserSession {
    /// The moment.
    pub id: SessionId,
    /// Of which activity.
    pub activity: ActivityId,
    /// The activity's name.
    pub activity_name: String,
    /// Start.
    pub starts_at: Timestamp,
    /// End.
    pub ends_at: Timestamp,
    /// First moment that can be scanned.
    pub opens_at: Timestamp,
    /// Last moment that can be scanned.
    pub closes_at: Timestamp,
}

impl Store {
    /// Everything an organiser sees of one day, and what arrived on it.
    ///
    /// # Errors
    /// [`crate::Error::Denied`] when the scope may not manage devices; [`crate::Error::Unknown`] for an organiser outside it.
    pub async fn evening(&self, scope: &Scope, organiser: OrganiserId, day: Date) -> Result<Evening> {
        self.manages(scope, organiser).await?;
        let counts = self.evening_counts(organiser, day).await?;
        let mut breaks = self.chains(organiser).await?;
        let devices = self.devices(scope, organiser).await?;
        let devices = devices.into_iter().map(|device| EveningDevice {
            visits: counts.of_device(Some(device.id)),
            breaks: breaks.remove(&device.id).unwrap_or_default(),
            device,
        });
        Ok(Evening {
            day,
            devices: devices.collect(),
            without_device: counts.of_device(None),
            without_number: self.manual_counts(organiser, day).await?,
            held: self.held_scans(organiser).await?,
            stories: self.stories(organiser, day).await?,
            visits: counts.all(),
            activities: counts.by_activity(),
        })
    }
}
