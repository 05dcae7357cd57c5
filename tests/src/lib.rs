//! The harness of the black-box tests: a server on a database of its own, passes and tokens made through the CLI, and
//! builders of check-ins. The stories themselves are in `tests/tests`.
//!
//! A test names the promise it keeps; [`on_both_engines!`] tells each story on SQLite and on PostgreSQL.

#![expect(clippy::panic, reason = "a harness that cannot go on fails the test")]

pub mod by_hand;
pub mod conformance;
pub mod databases;
pub mod home;
pub mod phone;
pub mod postgres;
pub mod server;
pub mod signer;
pub mod world;
