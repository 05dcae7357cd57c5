#!/usr/bin/env bash
# Builds the release: $TARGET/release/randpas (with hash.txt beside it) and $TARGET/site, everything compressed.

source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
scripts/setup.sh build
use_tools
started=$SECONDS

say "Building the pages' browser bundle, then the server (first time: about 15 minutes on two cores)"
# It empties $SITE first, so the decoder and the compressed copies come after it.
# Without a backtrace of its own, the compiler's error stays the last thing on the screen.
RUST_BACKTRACE=0 cargo-leptos build --release </dev/null

say "Building the QR decoder"
scripts/build-decoder.sh </dev/null

say "Compressing what a browser fetches"
node scripts/precompress.mjs "$SITE"

say "Built in $((SECONDS - started)) s: $BINARY ($(($(stat -c %s "$BINARY") / 1000000)) MB) and $SITE"
