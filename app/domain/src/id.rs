//! Identifiers: one newtype a table, all UUIDs, so that a holder's id can never be passed where a pass's is meant.

use jiff::Timestamp;
use uuid::{Builder, Uuid};

macro_rules! ids {
    ($( $(#[$meta:meta])* $name:ident ),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// The bare UUID, for storing.
            #[must_use]
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::try_parse(text).map(Self)
            }
        }
    )+};
}

ids! {
    /// A partnership of municipalities or OCMWs.
    PartnershipId,
    /// A club, centre, library or other organiser.
    OrganiserId,
    /// An activity of an organiser.
    ActivityId,
    /// One moment of an activity.
    SessionId,
    /// A newcomer who holds a pass.
    HolderId,
    /// One pass of a holder; a replacement is another pass.
    PassId,
    /// A program that uses the API: ticketing, kiosk.
    ClientId,
    /// A phone or tablet that was paired with an organiser; it scans without an account.
    DeviceId,
    /// A person who logs in.
    AccountId,
    /// One scan, made by whoever scans; the key that makes a repeat harmless.
    ScanId,
    /// A scheme of Randuitcheques.
    SchemeId,
    /// Cheques that were handed to a holder together.
    ChequeLotId,
    /// A printed batch of paper cheques.
    ChequeBatchId,
    /// What an organiser is paid for a period.
    SettlementId,
    /// An action of the work plan.
    ActionId,
    /// A partner that refers newcomers.
    PartnerId,
    /// A line of what was spent.
    CostLineId,
    /// A line of what may be spent.
    BudgetLineId,
    /// What was agreed with a partner.
    AgreementId,
    /// A member of the learning network.
    NetworkMemberId,
    /// A meeting of the learning network.
    MeetingId,
    /// A practice sheet.
    PracticeId,
    /// A file of denominators or of counts from before the pass that somebody brought in.
    ImportId,
}

/// Lays out a UUID version 7 from the caller's clock and ten random bytes: the one place that does.
///
/// Milliseconds since 1970 come first, so that ids made later sort later; a time before 1970 counts as 1970.
#[must_use]
pub fn uuid_v7(at: Timestamp, random: [u8; 10]) -> Uuid {
    let millis = u64::try_from(at.as_millisecond()).unwrap_or(0);
    Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_v7_carries_time_version_and_variant() {
        let at: Timestamp = "2026-03-01T10:00:00.123Z".parse().unwrap();
        let id = uuid_v7(at, [0xff; 10]);
        assert_eq!(id.get_version_num(), 7);
        assert_eq!(id.to_string(), "019ca8d7-2d7b-7fff-bfff-ffffffffffff");
        assert!(uuid_v7(at, [0xff; 10]) < uuid_v7(at + jiff::SignedDuration::from_millis(1), [0; 10]));
    }

    #[test]
    fn an_id_survives_text_and_json() {
        let id = HolderId::from(uuid_v7(Timestamp::UNIX_EPOCH, [7; 10]));
        assert_eq!(id.to_string().parse::<HolderId>().unwrap(), id);
        assert_eq!(
            serde_json::from_str::<HolderId>(&serde_json::to_string(&id).unwrap()).unwrap(),
            id
        );
        assert!("geen-id".parse::<HolderId>().is_err());
    }
}
