# shellcheck shell=bash disable=SC2034 # read by the scripts that source this file
# The tools that the build needs besides Rust, each at one version. wasm-bindgen-cli is not here: it must equal the
# wasm-bindgen of Cargo.lock, so it is read from there.
CARGO_LEPTOS_VERSION=0.3.10
BINARYEN_VERSION=132.0.0
CARGO_DENY_VERSION=0.20.2
