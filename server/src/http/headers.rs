//! Security headers of every answer, and the content security policy with the hash of Leptos' own start script.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use leptos::config::LeptosOptions;
use leptos::hydration::HydrationScripts;
use leptos::prelude::*;
use sha2::{Digest, Sha256};

/// The headers, made once at start.
#[derive(Debug, Clone)]
pub(crate) struct SecurityHeaders {
    pairs: Vec<(HeaderName, HeaderValue)>,
}

impl SecurityHeaders {
    /// `https`: whether people reach the server over TLS; only then may a browser be told to insist on it.
    pub(crate) fn new(options: &LeptosOptions, https: bool) -> Self {
        let policy = policy(&start_script_hashes(options), https);
        let mut pairs = vec![
            (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
            (
                header::REFERRER_POLICY,
                HeaderValue::from_static("strict-origin-when-cross-origin"),
            ),
            (
                HeaderName::from_static("permissions-policy"),
                HeaderValue::from_static("camera=(self), microphone=(), geolocation=(), payment=(), usb=()"),
            ),
            (
                HeaderName::from_static("cross-origin-opener-policy"),
                HeaderValue::from_static("same-origin"),
            ),
            (
                HeaderName::from_static("cross-origin-resource-policy"),
                HeaderValue::from_static("same-origin"),
            ),
            (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
        ];
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            pairs.push((header::CONTENT_SECURITY_POLICY, policy));
        }
        if https {
            pairs.push((
                header::STRICT_TRANSPORT_SECURITY,
                HeaderValue::from_static("max-age=31536000"),
            ));
        }
        Self { pairs }
    }

    /// Adds the headers that the answer does not set itself (a claim page sets a stricter `Referrer-Policy`).
    pub(crate) fn apply(&self, headers: &mut HeaderMap) {
        for (name, value) in &self.pairs {
            headers.entry(name).or_insert_with(|| value.clone());
        }
    }
}

/// The policy: everything from our own origin, wasm, no inline style, and only the inline scripts with a known hash.
fn policy(script_hashes: &[String], https: bool) -> String {
    let hashes: String = script_hashes.iter().map(|hash| format!(" 'sha256-{hash}'")).collect();
    let upgrade = if https { "; upgrade-insecure-requests" } else { "" };
    format!(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'{hashes}; style-src 'self'; \
         img-src 'self' data: blob:; media-src 'self' blob:; worker-src 'self'; connect-src 'self'; object-src 'none'; \
         base-uri 'none'; form-action 'self'; frame-ancestors 'none'{upgrade}"
    )
}

/// Hashes of the inline scripts that Leptos writes on a page with islands.
///
/// They are made by rendering Leptos' own component once with the same options, never from an answer that may hold
/// what somebody typed: a hash taken from a page would bless whatever was injected there.
fn start_script_hashes(options: &LeptosOptions) -> Vec<String> {
    let options = options.clone();
    let owner = Owner::new_root(None);
    let html = owner.with(|| {
        leptos::view! {
            <leptos::hydration::AutoReload options=options.clone() />
            <HydrationScripts options=options islands=true />
        }
        .to_html()
    });
    inline_scripts(&html)
        .map(|script| STANDARD.encode(Sha256::digest(script)))
        .collect()
}

/// The texts of `<script …>…</script>` elements without `src`.
fn inline_scripts(html: &str) -> impl Iterator<Item = &str> {
    html.split("<script").skip(1).filter_map(|rest| {
        let (attributes, rest) = rest.split_once('>')?;
        let (text, _) = rest.split_once("</script>")?;
        (!attributes.contains("src=") && !text.is_empty()).then_some(text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options() -> LeptosOptions {
        LeptosOptions::builder().output_name("randpas").build()
    }

    #[test]
    fn the_start_script_is_allowed_by_its_hash_and_nothing_inline_is() {
        let hashes = start_script_hashes(&options());
        assert_eq!(hashes.len(), 1, "Leptos writes one start script");
        let policy = policy(&hashes, false);
        assert!(policy.contains("'wasm-unsafe-eval' 'sha256-"));
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
        assert!(policy.contains("frame-ancestors 'none'"));
    }

    #[test]
    fn only_https_is_told_to_stay_https() {
        let mut plain = HeaderMap::new();
        SecurityHeaders::new(&options(), false).apply(&mut plain);
        assert!(!plain.contains_key(header::STRICT_TRANSPORT_SECURITY));
        let mut tls = HeaderMap::new();
        SecurityHeaders::new(&options(), true).apply(&mut tls);
        assert!(tls.contains_key(header::STRICT_TRANSPORT_SECURITY));
        assert_eq!(
            tls.get("permissions-policy")
                .unwrap()
                .to_str()
                .unwrap()
                .split(',')
                .next(),
            Some("camera=(self)")
        );
    }

    #[test]
    fn scripts_with_a_source_need_no_hash() {
        let found: Vec<_> =
            inline_scripts("<script src=\"/a.js\"></script><script type=\"module\">x</script>").collect();
        assert_eq!(found, ["x"]);
    }
}
