//! The JWT behind a pass, rebuilt from its body byte for byte, so that any JWT library can check the signature.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::{Body, Credential};

impl Body {
    /// What the issuer's key signs: `header.payload`, both base64url.
    ///
    /// `issuer` is the `iss` claim: the scheme's public address, as it comes with the keys.
    #[must_use]
    pub fn signing_input(&self, issuer: &str) -> String {
        let mut text = String::with_capacity(240 + issuer.len() * 2);
        URL_SAFE_NO_PAD.encode_string(self.jwt_header(), &mut text);
        text.push('.');
        URL_SAFE_NO_PAD.encode_string(self.jwt_payload(issuer), &mut text);
        text
    }

    /// The JWT's header as JSON: fixed order, no spaces.
    #[must_use]
    pub fn jwt_header(&self) -> String {
        format!(r#"{{"typ":"JWT","alg":"EdDSA","kid":"{}"}}"#, self.kid)
    }

    /// The JWT's payload as JSON: fixed order, no spaces.
    #[must_use]
    pub fn jwt_payload(&self, issuer: &str) -> String {
        format!(
            r#"{{"iss":{},"sub":"{}","idx":{},"knd":{},"nbf":{},"exp":{}}}"#,
            // Not `Value::from`: its `Display` brings a second printer and the one for floats into the browser.
            serde_json::to_string(issuer).unwrap_or_default(),
            self.number().compact(),
            self.index,
            self.kind as u8,
            self.from.unix_seconds(),
            self.until.next_unix_seconds(),
        )
    }
}

impl Credential {
    /// What the issuer's key signed: see [`Body::signing_input`].
    #[must_use]
    pub fn signing_input(&self, issuer: &str) -> String {
        self.body.signing_input(issuer)
    }

    /// The whole JWT in compact form, `header.payload.signature`.
    #[must_use]
    pub fn jwt(&self, issuer: &str) -> String {
        let mut text = self.signing_input(issuer);
        text.push('.');
        URL_SAFE_NO_PAD.encode_string(self.signature, &mut text);
        text
    }
}
