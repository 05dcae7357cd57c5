//! Remarks on a scan that change nothing of the verdict but that a person may want to see.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::UnknownCode;
use crate::codes::code_enum;

code_enum! {
    /// A remark on a scan.
    Flag("flag") {
        /// The device's time cannot be right; the time of arrival was taken.
        ClockSuspect = "clock_suspect",
        /// A duplicate made while a device was offline and could not know better.
        DuplicateOffline = "duplicate_offline",
        /// A cheque spent twice offline; the programme carries the loss.
        OfflineLoss = "offline_loss",
        /// Arrived long after it was made.
        Late = "late",
        /// Typed, not scanned.
        Manual = "manual",
    }
}

/// A set of flags; always in the same order, stored as codes with commas between.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Flags(BTreeSet<Flag>);

impl Flags {
    /// No flags.
    #[must_use]
    pub const fn new() -> Self {
        Self(BTreeSet::new())
    }

    /// Raises a flag; twice is once.
    pub fn insert(&mut self, flag: Flag) {
        self.0.insert(flag);
    }

    /// Takes a flag away.
    pub fn remove(&mut self, flag: Flag) {
        self.0.remove(&flag);
    }

    /// The same flags and one more.
    #[must_use]
    pub fn with(mut self, flag: Flag) -> Self {
        self.insert(flag);
        self
    }

    /// Whether a flag is raised.
    #[must_use]
    pub fn contains(&self, flag: Flag) -> bool {
        self.0.contains(&flag)
    }

    /// Whether none is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The flags in their fixed order.
    pub fn iter(&self) -> impl Iterator<Item = Flag> + '_ {
        self.0.iter().copied()
    }

    /// The stored form: `clock_suspect,manual`; empty for none.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.iter().map(Flag::code).collect::<Vec<_>>().join(",")
    }
}

impl fmt::Display for Flags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.to_text())
    }
}

impl FromStr for Flags {
    type Err = UnknownCode;

    fn from_str(text: &str) -> Result<Self, UnknownCode> {
        text.split(',')
            .map(str::trim)
            .filter(|code| !code.is_empty())
            .map(str::parse)
            .collect()
    }
}

impl FromIterator<Flag> for Flags {
    fn from_iter<I: IntoIterator<Item = Flag>>(flags: I) -> Self {
        Self(flags.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_survive_text_and_json_in_a_fixed_order() {
        let flags = Flags::new()
            .with(Flag::Manual)
            .with(Flag::ClockSuspect)
            .with(Flag::Manual);
        assert_eq!(flags.to_string(), "clock_suspect,manual");
        assert_eq!("manual, clock_suspect,".parse::<Flags>().unwrap(), flags);
        assert_eq!(serde_json::to_string(&flags).unwrap(), r#"["clock_suspect","manual"]"#);
        assert!("".parse::<Flags>().unwrap().is_empty());
        assert!("weird".parse::<Flags>().is_err());
    }
}
