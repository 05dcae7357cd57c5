//! What the server hands to every page: the store, the keys, and who is looking.
//!
//! The server builds [`Context`] once and puts a [`Viewer`] in the extensions of every request. Pages make neither:
//! a page that could make its own scope could also ask for what is not its viewer's to see.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use domain::SignatureVerifier;
use storage::{Account, PassSigner, Permission, Scope, Store};

/// What a page may use, shared by all requests.
#[derive(Clone)]
pub struct Context {
    /// Everything that is kept; every call takes the viewer's [`Scope`].
    pub store: Store,
    /// Signs new passes.
    pub signer: Arc<dyn PassSigner + Send + Sync>,
    /// Checks the signature of a pass in an uploaded photo.
    pub verifier: Arc<dyn SignatureVerifier + Send + Sync>,
    /// Checks a password at `/aanmelden`, with the rate limit.
    pub passwords: Arc<dyn PasswordCheck>,
    /// Takes the queue of a phone as a file at `/avond/wachtrij`.
    pub queue: Arc<dyn QueueUpload>,
    /// Opens the seals of frozen reports at `/controle`.
    pub seals: Arc<dyn SealCheck>,
    /// `iss` of the passes: a name that never changes, because every pass is signed with it.
    pub issuer: Arc<str>,
    /// The address that people type, without a slash at the end, when the server was told one.
    pub public_url: Option<Arc<str>>,
    /// Whether the public address is `https`: the session cookie is then `__Host-` and `Secure`.
    pub secure: bool,
}

/// Who is looking: put in the request's extensions by the server's middleware.
#[derive(Clone)]
pub struct Viewer {
    /// The account, when somebody is logged in.
    pub account: Option<Account>,
    /// What they may ask for; the public scope for nobody.
    pub scope: Scope,
}

impl Viewer {
    /// Nobody in particular: sees what is public.
    #[must_use]
    pub fn public() -> Self {
        Self {
            account: None,
            scope: Scope::public(),
        }
    }

    /// Whether this viewer may do `permission`.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        self.scope.may(permission)
    }
}

/// What [`PasswordCheck::verify`] gives back, later.
pub type Verification<'a> = Pin<Box<dyn Future<Output = Result<Account, LogInError>> + Send + 'a>>;

/// Checks e-mail address and password. The server implements it (argon2id, rate limit).
pub trait PasswordCheck: Send + Sync {
    /// The account whose password this is. Takes as long for an unknown address as for a wrong password.
    fn verify<'a>(&'a self, email: &'a str, password: &'a str) -> Verification<'a>;
}

/// Why somebody was not let in.
#[derive(Debug, thiserror::Error)]
pub enum LogInError {
    /// No such account, or another password: never said which.
    #[error("address and password do not belong together")]
    Wrong,
    /// Too many attempts from here or for this address.
    #[error("too many attempts; the next is possible in {} s", retry_after.as_secs())]
    TooMany {
        /// How long to wait before the next attempt.
        retry_after: Duration,
    },
    /// The check itself did not work.
    #[error("could not check the password")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// What [`QueueUpload::accept`] gives back, later.
pub type Upload<'a> = Pin<Box<dyn Future<Output = Result<QueueReceipt, QueueUploadError>> + Send + 'a>>;

/// Takes the scans of a phone that found no network, as the file that it saved. The server implements it: the same as
/// `POST /api/v1/device/queue`.
pub trait QueueUpload: Send + Sync {
    /// Records what is in `file`, for a device that `scope` may manage.
    fn accept<'a>(&'a self, scope: &'a Scope, file: &'a [u8]) -> Upload<'a>;
}

/// What became of the scans in a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct QueueReceipt {
    /// Events in it.
    pub events: u32,
    /// That count now.
    pub counted: u32,
    /// That were counted before, by this device or another.
    pub duplicates: u32,
    /// That do not count.
    pub refused: u32,
    /// That could not be read.
    pub unreadable: u32,
}

/// Why a file was not taken. Then nothing of it was recorded.
#[derive(Debug, thiserror::Error)]
pub enum QueueUploadError {
    /// No file of a queue, or of another version.
    #[error("the file is no queue")]
    NotAQueue,
    /// A device that this scope may not manage, or that nobody knows.
    #[error("the queue is of a device outside the scope")]
    NotYours,
    /// The file was changed since the device signed it.
    #[error("a signature in the queue does not fit")]
    Signature,
    /// The recording itself did not work; sending the file again is safe.
    #[error("could not record the queue")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// What [`SealCheck::is_right`] gives back, later.
pub type SealVerdict<'a> = Pin<Box<dyn Future<Output = Result<bool, storage::Error>> + Send + 'a>>;

/// Checks the seal of a frozen report. The server implements it: it has the keys.
pub trait SealCheck: Send + Sync {
    /// Whether `seal` is signed with a key of ours that was not revoked, and is of the report with this code.
    fn is_right<'a>(&'a self, seal: &'a str, code: &'a str) -> SealVerdict<'a>;
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("issuer", &self.issuer)
            .field("secure", &self.secure)
            .finish_non_exhaustive()
    }
}
