//! The API over HTTP, as a third client sees it. One module an address; every story runs on both engines.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a failed unwrap fails the test")]

mod activities;
mod bad_input;
mod check_ins;
mod check_ins_annul;
mod check_ins_clock;
mod check_ins_refused;
mod device_sync;
mod devices;
mod figures;
mod forms;
mod health;
mod jwks;
mod open_data;
mod openapi;
mod passes;
mod sessions;
mod tenants;
