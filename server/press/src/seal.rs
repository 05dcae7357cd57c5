//! The seal of a frozen report: what was signed about it, as a compact JWS (RFC 7515).
//!
//! A file cannot hold its own hash, so the seal stands beside the files and names the SHA-256 of each. With the public
//! key and the seal anybody can check a file without asking anybody.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use report::{Document, DocumentKind};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::Form;

/// The one algorithm: Ed25519 (RFC 8037). A header that names another is refused before anything is calculated.
const ALGORITHM: &str = "EdDSA";
/// What kind of JWS it is, so that no other signed text of ours passes for one.
const TYPE: &str = "randpas-report";
/// Longer is no seal of ours.
const LONGEST: usize = 16 * 1024;

/// What is signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seal {
    /// Who sealed it.
    pub iss: String,
    /// The code of the check page.
    pub code: String,
    /// Which document.
    pub kind: DocumentKind,
    /// Its title.
    pub title: String,
    /// Of whom.
    pub subject: String,
    /// Over which period.
    pub period: String,
    /// Compared with which other.
    pub compare: Option<String>,
    /// Up to when events were taken in.
    pub data_date: Timestamp,
    /// SHA-256 of the facts, in hexadecimal.
    pub facts: String,
    /// When it was frozen.
    pub frozen_at: Timestamp,
    /// SHA-256 of each file, in hexadecimal.
    pub files: BTreeMap<Form, String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    alg: String,
    typ: String,
    kid: String,
}

/// Why a text is no seal of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// No seal at all, or of another form.
    #[error("this is not the seal of a report")]
    Shape,
    /// An algorithm that we do not use, `none` among them.
    #[error("the seal names an algorithm that is not used here")]
    Algorithm,
    /// Nobody knows the key.
    #[error("the seal was made with a key that is not known here")]
    UnknownKey,
    /// The key was revoked.
    #[error("the seal was made with a key that was revoked")]
    RevokedKey,
    /// The text and the signature do not belong together.
    #[error("the signature of the seal is not right")]
    Signature,
}

/// SHA-256 of a file.
#[must_use]
pub fn fingerprint(file: &[u8]) -> [u8; 32] {
    Sha256::digest(file).into()
}

/// As text.
#[must_use]
pub fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

impl Seal {
    /// The seal of a document that has a check code; `None` for one that has none.
    #[must_use]
    pub fn of(document: &Document, issuer: &str, files: &[(Form, Vec<u8>)]) -> Option<Self> {
        let check = document.check.as_ref()?;
        Some(Self {
            iss: issuer.to_owned(),
            code: check.code.clone(),
            kind: document.kind,
            title: document.title.clone(),
            subject: document.subject.clone(),
            period: document.period.to_string(),
            compare: document.compare.map(|period| period.to_string()),
            data_date: document.data_date,
            facts: document.facts_hash.clone(),
            frozen_at: check.frozen_at,
            files: files
                .iter()
                .map(|(form, bytes)| (*form, hexadecimal(&fingerprint(bytes))))
                .collect(),
        })
    }

    /// What is signed: header and payload, for the key with this name.
    ///
    /// # Errors
    /// When it cannot be written as JSON, which it always can.
    pub fn signing_input(&self, kid: &str) -> Result<String, serde_json::Error> {
        let header = Header {
            alg: ALGORITHM.to_owned(),
            typ: TYPE.to_owned(),
            kid: kid.to_owned(),
        };
        let (header, payload) = (serde_json::to_vec(&header)?, serde_json::to_vec(self)?);
        Ok(format!(
            "{}.{}",
            URL_SAFE_NO_PAD.encode(header),
            URL_SAFE_NO_PAD.encode(payload)
        ))
    }

    /// The compact JWS.
    #[must_use]
    pub fn compact(signing_input: &str, signature: &[u8; 64]) -> String {
        format!("{signing_input}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    /// Reads a seal and lets `verify` check its signature: key, what was signed, signature.
    ///
    /// # Errors
    /// [`SealError`]; nothing of a seal is believed before its signature is right.
    pub fn open(
        text: &str,
        verify: impl FnOnce(&str, &[u8], &[u8; 64]) -> Result<(), SealError>,
    ) -> Result<Self, SealError> {
        let text = text.trim();
        if text.len() > LONGEST {
            return Err(SealError::Shape);
        }
        let (input, signature) = text.rsplit_once('.').ok_or(SealError::Shape)?;
        let (header, payload) = input.split_once('.').ok_or(SealError::Shape)?;
        let decoded = |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|_| SealError::Shape);
        let header: Header = serde_json::from_slice(&decoded(header)?).map_err(|_| SealError::Shape)?;
        if header.alg != ALGORITHM {
            return Err(SealError::Algorithm);
        }
        if header.typ != TYPE {
            return Err(SealError::Shape);
        }
        let signature: [u8; 64] = decoded(signature)?.try_into().map_err(|_| SealError::Signature)?;
        verify(&header.kid, input.as_bytes(), &signature)?;
        serde_json::from_slice(&decoded(payload)?).map_err(|_| SealError::Shape)
    }

    /// Which of its files this is; `None`: none of them.
    #[must_use]
    pub fn form_of(&self, file: &[u8]) -> Option<Form> {
        let fingerprint = hexadecimal(&fingerprint(file));
        let same = |(form, known): (&Form, &String)| (*known == fingerprint).then_some(*form);
        self.files.iter().find_map(same)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Signs by hashing: enough to tell what is signed.
    fn sign(kid: &str, input: &[u8]) -> [u8; 64] {
        let mut signature = [0; 64];
        let digest = fingerprint(&[kid.as_bytes(), input].concat());
        signature[..32].copy_from_slice(&digest);
        signature
    }

    fn check(kid: &str, input: &[u8], signature: &[u8; 64]) -> Result<(), SealError> {
        match kid {
            "report-1" if *signature == sign(kid, input) => Ok(()),
            "report-1" => Err(SealError::Signature),
            _ => Err(SealError::UnknownKey),
        }
    }

    fn sealed() -> (Seal, String) {
        let files = [(Form::Json, b"{}".to_vec()), (Form::Pdf, b"%PDF".to_vec())];
        let seal = Seal::of(&report::sample(), "urn:randpas", &files).unwrap();
        let input = seal.signing_input("report-1").unwrap();
        let signature = sign("report-1", input.as_bytes());
        (seal, Seal::compact(&input, &signature))
    }

    #[test]
    fn a_seal_is_opened_as_it_was_made() {
        let (seal, text) = sealed();
        let opened = Seal::open(&text, check).unwrap();
        assert_eq!(opened, seal);
        assert_eq!(opened.form_of(b"%PDF"), Some(Form::Pdf));
        assert_eq!(opened.form_of(b"%PDG"), None);
    }

    #[test]
    fn one_byte_changed_breaks_the_seal() {
        let (_, text) = sealed();
        for at in (0..text.len()).step_by(7) {
            let mut bytes = text.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(bytes).unwrap();
            // The last symbol of base64 has bits that mean nothing; every other change is seen.
            assert!(changed == text || Seal::open(&changed, check).is_err(), "{at}");
        }
    }

    #[test]
    fn another_algorithm_or_type_is_refused_before_anything_is_calculated() {
        let (_, text) = sealed();
        let mut parts = text.splitn(2, '.');
        let rest = parts.nth(1).unwrap().to_owned();
        let with = |header: &str| format!("{}.{rest}", URL_SAFE_NO_PAD.encode(header));
        let unreached = |_: &str, _: &[u8], _: &[u8; 64]| -> Result<(), SealError> { unreachable!("refused before") };
        for (header, error) in [
            (
                r#"{"alg":"none","typ":"randpas-report","kid":"report-1"}"#,
                SealError::Algorithm,
            ),
            (
                r#"{"alg":"HS256","typ":"randpas-report","kid":"report-1"}"#,
                SealError::Algorithm,
            ),
            (r#"{"alg":"EdDSA","typ":"JWT","kid":"report-1"}"#, SealError::Shape),
            (
                r#"{"alg":"EdDSA","typ":"randpas-report","kid":"1","jwk":{}}"#,
                SealError::Shape,
            ),
            (r#"{"alg":"EdDSA","kid":"report-1"}"#, SealError::Shape),
        ] {
            assert_eq!(Seal::open(&with(header), unreached), Err(error), "{header}");
        }
        let other = with(r#"{"alg":"EdDSA","typ":"randpas-report","kid":"report-9"}"#);
        assert_eq!(Seal::open(&other, check), Err(SealError::UnknownKey));
        assert_eq!(Seal::open("no seal", check), Err(SealError::Shape));
        assert_eq!(Seal::open("", check), Err(SealError::Shape));
    }
}
