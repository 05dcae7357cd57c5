//! The pass itself: 16 bytes and a signature, written as a QR text, as a JWT and as a number that people type.
//!
//! The formats are those of `docs/protocol.md` §1. Golden vectors: `tests/vectors/credential.json`, `number.json` and
//! `live.json`.

mod body;
mod jwt;
mod key;
mod live;
mod number;
mod qr;

pub use body::{Body, BodyError, CredentialDay, DayError, PassKind, VERSION};
pub use key::{Ed25519Verifier, KeyError, KeyVerdict, SignatureVerifier, VerificationKey};
pub use live::{LIVE_STEP_SECONDS, LiveProof, live_mac, live_step};
pub(crate) use number::is_separator;
pub use number::{Number, NumberError, Tag, TagError};
pub use qr::{Credential, PREFIX, QrError, Scanned, parse_scan};
