//! Which passes are not valid, for a whole region in a few kilobytes: the layout of the IETF's Token Status List.
//!
//! Two bits a credential, addressed by its index, the lowest bits of a byte first; then zlib. A pass that was issued
//! after the list lies behind its end: its signature is the proof that it is good.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use thiserror::Error;

use super::inflate::inflate;
use crate::scan::PassStatus;

/// Bits a credential.
pub const BITS: u8 = 2;

const A_BYTE: usize = 4;

/// Nobody has a list of more passes than this (64 MiB); a longer one is an attack on the phone's memory.
const LARGEST: usize = 64 * 1024 * 1024;

/// The best that zlib does: the list is made once and sent to many.
const LEVEL: u8 = 10;

/// Why a text is no status list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum StatusListError {
    /// Not base64url.
    #[error("the status list is no base64url")]
    Base64,
    /// Not zlib, cut off, or far too large.
    #[error("the status list cannot be inflated")]
    Zlib,
}

/// The statuses of all passes, unpacked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StatusList(Vec<u8>);

impl StatusList {
    /// A list in which the first `passes` indexes are valid, but for the exceptions.
    #[must_use]
    pub fn new(passes: u32, exceptions: impl IntoIterator<Item = (u32, PassStatus)>) -> Self {
        let mut bytes = vec![0; size(passes)];
        for (index, status) in exceptions {
            let (at, shift) = place(index);
            if bytes.len() <= at {
                bytes.resize(at + 1, 0);
            }
            let bits: u8 = match status {
                PassStatus::Valid => 0,
                PassStatus::Revoked => 1,
                PassStatus::Suspended => 2,
            };
            if let Some(byte) = bytes.get_mut(at) {
                *byte = (*byte & !(3 << shift)) | (bits << shift);
            }
        }
        Self(bytes)
    }

    /// What the list says of an index; behind its end a pass is valid, and the reserved value 3 refuses for now.
    #[must_use]
    pub fn status(&self, index: u32) -> PassStatus {
        let (at, shift) = place(index);
        match self.0.get(at).map_or(0, |byte| (byte >> shift) & 3) {
            0 => PassStatus::Valid,
            1 => PassStatus::Revoked,
            _ => PassStatus::Suspended,
        }
    }

    /// The `lst` member: base64url(zlib(bytes)).
    #[must_use]
    pub fn to_lst(&self) -> String {
        URL_SAFE_NO_PAD.encode(miniz_oxide::deflate::compress_to_vec_zlib(&self.0, LEVEL))
    }

    /// Reads an `lst` member.
    ///
    /// # Errors
    /// Says which of the two wrappings broke.
    pub fn from_lst(lst: &str) -> Result<Self, StatusListError> {
        let packed = URL_SAFE_NO_PAD.decode(lst).map_err(|_| StatusListError::Base64)?;
        inflate(&packed, LARGEST).map(Self).ok_or(StatusListError::Zlib)
    }
}

fn size(passes: u32) -> usize {
    usize::try_from(passes).unwrap_or(usize::MAX).div_ceil(A_BYTE)
}

/// Byte and shift of an index.
fn place(index: u32) -> (usize, u32) {
    (usize::try_from(index / 4).unwrap_or(usize::MAX), 2 * (index % 4))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_layout_is_the_drafts_own() {
        // The two-bit example of the IETF draft (Token Status List, "Status List with 2-Bit Status Values").
        let values = [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3];
        let bytes = [0xc9, 0x44, 0xf9];
        let list = StatusList(bytes.to_vec());
        for (index, value) in values.into_iter().enumerate() {
            let expect = match value {
                0 => PassStatus::Valid,
                1 => PassStatus::Revoked,
                _ => PassStatus::Suspended,
            };
            assert_eq!(list.status(u32::try_from(index).unwrap()), expect, "{index}");
        }
        let lst = "eNo76fITAAPfAgc";
        assert_eq!(StatusList::from_lst(lst), Ok(list));
    }

    #[test]
    fn a_list_survives_its_text_and_knows_nothing_behind_its_end() {
        let list = StatusList::new(
            10,
            [
                (3, PassStatus::Revoked),
                (9, PassStatus::Suspended),
                (40, PassStatus::Revoked),
            ],
        );
        let read = StatusList::from_lst(&list.to_lst()).unwrap();
        assert_eq!(read, list);
        let not_valid: Vec<u32> = (0..100)
            .filter(|&index| read.status(index) != PassStatus::Valid)
            .collect();
        assert_eq!(not_valid, [3, 9, 40]);
        assert_eq!(StatusList::from_lst("*"), Err(StatusListError::Base64));
        assert_eq!(StatusList::from_lst("AAAA"), Err(StatusListError::Zlib));
        assert_eq!(StatusList::default().status(u32::MAX), PassStatus::Valid);
    }

    #[test]
    fn a_hundred_thousand_passes_with_two_in_a_hundred_revoked_take_four_kilobytes() {
        // A fixed, even scatter: a multiplicative hash of the index.
        let revoked = (0..100_000u32)
            .filter(|index| index.wrapping_mul(2_654_435_761) % 1_000 < 20)
            .map(|index| (index, PassStatus::Revoked));
        let list = StatusList::new(100_000, revoked);
        let count = (0..100_000)
            .filter(|&index| list.status(index) == PassStatus::Revoked)
            .count();
        assert!((1_900..=2_100).contains(&count), "{count}");
        let deflated = miniz_oxide::deflate::compress_to_vec_zlib(&list.0, LEVEL).len();
        assert!(deflated <= 4_000, "{deflated} bytes");
    }
}
