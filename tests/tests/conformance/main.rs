//! The storage conformance suite: every storage method tells its story on SQLite and on PostgreSQL, and both must end
//! in the same words.

#![expect(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
#![expect(clippy::panic, reason = "a helper that cannot go on fails the test, and says why")]

mod by_hand;
mod compute;
mod denominators;
mod devices;
mod documents;
mod doors;
mod evening;
mod facts;
mod figures;
mod manual;
mod network;
mod nights;
mod opening;
mod order;
mod people;
mod phone;
mod places;
mod programme;
mod races;
mod reports;
mod scans;
mod scopes;
mod sync;
mod sync_order;
