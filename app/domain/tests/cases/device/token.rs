//! What a device's key signs to prove who it is, and how long that holds.

use domain::DeviceId;
use domain::device::token::{DeviceClaims, compact, sync_input};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub(super) struct Token {
    name: String,
    claims: DeviceClaims,
    /// Header and payload of the JWT; what WebCrypto signs.
    signing_input: String,
    /// Instants, and whether it is current then.
    current: Vec<(Timestamp, bool)>,
}

const DEVICE: &str = "00000000-0000-7000-8000-000000000007";
const MADE: i64 = 1_773_167_400;
const HEADER: &str = "eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9";

/// Worked out with another program.
const PAYLOAD: &str = "eyJzdWIiOiIwMDAwMDAwMC0wMDAwLTcwMDAtODAwMC0wMDAwMDAwMDAwMDciLCJhdWQiOiJodHRwczovL3Bhcy5leGFtcGxlIiwiaWF0IjoxNzczMTY3NDAwLCJleHAiOjE3NzMxNjc1MjB9";
const SYNC_HEADER: &str = "eyJhbGciOiJFUzI1NiIsImtpZCI6IjAwMDAwMDAwLTAwMDAtNzAwMC04MDAwLTAwMDAwMDAwMDAwNyJ9";

fn device() -> DeviceId {
    DEVICE.parse().unwrap()
}

pub(super) fn tokens() -> Vec<Token> {
    let token = |name: &str, exp: i64, current: &[(&str, bool)]| {
        let claims = DeviceClaims {
            sub: device(),
            aud: "https://pas.example".to_owned(),
            iat: MADE,
            exp,
        };
        let signing_input = if exp == MADE + 120 {
            format!("{HEADER}.{PAYLOAD}")
        } else {
            claims.signing_input()
        };
        Token {
            name: name.to_owned(),
            claims,
            signing_input,
            current: current
                .iter()
                .map(|&(at, holds)| (at.parse().unwrap(), holds))
                .collect(),
        }
    };
    vec![
        token(
            "made at half past seven, for two minutes",
            MADE + 120,
            &[
                ("2026-03-10T18:28:59Z", false),
                ("2026-03-10T18:28:59.999Z", false),
                ("2026-03-10T18:29:00Z", true),
                ("2026-03-10T18:30:00Z", true),
                ("2026-03-10T18:31:59Z", true),
                ("2026-03-10T18:31:59.999Z", true),
                ("2026-03-10T18:32:00Z", false),
                ("2026-03-11T18:30:00Z", false),
                ("1970-01-01T00:00:00Z", false),
            ],
        ),
        token(
            "for half a minute",
            MADE + 30,
            &[("2026-03-10T18:30:29Z", true), ("2026-03-10T18:30:30Z", false)],
        ),
        token(
            "for a second longer than allowed",
            MADE + 121,
            &[("2026-03-10T18:30:00Z", false), ("2026-03-10T18:31:00Z", false)],
        ),
        token("for ever", i64::MAX, &[("2026-03-10T18:30:00Z", false)]),
        token("over before it was made", MADE - 1, &[("2026-03-10T18:30:00Z", false)]),
    ]
}

pub(super) fn check(tokens: &[Token]) {
    assert!(tokens.len() >= 5);
    for Token {
        name,
        claims,
        signing_input,
        current,
    } in tokens
    {
        assert_eq!(&claims.signing_input(), signing_input, "{name}");
        for (at, holds) in current {
            assert_eq!(claims.is_current(*at), *holds, "{name} {at}");
        }
    }
    let made = DeviceClaims::new(device(), "https://pas.example", Timestamp::from_second(MADE).unwrap());
    assert_eq!(made, tokens[0].claims);
    let signed = compact(&sync_input(device(), b"{}"), &[0xff; 64]);
    assert_eq!(signed, format!("{SYNC_HEADER}.e30.{}w", "_".repeat(85)));
}
