//! The two cookies: who is logged in, and which passes are on this phone.

use axum::http::{HeaderMap, HeaderValue, header};

/// Name of the cookie with the claimed passes: claim tokens, separated by commas.
pub const CLAIMS_COOKIE: &str = "randpas_pas";
/// More passes than this are not kept on one phone: a family fits, a stolen pile does not.
pub(crate) const MAX_CLAIMS: usize = 8;
/// The claim link of a pass that was issued a moment ago, for the card page that follows. Only under `/balie`.
const FRESH_CLAIM: &str = "randpas_link";

/// 400 days: the longest that browsers keep a cookie.
const CLAIMS_SECONDS: u32 = 400 * 24 * 60 * 60;
/// How long the counter sees the link of a new pass.
const FRESH_SECONDS: u32 = 15 * 60;

/// Name of the cookie that holds the session token. The `__Host-` prefix makes the browser insist on `Secure`,
/// `Path=/` and no `Domain`, so it is only usable when the site is served over `https`.
#[must_use]
pub const fn session_cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-randpas" } else { "randpas" }
}

/// The cookies of a request.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cookies(Vec<(String, String)>);

impl Cookies {
    /// Reads every `Cookie` header; what is not text is left out.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let pairs = headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok());
        let pairs = pairs
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='));
        Self(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// The session token, if any.
    pub(crate) fn session(&self, secure: bool) -> Option<&str> {
        self.get(session_cookie_name(secure)).filter(|token| !token.is_empty())
    }

    /// The claim tokens on this phone, in the order in which they were added.
    pub(crate) fn claims(&self) -> Vec<String> {
        let mut tokens: Vec<String> = Vec::new();
        let value = self.get(CLAIMS_COOKIE).unwrap_or_default();
        for token in value.split(',').filter(|token| is_token(token)) {
            if tokens.len() < MAX_CLAIMS && !tokens.iter().any(|known| known == token) {
                tokens.push(token.to_owned());
            }
        }
        tokens
    }

    /// The claim token of this pass, when it was made a moment ago in this browser.
    pub(crate) fn fresh_claim(&self, number: &str) -> Option<String> {
        let (of, token) = self.get(FRESH_CLAIM)?.split_once(':')?;
        (of == number && is_token(token)).then(|| token.to_owned())
    }
}

/// Whether this can be a claim token at all (base64url), so that nothing else reaches the database or the cookie.
pub(crate) fn is_token(text: &str) -> bool {
    (16..=128).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// A `Set-Cookie` value. `max_age` in seconds: `None` until the browser closes, 0 removes it.
fn set(name: &str, value: &str, path: &str, max_age: Option<u32>, secure: bool) -> Option<HeaderValue> {
    let age = max_age
        .map(|seconds| format!("; Max-Age={seconds}"))
        .unwrap_or_default();
    let secure = if secure { "; Secure" } else { "" };
    HeaderValue::from_str(&format!(
        "{name}={value}; Path={path}{age}; HttpOnly; SameSite=Lax{secure}"
    ))
    .ok()
}

/// Somebody logged in. The cookie lives as long as the browser; the session in the database ends by itself.
pub(crate) fn set_session(token: &str, secure: bool) -> Option<HeaderValue> {
    set(session_cookie_name(secure), token, "/", None, secure)
}

/// Somebody logged out. With the attributes it was set with: browsers do not even look at a `__Host-` cookie else.
pub(crate) fn drop_session(secure: bool) -> Option<HeaderValue> {
    set(session_cookie_name(secure), "", "/", Some(0), secure)
}

/// Keeps these claim tokens on the phone; none removes the cookie.
pub(crate) fn set_claims(tokens: &[String], secure: bool) -> Option<HeaderValue> {
    let age = if tokens.is_empty() { 0 } else { CLAIMS_SECONDS };
    set(CLAIMS_COOKIE, &tokens.join(","), "/", Some(age), secure)
}

/// Remembers the claim link of a pass for the page that comes next. `number` as printed.
pub(crate) fn set_fresh_claim(number: &str, token: &str, secure: bool) -> Option<HeaderValue> {
    set(
        FRESH_CLAIM,
        &format!("{number}:{token}"),
        "/balie",
        Some(FRESH_SECONDS),
        secure,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cookies(value: &str) -> Cookies {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_str(value).unwrap());
        Cookies::of(&headers)
    }

    #[test]
    fn a_phone_keeps_eight_different_passes_and_no_rubbish() {
        let token = |i: usize| format!("abcdefghijklmnop{i}");
        let ten: Vec<String> = (0..10).map(token).collect();
        let value = format!("randpas_pas=../../x,{},{}, short", ten[0], ten.join(","));
        let found = cookies(&value).claims();
        assert_eq!(found, ten[..MAX_CLAIMS]);
        assert!(cookies("other=1").claims().is_empty());
    }

    #[test]
    fn the_session_cookie_is_bound_to_the_host_only_over_https() {
        let set = set_session("tok", true).unwrap();
        assert_eq!(set, "__Host-randpas=tok; Path=/; HttpOnly; SameSite=Lax; Secure");
        assert!(!set_session("tok", false).unwrap().to_str().unwrap().contains("Secure"));
        assert_eq!(cookies("a=b; randpas=tok").session(false), Some("tok"));
        assert_eq!(cookies("randpas=").session(false), None);
    }

    #[test]
    fn a_fresh_link_belongs_to_one_pass() {
        let jar = cookies("randpas_link=7K3M-9QX2-4TP:abcdefghijklmnopq");
        assert_eq!(jar.fresh_claim("7K3M-9QX2-4TP").as_deref(), Some("abcdefghijklmnopq"));
        assert_eq!(jar.fresh_claim("0000-0000-000"), None);
    }

    #[test]
    fn removing_the_last_pass_removes_the_cookie() {
        assert!(set_claims(&[], false).unwrap().to_str().unwrap().contains("Max-Age=0"));
    }
}
