//! What an operator fears: the power goes while scans come in, answers are lost, requests come twice, in pieces, in another
//! order, the disk is full, the database is busy, phones have wrong clocks and old keys. Nothing acknowledged is lost,
//! nothing counts twice.
//!
//! Every story drives the real server. `cargo test` tells the short form; `make faults` (`RANDPAS_FAULTS=long`) kills the
//! server a hundred times and tries fifty evenings.
//!
//! - `power`: the server is killed
//! - `network`: the line between phones and server is bad
//! - `room`: no room on the disk, a database that is busy or hangs up
//! - `phones`: clocks, keys, phones that are revoked
//! - `evenings`: any way to the server ends in what the domain's fold says
//! - `club`, `outbox`, `proxy`, `dice`: what the stories share

#![expect(clippy::unwrap_used, clippy::panic, reason = "a failed unwrap fails the test")]

mod club;
mod dice;
mod evenings;
mod network;
mod outbox;
mod phones;
mod power;
mod proxy;
mod room;

/// Whether there is time for the long form.
fn long() -> bool {
    std::env::var_os("RANDPAS_FAULTS").is_some_and(|form| form == "long")
}
