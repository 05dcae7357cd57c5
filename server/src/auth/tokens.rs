//! The tokens of programs (ticketing, kiosk), with a short memory: a till that scans hundreds of times a minute is
//! looked up once in a few seconds, and a revoked token stops working within those seconds.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};
use storage::{Scope, Store};

/// How long an answer of the database is believed.
const MEMORY: Duration = Duration::from_secs(5);
/// How many tokens are remembered; made-up tokens must not fill the memory.
const ROOM: usize = 4_096;

type Remembered = HashMap<[u8; 32], (Option<Scope>, Instant)>;

/// Scopes by the hash of their token: the token itself is not kept.
pub(crate) struct Tokens {
    store: Store,
    remembered: RwLock<Remembered>,
}

impl Tokens {
    /// Nothing remembered yet.
    pub(crate) fn new(store: Store) -> Self {
        Self {
            store,
            remembered: RwLock::default(),
        }
    }

    /// The scope of this token; `None` when nobody has it.
    pub(crate) async fn scope(&self, token: &str) -> Result<Option<Scope>, storage::Error> {
        let key: [u8; 32] = Sha256::digest(token).into();
        if let Some((scope, at)) = self.remembered.read().unwrap_or_else(PoisonError::into_inner).get(&key)
            && at.elapsed() < MEMORY
        {
            return Ok(scope.clone());
        }
        let scope = self.store.client_scope(token).await?;
        let mut remembered = self.remembered.write().unwrap_or_else(PoisonError::into_inner);
        if remembered.len() >= ROOM {
            remembered.clear();
        }
        remembered.insert(key, (scope.clone(), Instant::now()));
        Ok(scope)
    }
}
