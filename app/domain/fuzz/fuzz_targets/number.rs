//! `cargo +nightly fuzz run number`
#![no_main]

#[path = "../entry.rs"]
#[expect(dead_code, reason = "each target uses one entry of the file")]
mod entry;

libfuzzer_sys::fuzz_target!(|data: &[u8]| entry::number(data));
