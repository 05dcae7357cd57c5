//! What every handler of the server shares.

use std::net::IpAddr;
use std::sync::Arc;

use storage::Store;

use super::assets::Assets;
use super::headers::SecurityHeaders;
use crate::api::v1::device::packages::Packages;
use crate::auth::limiter::Limiter;
use crate::auth::tokens::Tokens;
use crate::keys::{KeyRing, ReportKeys};

/// Cheap to clone: one pointer.
#[derive(Clone)]
pub(crate) struct AppState(Arc<Shared>);

/// The things behind [`AppState`].
pub(crate) struct Shared {
    /// Everything that is kept.
    pub(crate) store: Store,
    /// Scopes of client tokens.
    pub(crate) tokens: Tokens,
    /// Tries of pairing codes: a code has only forty bits.
    pub(crate) pairing_tries: Limiter<IpAddr>,
    /// What paired devices take along.
    pub(crate) packages: Packages,
    /// Public keys of passes.
    pub(crate) ring: Arc<KeyRing>,
    /// Seals frozen reports.
    pub(crate) report_keys: Arc<ReportKeys>,
    /// `iss` of every pass.
    pub(crate) issuer: Arc<str>,
    /// Whether the public address is https.
    pub(crate) secure: bool,
    /// `host[:port]` of the public address, when it was given.
    pub(crate) public_authority: Option<String>,
    /// Files of the site.
    pub(crate) assets: Assets,
    /// Headers of every answer.
    pub(crate) headers: SecurityHeaders,
}

impl AppState {
    /// Shares these.
    pub(crate) fn new(shared: Shared) -> Self {
        Self(Arc::new(shared))
    }
}

impl std::ops::Deref for AppState {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}
