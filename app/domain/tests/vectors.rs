//! The golden vectors of `tests/vectors/`, checked natively and in wasm by the very same functions.
//!
//! `cargo test -p domain --test vectors` runs them here; with `--target wasm32-unknown-unknown` and
//! `CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner` in Node.
//! The files are for other clients too. They are written from the tables in `cases/` by `RANDPAS_BLESS=1 cargo test -p
//! domain --test vectors`; where an expectation matters it stands in the table by hand, not by calculation.
#![expect(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

mod cases;

use cases::{credential, decide, device, fold, live, number};

macro_rules! vector_tests {
    ($( $test:ident: $file:literal, $module:ident; )+) => {$(
        #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
        #[cfg_attr(not(target_arch = "wasm32"), test)]
        fn $test() {
            let built = $module::build();
            // When blessing, the file that was compiled in is the old one.
            if !cases::bless($file, &built) {
                let committed = include_str!(concat!("../../../tests/vectors/", $file));
                $module::check(committed);
                assert!(built == committed, "{} is not what the table says: run with RANDPAS_BLESS=1", $file);
            }
        }
    )+};
}

vector_tests! {
    credentials_read_write_and_verify: "credential.json", credential;
    numbers_are_written_and_typed: "number.json", number;
    live_codes_are_made_and_checked: "live.json", live;
    scans_are_judged: "decide.json", decide;
    events_are_folded: "fold.json", fold;
    a_phone_decides_alone: "device.json", device;
}
