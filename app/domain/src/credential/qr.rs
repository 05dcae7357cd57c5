//! The text in the QR code, and what a scanner does with any text it is given.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::number::is_separator;
use super::{Body, BodyError, LiveProof, Number};
use crate::scan::Reason;

/// What every QR text of ours starts with.
pub const PREFIX: &str = "RND1:";

const BODY: usize = 16;
const SIGNED: usize = BODY + 64;
const LIVE: usize = SIGNED + 3 + 4;

/// The longest text that is worth decoding; ours have 125 and 136 characters.
const LONGEST: usize = PREFIX.len() + 256;

/// Why a text is no credential of ours.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum QrError {
    /// It does not start with `RND1:`.
    #[error("the text does not start with RND1:")]
    Prefix,
    /// It is not base45.
    #[error("the text behind RND1: is no base45")]
    Base45,
    /// It holds neither 80 nor 87 bytes.
    #[error("the credential has {0} bytes; it has 80, or 87 with a live code")]
    Length(usize),
    /// The sixteen bytes say something impossible.
    #[error("the credential's body is wrong")]
    Body(#[from] BodyError),
}

/// A pass as it travels: what is said, who signed it, and perhaps a live code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Credential {
    /// What the pass says.
    pub body: Body,
    /// The issuer's Ed25519 signature over [`Body::signing_input`].
    pub signature: [u8; 64],
    /// Present on a screen that shows a live code.
    pub live: Option<LiveProof>,
}

impl Credential {
    /// A credential without a live code, as issued.
    #[must_use]
    pub const fn new(body: Body, signature: [u8; 64]) -> Self {
        Self {
            body,
            signature,
            live: None,
        }
    }

    /// The number people read and type.
    #[must_use]
    pub const fn number(&self) -> Number {
        self.body.number()
    }

    /// The QR text without live code: 125 characters, all in QR's alphanumeric set.
    #[must_use]
    pub fn to_qr_text(self) -> String {
        let mut bytes = [0; SIGNED];
        self.write_signed(&mut bytes);
        format!("{PREFIX}{}", base45::encode(bytes))
    }

    /// The QR text with a live code: 136 characters.
    #[must_use]
    pub fn to_live_qr_text(self, live: &LiveProof) -> String {
        let mut bytes = [0; LIVE];
        self.write_signed(&mut bytes);
        bytes[SIGNED..SIGNED + 3].copy_from_slice(&live.step.to_be_bytes()[1..]);
        bytes[SIGNED + 3..].copy_from_slice(&live.mac);
        format!("{PREFIX}{}", base45::encode(bytes))
    }

    fn write_signed(&self, bytes: &mut [u8]) {
        bytes[..BODY].copy_from_slice(&self.body.to_bytes());
        bytes[BODY..SIGNED].copy_from_slice(&self.signature);
    }

    /// Reads a QR text, with or without a live code.
    ///
    /// # Errors
    /// Says at which step the text stopped being a credential. The signature is not looked at.
    pub fn from_qr_text(text: &str) -> Result<Self, QrError> {
        let encoded = text.strip_prefix(PREFIX).ok_or(QrError::Prefix)?;
        if text.len() > LONGEST {
            return Err(QrError::Length(encoded.len() / 3 * 2));
        }
        let bytes = base45::decode(encoded).map_err(|_| QrError::Base45)?;
        // The decoder lets two last characters wrap around; a credential has one spelling only.
        if base45::encode(&bytes) != encoded {
            return Err(QrError::Base45);
        }
        let (Some((body, rest)), true) = (bytes.split_first_chunk::<BODY>(), matches!(bytes.len(), SIGNED | LIVE))
        else {
            return Err(QrError::Length(bytes.len()));
        };
        let Some((signature, live)) = rest.split_first_chunk::<64>() else {
            return Err(QrError::Length(bytes.len()));
        };
        let live = match *live {
            [s0, s1, s2, m0, m1, m2, m3] => Some(LiveProof {
                step: u32::from_be_bytes([0, s0, s1, s2]),
                mac: [m0, m1, m2, m3],
            }),
            _ => None,
        };
        Ok(Self {
            body: Body::try_from(*body)?,
            signature: *signature,
            live,
        })
    }
}

impl From<Credential> for String {
    fn from(credential: Credential) -> Self {
        credential
            .live
            .map_or_else(|| credential.to_qr_text(), |live| credential.to_live_qr_text(&live))
    }
}

impl TryFrom<String> for Credential {
    type Error = QrError;

    fn try_from(text: String) -> Result<Self, QrError> {
        Self::from_qr_text(&text)
    }
}

impl std::str::FromStr for Credential {
    type Err = QrError;

    fn from_str(text: &str) -> Result<Self, QrError> {
        Self::from_qr_text(text)
    }
}

/// What a scanner or a keyboard gave us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Scanned {
    /// The QR code of a pass.
    Credential(Credential),
    /// A number that somebody typed.
    Number(Number),
}

impl Scanned {
    /// The number of the pass, however it came in.
    #[must_use]
    pub const fn number(&self) -> Number {
        match self {
            Self::Credential(credential) => credential.number(),
            Self::Number(number) => *number,
        }
    }
}

/// Reads whatever a camera, a keyboard scanner or a person gives: a QR text or a typed number, and nothing else.
///
/// # Errors
/// [`Reason::Malformed`] for a text of ours that is broken (starts with `RND1:`, or looks like a mistyped number),
/// [`Reason::ForeignQr`] for anybody else's code. Never panics, whatever the text.
pub fn parse_scan(text: &str) -> Result<Scanned, Reason> {
    // A keyboard scanner ends with Enter; our base45 never begins or ends with white space.
    let text = text.trim_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}');
    if is_ours(text) {
        return Credential::from_qr_text(text)
            .map(Scanned::Credential)
            .map_err(|_| Reason::Malformed);
    }
    match text.parse::<Number>() {
        Ok(number) => Ok(Scanned::Number(number)),
        Err(_) if looks_typed(text) => Err(Reason::Malformed),
        Err(_) => Err(Reason::ForeignQr),
    }
}

/// `RND`, a digit and a colon, in any case: ours, of this version or another.
fn is_ours(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= PREFIX.len()
        && bytes[..3].eq_ignore_ascii_case(b"RND")
        && bytes[3].is_ascii_digit()
        && bytes[4] == b':'
}

/// Short, letters and digits only: somebody typed a number and made a mistake. Product bar codes have 13 digits.
fn looks_typed(text: &str) -> bool {
    let mut length = 0;
    text.chars().filter(|&typed| !is_separator(typed)).all(|typed| {
        length += 1;
        length <= Number::SYMBOLS + 1 && typed.is_ascii_alphanumeric()
    })
}
