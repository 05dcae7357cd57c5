//! Status lists: two bits a pass, lowest bits first, then zlib.

use domain::{PassStatus, StatusList, StatusListError};
use serde::{Deserialize, Serialize};

use super::super::{from_hex, to_hex};

#[derive(Serialize, Deserialize)]
pub(super) struct Built {
    name: String,
    passes: u32,
    exceptions: Vec<(u32, PassStatus)>,
    /// Unpacked, by hand.
    bytes: String,
    lst: String,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Read {
    name: String,
    lst: String,
    /// The codes of the first indexes, then one behind the end; or `base64` or `zlib`: why it cannot be read.
    expect: Vec<String>,
}

const REVOKED: PassStatus = PassStatus::Revoked;
const SUSPENDED: PassStatus = PassStatus::Suspended;

pub(super) fn built() -> Vec<Built> {
    let built = |name: &str, passes, exceptions: &[(u32, PassStatus)], bytes: &[u8]| Built {
        name: name.to_owned(),
        passes,
        exceptions: exceptions.to_vec(),
        bytes: to_hex(bytes),
        lst: StatusList::new(passes, exceptions.iter().copied()).to_lst(),
    };
    vec![
        built("no passes", 0, &[], &[]),
        built("one pass", 1, &[], &[0]),
        built("four passes fill a byte", 4, &[], &[0]),
        built("a fifth begins another", 5, &[], &[0, 0]),
        built("the first is revoked", 4, &[(0, REVOKED)], &[0b0000_0001]),
        built("the second is suspended", 4, &[(1, SUSPENDED)], &[0b0000_1000]),
        built("the fourth is revoked", 4, &[(3, REVOKED)], &[0b0100_0000]),
        built(
            "all four",
            4,
            &[(0, REVOKED), (1, SUSPENDED), (2, REVOKED), (3, SUSPENDED)],
            &[0b1001_1001],
        ),
        built(
            "in any order",
            12,
            &[(5, SUSPENDED), (3, REVOKED), (11, REVOKED)],
            &[0b0100_0000, 0b0000_1000, 0b0100_0000],
        ),
        built(
            "the last word counts",
            4,
            &[(2, REVOKED), (2, SUSPENDED), (1, REVOKED), (1, PassStatus::Valid)],
            &[0b0010_0000],
        ),
        built(
            "an exception behind the end lengthens it",
            1,
            &[(9, REVOKED)],
            &[0, 0, 0b0000_0100],
        ),
    ]
}

pub(super) fn read() -> Vec<Read> {
    let read = |name: &str, lst: &str, expect: &str| Read {
        name: name.to_owned(),
        lst: lst.to_owned(),
        expect: expect.split(' ').map(str::to_owned).collect(),
    };
    // The values of the draft: 1 2 0 3 0 1 0 1 1 2 3 3; the reserved 3 refuses for now.
    let draft =
        "revoked suspended valid suspended valid revoked valid revoked revoked suspended suspended suspended valid";
    vec![
        read("the example of the IETF draft", "eNo76fITAAPfAgc", draft),
        read("the same, stored and not deflated", "eAEBAwD8_8lE-QPfAgc", draft),
        read("an empty list", "eNoDAAAAAAE", "valid"),
        read(
            "one byte, all revoked",
            "eAEBAQD-_1UAVgBW",
            "revoked revoked revoked revoked valid",
        ),
        read(
            "one byte, all suspended, at the fastest level",
            "eAFbBQAAqwCr",
            "suspended suspended suspended suspended valid",
        ),
        read(
            "one byte, all reserved",
            "eNr7DwABAAEA",
            "suspended suspended suspended suspended valid",
        ),
        read(
            "0 1 2 3, at the usual level",
            "eJx7AgAA5QDl",
            "valid revoked suspended suspended valid",
        ),
        read(
            "a hundred thousand valid passes in 46 bytes",
            ZEROS,
            "valid valid valid valid valid",
        ),
        read("no text", "", "zlib"),
        read("no base64url", "*", "base64"),
        read("base64 with padding", "eNpzOMEAAAJTAQk=", "base64"),
        read("the other alphabet", "eNo76fITAAPfAg+", "base64"),
        read("deflate without zlib around it", "czjBAAA", "zlib"),
        read("cut off", "eNpzOMEA", "zlib"),
        read("a wrong check sum", "eNpzOMEAAAJTAQg", "zlib"),
    ]
}

/// 25,000 bytes of zeros.
const ZEROS: &str = "eNrtwQEBAAAAgiD_r25IQAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAHwYYagAAQ";

pub(super) fn check(built: &[Built], read: &[Read]) {
    assert!(built.len() >= 11 && read.len() >= 15);
    for case in built {
        let list = StatusList::new(case.passes, case.exceptions.iter().copied());
        let unpacked = StatusList::from_lst(&case.lst).unwrap();
        assert_eq!(unpacked, list, "{}", case.name);
        assert_eq!(StatusList::from_lst(&list.to_lst()), Ok(list), "{}", case.name);
        let bytes = from_hex(&case.bytes);
        for index in 0..u32::try_from(4 * bytes.len()).unwrap() + 8 {
            let byte = bytes.get(usize::try_from(index / 4).unwrap()).copied().unwrap_or(0);
            let expect = match (byte >> (2 * (index % 4))) & 3 {
                0 => PassStatus::Valid,
                1 => REVOKED,
                _ => SUSPENDED,
            };
            assert_eq!(unpacked.status(index), expect, "{} {index}", case.name);
        }
    }
    for case in read {
        let found = match StatusList::from_lst(&case.lst) {
            Ok(list) => (0..)
                .zip(&case.expect)
                .map(|(index, _)| list.status(index).code().to_owned())
                .collect(),
            Err(StatusListError::Base64) => vec!["base64".to_owned()],
            Err(StatusListError::Zlib) => vec!["zlib".to_owned()],
        };
        assert_eq!(found, case.expect, "{}", case.name);
    }
}
