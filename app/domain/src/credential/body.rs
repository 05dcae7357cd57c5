//! The sixteen bytes that are signed.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::number::Tag;
use crate::codes::code_enum;

/// The version of the layout that this build writes and reads.
pub const VERSION: u8 = 1;

/// Day zero of [`CredentialDay`].
const EPOCH: Date = date(2020, 1, 1);

/// Day zero of [`CredentialDay`], 00:00 UTC, in seconds since 1970.
pub(super) const EPOCH_SECONDS: i64 = 1_577_836_800;

const SECONDS_A_DAY: i64 = 86_400;

code_enum! {
    /// What sort of pass a credential is. The number is the nibble in the code.
    PassKind("pass kind") {
        /// The pass of one person.
        Personal = "personal" = 1,
        /// The pass of a class or group.
        Group = "group" = 2,
        /// A paper Randuitcheque; who holds it may spend it.
        PaperCheque = "paper_cheque" = 3,
    }
}

impl PassKind {
    const fn from_nibble(nibble: u8) -> Option<Self> {
        match nibble {
            1 => Some(Self::Personal),
            2 => Some(Self::Group),
            3 => Some(Self::PaperCheque),
            _ => None,
        }
    }
}

/// A day before 2020-01-01 or after 2199-06-06, which a credential cannot carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{0} does not fit in a credential: it carries days from 2020-01-01 to 2199-06-06")]
pub struct DayError(pub Date);

/// A day in a credential: days since 2020-01-01.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CredentialDay(u16);

impl CredentialDay {
    /// The day as a credential writes it.
    ///
    /// # Errors
    /// A day that sixteen bits from 2020 on cannot reach.
    pub fn from_date(day: Date) -> Result<Self, DayError> {
        let days = day.since(EPOCH).map_or(-1, |span| span.get_days());
        u16::try_from(days).map(Self).map_err(|_| DayError(day))
    }

    /// The calendar day.
    #[must_use]
    pub fn to_date(self) -> Date {
        // Not by a `Span`: making one can fail, and that brings every message of jiff into the browser's bundle.
        Timestamp::from_second(self.unix_seconds()).map_or(EPOCH, |at| Offset::UTC.to_datetime(at).date())
    }

    /// Days since 2020-01-01.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }

    /// The start of the day in UTC, in seconds since 1970: what the JWT's `nbf` says.
    #[must_use]
    pub fn unix_seconds(self) -> i64 {
        EPOCH_SECONDS + i64::from(self.0) * SECONDS_A_DAY
    }

    /// The start of the next day in UTC, in seconds since 1970: what the JWT's `exp` says of the last valid day.
    #[must_use]
    pub fn next_unix_seconds(self) -> i64 {
        self.unix_seconds() + SECONDS_A_DAY
    }
}

impl From<u16> for CredentialDay {
    fn from(days: u16) -> Self {
        Self(days)
    }
}

impl TryFrom<Date> for CredentialDay {
    type Error = DayError;

    fn try_from(day: Date) -> Result<Self, DayError> {
        Self::from_date(day)
    }
}

impl fmt::Display for CredentialDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.to_date(), f)
    }
}

impl fmt::Debug for CredentialDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CredentialDay({} = {})", self.0, self.to_date())
    }
}

/// Why sixteen bytes are no body of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BodyError {
    /// A layout that this build does not know.
    #[error("the credential has version {0}; this build reads version 1")]
    Version(u8),
    /// A kind that does not exist.
    #[error("the credential has kind {0}; known are 1 (personal), 2 (group) and 3 (paper cheque)")]
    Kind(u8),
    /// Valid until a day before the first.
    #[error("the credential is valid until {until}, before its first day {from}")]
    Period {
        /// The first day as given.
        from: CredentialDay,
        /// The last day as given.
        until: CredentialDay,
    },
}

/// What a pass says. No name, no birth date, no municipality, no status group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Body {
    /// The layout, 1 today; only four bits travel.
    pub version: u8,
    /// What sort of pass.
    pub kind: PassKind,
    /// Which of the issuer's keys signed.
    pub kid: u8,
    /// Dense number given at issue; addresses the pass in the status list.
    pub index: u32,
    /// Random; what people read and type is this, as a [`super::Number`].
    pub tag: Tag,
    /// The first valid day.
    pub from: CredentialDay,
    /// The last valid day.
    pub until: CredentialDay,
}

impl Body {
    /// The sixteen bytes, big-endian: version and kind, key, index, tag, from, until.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 16] {
        let mut bytes = [0; 16];
        bytes[0] = (self.version << 4) | self.kind as u8;
        bytes[1] = self.kid;
        bytes[2..6].copy_from_slice(&self.index.to_be_bytes());
        bytes[6..12].copy_from_slice(&self.tag.to_bytes());
        bytes[12..14].copy_from_slice(&self.from.get().to_be_bytes());
        bytes[14..16].copy_from_slice(&self.until.get().to_be_bytes());
        bytes
    }

    /// The number people read and type.
    #[must_use]
    pub const fn number(&self) -> super::Number {
        super::Number::from_tag(self.tag)
    }

    /// The JWT's `nbf` as an instant.
    #[must_use]
    pub fn not_before(&self) -> Timestamp {
        Timestamp::from_second(self.from.unix_seconds()).unwrap_or(Timestamp::MAX)
    }
}

impl TryFrom<[u8; 16]> for Body {
    type Error = BodyError;

    fn try_from(bytes: [u8; 16]) -> Result<Self, BodyError> {
        let [head, kid, i0, i1, i2, i3, t0, t1, t2, t3, t4, t5, f0, f1, u0, u1] = bytes;
        let version = head >> 4;
        if version != VERSION {
            return Err(BodyError::Version(version));
        }
        let kind = PassKind::from_nibble(head & 0x0f).ok_or(BodyError::Kind(head & 0x0f))?;
        let from = CredentialDay(u16::from_be_bytes([f0, f1]));
        let until = CredentialDay(u16::from_be_bytes([u0, u1]));
        if until < from {
            return Err(BodyError::Period { from, until });
        }
        let index = u32::from_be_bytes([i0, i1, i2, i3]);
        Ok(Self {
            version,
            kind,
            kid,
            index,
            tag: Tag::from_bytes([t0, t1, t2, t3, t4, t5]),
            from,
            until,
        })
    }
}
