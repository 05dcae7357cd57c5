//! A token bucket per key, in memory: enough against guessing passwords on one server.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

/// How many buckets are kept before the full ones are thrown away.
const ROOM: usize = 50_000;

/// Tries that refill over time, for each key.
#[derive(Debug)]
pub(crate) struct Limiter<K> {
    capacity: f64,
    per_second: f64,
    buckets: Mutex<HashMap<K, Bucket>>,
}

#[derive(Debug)]
struct Bucket {
    tokens: f64,
    at: Timestamp,
}

impl<K: Eq + Hash> Limiter<K> {
    /// `capacity` tries at once, one more every `refill`.
    pub(crate) fn new(capacity: u32, refill: Duration) -> Self {
        Self {
            capacity: f64::from(capacity),
            per_second: 1.0 / refill.as_secs_f64().max(f64::EPSILON),
            buckets: Mutex::default(),
        }
    }

    /// Takes one try, or says how long to wait for the next.
    pub(crate) fn take(&self, key: K, now: Timestamp) -> Result<(), Duration> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= ROOM {
            buckets.retain(|_, bucket| self.refilled(bucket, now) < self.capacity);
            if buckets.len() >= ROOM {
                buckets.clear();
            }
        }
        let bucket = buckets.entry(key).or_insert(Bucket {
            tokens: self.capacity,
            at: now,
        });
        bucket.tokens = self.refilled(bucket, now);
        bucket.at = now;
        if bucket.tokens < 1.0 {
            return Err(Duration::from_secs_f64(
                ((1.0 - bucket.tokens) / self.per_second).ceil().max(1.0),
            ));
        }
        bucket.tokens -= 1.0;
        Ok(())
    }

    /// Gives all tries back: the person proved who they are.
    pub(crate) fn forgive(&self, key: &K) {
        self.buckets.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }

    fn refilled(&self, bucket: &Bucket, now: Timestamp) -> f64 {
        let passed = now.duration_since(bucket.at).as_secs_f64().max(0.0);
        (bucket.tokens + passed * self.per_second).min(self.capacity)
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    #[test]
    fn tries_run_out_per_key_and_come_back_with_time() {
        let start: Timestamp = "2026-03-01T10:00:00Z".parse().unwrap();
        let limiter = Limiter::new(3, Duration::from_secs(20));
        for _ in 0..3 {
            limiter.take("a", start).unwrap();
        }
        assert_eq!(limiter.take("a", start), Err(Duration::from_secs(20)));
        limiter.take("b", start).unwrap();
        let later = start.checked_add(SignedDuration::from_secs(21)).unwrap();
        limiter.take("a", later).unwrap();
        assert!(limiter.take("a", later).is_err());
        limiter.forgive(&"a");
        limiter.take("a", later).unwrap();
    }
}
