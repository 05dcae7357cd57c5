//! Why a storage method could not do what was asked.

/// What a storage method answers.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a repository method failed. Check-ins, annulments and opening have errors of their own.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The scope may not do this. Answer 403.
    #[error("{0} is not allowed in this scope")]
    Denied(&'static str),
    /// There is no such thing, or it is outside the scope: the two are not told apart on purpose. Answer 404.
    #[error("no such {0}")]
    Unknown(&'static str),
    /// Something with the same identity exists already. Answer 409.
    #[error("{0} exists already")]
    Exists(&'static str),
    /// The values contradict each other or the rules. The text says which. Answer 422.
    #[error("{0}")]
    Invalid(&'static str),
    /// The pass could not be signed.
    #[error("signing a pass failed")]
    Sign(#[source] SignError),
    /// The database refused or could not be reached. Answer 503 or 500.
    #[error("{tried} failed in the database")]
    Database {
        /// What was tried, as a noun phrase: "listing activities".
        tried: &'static str,
        /// What the database said.
        #[source]
        source: sqlx::Error,
    },
}

/// Why a [`crate::PassSigner`] could not sign.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct SignError(pub String);

/// Gives a database error the name of what was tried.
pub(crate) trait Tried<T> {
    /// Wraps the error with `what`, a noun phrase.
    fn tried(self, what: &'static str) -> Result<T>;
}

impl<T> Tried<T> for std::result::Result<T, sqlx::Error> {
    fn tried(self, what: &'static str) -> Result<T> {
        self.map_err(|source| Error::Database { tried: what, source })
    }
}
