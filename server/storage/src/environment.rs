//! The clock and the source of randomness: the only door through which either enters the product.
//!
//! Everything that needs "now" or a random number gets it from an [`Environment`], so that a test can stand still in
//! time, move it, and repeat itself. `clippy.toml` forbids the ambient ones everywhere else.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use rand::rngs::StdRng;
use rand::{RngCore, SeedableRng, TryRngCore};
use uuid::Uuid;

/// Something that knows what time it is.
pub trait Clock: Send + Sync {
    /// The present moment, in UTC.
    fn now(&self) -> Timestamp;
}

/// Something that gives unpredictable bytes.
pub trait Random: Send + Sync {
    /// Fills `buffer` completely. Secrets are made from it, so it must be a cryptographic source in production.
    fn fill(&self, buffer: &mut [u8]);
}

/// The clock and randomness of one running program or test.
#[derive(Clone)]
pub struct Environment {
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where random bytes come from.
    pub random: Arc<dyn Random>,
}

impl fmt::Debug for Environment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Environment").finish_non_exhaustive()
    }
}

impl Environment {
    /// The machine's clock and the operating system's randomness.
    #[must_use]
    pub fn system() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            random: Arc::new(SystemRandom),
        }
    }

    /// A clock that stands still at `start`, and the same random bytes for the same `seed`. For tests and demo data.
    #[must_use]
    pub fn fixed(start: Timestamp, seed: u64) -> Self {
        Self::movable(start, seed).0
    }

    /// As [`Environment::fixed`], with the hand that moves the clock: moving it moves this environment's "now".
    #[must_use]
    pub fn movable(start: Timestamp, seed: u64) -> (Self, MovableClock) {
        let clock = MovableClock(Arc::new(Mutex::new(start)));
        let random = SeededRandom(Mutex::new(StdRng::seed_from_u64(seed)));
        (
            Self {
                clock: Arc::new(clock.clone()),
                random: Arc::new(random),
            },
            clock,
        )
    }

    /// The present moment, cut to whole microseconds: what PostgreSQL keeps, so what is returned equals what is read
    /// back on both engines.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        whole_microseconds(self.clock.now())
    }

    /// Today's date in Brussels: the day a visit of this moment belongs to.
    #[must_use]
    pub fn today(&self) -> Date {
        domain::local_day(self.now())
    }

    /// A new time-ordered id.
    #[must_use]
    pub fn uuid_v7(&self) -> Uuid {
        domain::uuid_v7(self.now(), self.bytes())
    }

    /// `N` random bytes.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.random.fill(&mut bytes);
        bytes
    }
}

/// The first moment that both engines can keep, in microseconds: the beginning of the year 1. A device's clock can say
/// anything, and what it said is recorded.
const EARLIEST_MICROSECOND: i64 = -62_135_596_800_000_000;

/// Cuts a moment to what both engines can keep: whole microseconds, not before the year 1. See [`Environment::now`].
pub(crate) fn whole_microseconds(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond().max(EARLIEST_MICROSECOND)).unwrap_or(at)
}

/// A clock for tests: it moves only when told to.
#[derive(Clone, Debug)]
pub struct MovableClock(Arc<Mutex<Timestamp>>);

impl MovableClock {
    /// Jumps to `at`.
    pub fn set(&self, at: Timestamp) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = at;
    }

    /// Moves forward (or back, when negative). Stops at the end of representable time.
    pub fn advance(&self, by: SignedDuration) {
        let mut now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *now = now.checked_add(by).unwrap_or(*now);
    }
}

impl Clock for MovableClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&self, buffer: &mut [u8]) {
        // Without randomness there are no secrets: stopping is the only safe answer, and what every caller would do.
        #[expect(
            clippy::expect_used,
            reason = "no safe way to go on without the operating system's randomness"
        )]
        rand::rngs::OsRng
            .try_fill_bytes(buffer)
            .expect("the operating system gives random bytes");
    }
}

struct SeededRandom(Mutex<StdRng>);

impl Random for SeededRandom {
    fn fill(&self, buffer: &mut [u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(buffer);
    }
}
