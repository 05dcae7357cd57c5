#!/usr/bin/env bash
# Builds the release: $TARGET/release/randpas (with hash.txt beside it) and $TARGET/site, everything compressed.

source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
scripts/setup.sh build
use_tools
started=$SECONDS

# Without a backtrace of its own, the compiler's error stays the last thing on the screen.
export RUST_BACKTRACE=0
# The server first, which takes longest: the second step empties $SITE, and a site should not stay half for minutes.
say "Building the server (first time: about 10 minutes on two cores)"
cargo-leptos build --release --server-only </dev/null

say "Building the pages' browser bundle"
cargo-leptos build --release --frontend-only </dev/null

say "Building the QR decoder"
scripts/build-decoder.sh </dev/null

say "Compressing what a browser fetches"
node scripts/precompress.mjs "$SITE"

say "Built in $((SECONDS - started)) s: $BINARY ($(($(stat -c %s "$BINARY") / 1000000)) MB) and $SITE"
