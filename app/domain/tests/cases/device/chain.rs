//! Links of a chain, and chains with gaps, forged links and copied memories.

use domain::{ChainBreak, ChainLink, ScanId, chain_breaks, chain_link};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[derive(Serialize, Deserialize)]
pub(super) struct Link {
    scan_id: ScanId,
    prev: Option<String>,
    /// The `prev` of the event after it.
    next_prev: String,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Chain {
    name: String,
    links: Vec<ChainLink>,
    /// `missing FROM-UNTIL` or `broken SEQ`, in order.
    expect: Vec<String>,
}

/// Worked out with another program: each is the hash over `…00N` and the one before.
pub(super) const HASHES: [&str; 6] = [
    "IviebSe0rP6ikeZa-JiH1Ru-z_CSYxuGS6L_Q_Yuc4M",
    "k9CmpXu8FOHaP8-Dra88x5idBBE9xKFC_iRZdqQDFYQ",
    "-sY8ehldQRhfaGrwq8Q5dSTGDUYH0g1q00gUp1d4DN0",
    "IRxPoBTaaM-FgKV_QMVctozi3AzLG1GtsPSZfoWMa1I",
    "cpZ8kJKXoriHg0mnyzbCc0ty_is6sAe53pH6iexXOlg",
    "I77UPOsBFqFuOYhYCbDyb7gTpJSqv9gD-9op2iF7CP8",
];

fn scan(n: u8) -> ScanId {
    Uuid::from_bytes([0, 0, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, n]).into()
}

/// The link of event `n` of the one good chain of six.
fn good(n: u8) -> ChainLink {
    let prev = usize::from(n).checked_sub(2).and_then(|at| HASHES.get(at));
    ChainLink {
        seq: n.into(),
        scan_id: scan(n),
        prev: prev.map(|&prev| prev.to_owned()),
    }
}

pub(super) fn links() -> Vec<Link> {
    let mut links: Vec<Link> = (1u8..)
        .zip(HASHES)
        .map(|(n, hash)| Link {
            scan_id: scan(n),
            prev: good(n).prev,
            next_prev: hash.to_owned(),
        })
        .collect();
    links.push(Link {
        scan_id: "019cd92f-a3c0-7abc-8def-0123456789ab".parse().unwrap(),
        prev: None,
        next_prev: "pxWmiptsPbLhxFWW-cCZV9V52ceusHEME3EUdFdp4Rc".to_owned(),
    });
    links
}

pub(super) fn chains() -> Vec<Chain> {
    let chain = |name: &str, links: Vec<ChainLink>, expect: &[&str]| Chain {
        name: name.to_owned(),
        links,
        expect: expect.iter().map(|&text| text.to_owned()).collect(),
    };
    let of = |numbers: &[u8]| numbers.iter().map(|&n| good(n)).collect::<Vec<_>>();
    let with = |mut links: Vec<ChainLink>, more: ChainLink| {
        links.push(more);
        links
    };
    let forged = |n: u8, prev: Option<&str>| ChainLink {
        prev: prev.map(str::to_owned),
        ..good(n)
    };
    let at = |seq: i64, n: u8| ChainLink { seq, ..good(n) };
    vec![
        chain("nothing", vec![], &[]),
        chain("the first event alone", of(&[1]), &[]),
        chain("a whole chain", of(&[1, 2, 3, 4, 5, 6]), &[]),
        chain("in any order", of(&[4, 1, 6, 2, 5, 3]), &[]),
        chain("the same events twice", of(&[1, 2, 3, 1, 2, 3]), &[]),
        chain("the first one is missing", of(&[2, 3]), &["missing 1-1"]),
        chain("one in the middle is missing", of(&[1, 2, 4, 5]), &["missing 3-3"]),
        chain("several are missing", of(&[1, 5, 6]), &["missing 2-4"]),
        chain("two gaps", of(&[1, 3, 6]), &["missing 2-2", "missing 4-5"]),
        chain("all but the last are missing", of(&[6]), &["missing 1-5"]),
        chain("the last one is missing: nobody can know", of(&[1, 2, 3, 4, 5]), &[]),
        chain(
            "a first event that follows another",
            vec![forged(1, Some(HASHES[5]))],
            &["broken 1"],
        ),
        chain(
            "a forged link in the middle: the next one is off too",
            [of(&[1, 2]), vec![forged(3, Some(HASHES[0]))], of(&[4, 5])].concat(),
            &["broken 3", "broken 4"],
        ),
        chain(
            "an event without a link",
            [of(&[1, 2]), vec![forged(3, None)]].concat(),
            &["broken 3"],
        ),
        chain(
            "a copied memory: a number twice",
            with(of(&[1, 2, 3]), at(3, 9)),
            &["broken 3"],
        ),
        chain(
            "a memory that began again",
            with(of(&[1, 2, 3]), ChainLink { prev: None, ..at(1, 9) }),
            &["broken 1"],
        ),
        chain(
            "a forged link after a gap cannot be seen, the one behind it can",
            [of(&[1]), vec![forged(3, Some("x"))], of(&[4])].concat(),
            &["missing 2-2", "broken 4"],
        ),
        chain("a number below one", with(of(&[1]), at(0, 9)), &["broken 0"]),
        chain(
            "the largest number there is, twice",
            vec![good(1), at(i64::MAX, 2), at(i64::MAX, 4)],
            &["missing 2-9223372036854775806", "broken 9223372036854775807"],
        ),
    ]
}

pub(super) fn check(links: &[Link], chains: &[Chain]) {
    assert!(links.len() >= 7 && chains.len() >= 19);
    for link in links {
        assert_eq!(chain_link(link.scan_id, link.prev.as_deref()), link.next_prev);
    }
    for chain in chains {
        let found: Vec<String> = chain_breaks(&chain.links)
            .into_iter()
            .map(|found| match found {
                ChainBreak::Missing { from, until } => format!("missing {from}-{until}"),
                ChainBreak::Broken { seq } => format!("broken {seq}"),
            })
            .collect();
        assert_eq!(found, chain.expect, "{}", chain.name);
    }
}
