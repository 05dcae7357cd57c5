//! The chain of a device's events: how a lost queue is noticed (`docs/protocol.md` §4).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::id::ScanId;

/// What the next event's `prev` must be: base64url of SHA-256 over this event's `scan_id` text and its `prev` text.
#[must_use]
pub fn chain_link(scan_id: ScanId, prev: Option<&str>) -> String {
    let mut hash = Sha256::new();
    hash.update(scan_id.to_string());
    hash.update(prev.unwrap_or_default());
    URL_SAFE_NO_PAD.encode(hash.finalize())
}

/// One event of a device's chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainLink {
    /// The device's own counter, from 1.
    pub seq: i64,
    /// The event.
    pub scan_id: ScanId,
    /// [`chain_link`] of the event before; `None` for the first.
    pub prev: Option<String>,
}

/// Where a chain is not whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChainBreak {
    /// These events never came (both ends included).
    Missing {
        /// The first one that is not there.
        from: i64,
        /// The last one.
        until: i64,
    },
    /// This event does not follow from the one before it, or its number came twice: the device's memory was copied,
    /// restored, or tampered with.
    Broken {
        /// The number of the event.
        seq: i64,
    },
}

/// Every break of a chain, by number. `links` may come in any order; the same event twice is no break.
#[must_use]
pub fn chain_breaks(links: &[ChainLink]) -> Vec<ChainBreak> {
    let mut links: Vec<&ChainLink> = links.iter().collect();
    links.sort_by_key(|link| (link.seq, link.scan_id));
    links.dedup_by_key(|link| (link.seq, link.scan_id));
    let mut breaks = Vec::new();
    let mut before: Option<&ChainLink> = None;
    for link in links {
        let expected = before.map_or(1, |before| before.seq.saturating_add(1));
        if link.seq > expected {
            breaks.push(ChainBreak::Missing {
                from: expected,
                until: link.seq - 1,
            });
        } else if link.seq < expected {
            breaks.push(ChainBreak::Broken { seq: link.seq });
            continue;
        } else {
            let follows = before.map(|before| chain_link(before.scan_id, before.prev.as_deref()));
            if link.prev != follows {
                breaks.push(ChainBreak::Broken { seq: link.seq });
            }
        }
        before = Some(link);
    }
    breaks
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn chain(length: i64) -> Vec<ChainLink> {
        let mut prev = None;
        (1..=length)
            .map(|seq| {
                let scan_id = ScanId::from(Uuid::from_u128(seq.unsigned_abs().into()));
                let link = ChainLink {
                    seq,
                    scan_id,
                    prev: prev.clone(),
                };
                prev = Some(chain_link(scan_id, prev.as_deref()));
                link
            })
            .collect()
    }

    #[test]
    fn a_whole_chain_has_no_break_in_any_order() {
        let mut links = chain(9);
        links.extend(chain(3));
        links.reverse();
        assert_eq!(chain_breaks(&links), []);
        assert_eq!(chain_breaks(&[]), []);
    }

    #[test]
    fn what_is_missing_is_named() {
        let mut links = chain(9);
        links.retain(|link| ![1, 4, 5].contains(&link.seq));
        assert_eq!(
            chain_breaks(&links),
            [
                ChainBreak::Missing { from: 1, until: 1 },
                ChainBreak::Missing { from: 4, until: 5 }
            ]
        );
    }

    #[test]
    fn the_largest_number_there_is_breaks_the_chain_and_not_the_server() {
        let mut links = chain(2);
        links[1].seq = i64::MAX;
        links.push(ChainLink {
            scan_id: ScanId::from(Uuid::from_u128(99)),
            ..links[1].clone()
        });
        let gap = ChainBreak::Missing {
            from: 2,
            until: i64::MAX - 1,
        };
        assert_eq!(chain_breaks(&links), [gap, ChainBreak::Broken { seq: i64::MAX }]);
    }

    #[test]
    fn a_restored_memory_and_a_forged_link_are_breaks() {
        let mut links = chain(5);
        links[3].prev = Some("x".to_owned());
        assert_eq!(
            chain_breaks(&links),
            [ChainBreak::Broken { seq: 4 }, ChainBreak::Broken { seq: 5 }]
        );
        let mut links = chain(5);
        links.push(ChainLink {
            seq: 3,
            scan_id: ScanId::from(Uuid::from_u128(99)),
            prev: links[2].prev.clone(),
        });
        assert_eq!(chain_breaks(&links), [ChainBreak::Broken { seq: 3 }]);
    }
}
