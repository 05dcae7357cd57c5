#!/usr/bin/env bash
# Builds the QR decoder that public/decoder-worker.js loads: $TARGET/site/pkg/decoder.js and decoder_bg.wasm.
# A module of its own, apart from the pages' bundle: it may crash and be started again, and only /scan fetches it.

source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
use_tools
have wasm-bindgen || fail "wasm-bindgen $WASM_BINDGEN_VERSION is missing. Run: scripts/setup.sh build"
have wasm-opt || fail "wasm-opt (binaryen $BINARYEN_VERSION) is missing. Run: scripts/setup.sh build"

out="$SITE/pkg"
mkdir -p "$out"
cargo build --package decoder --target wasm32-unknown-unknown --profile wasm-decoder </dev/null
wasm-bindgen --target web --no-typescript --out-name decoder --out-dir "$out" \
    "$TARGET/wasm32-unknown-unknown/wasm-decoder/decoder.wasm"
# The features are those that rustc's wasm target has on by itself since 1.82; every browser since 2021 has them.
wasm-opt -O3 --enable-bulk-memory --enable-bulk-memory-opt --enable-nontrapping-float-to-int --enable-sign-ext \
    --enable-mutable-globals --enable-multivalue --enable-reference-types --strip-debug --strip-producers \
    "$out/decoder_bg.wasm" -o "$out/decoder_bg.wasm.new"
mv "$out/decoder_bg.wasm.new" "$out/decoder_bg.wasm"

if have brotli; then
    compressed=$(brotli -q 11 --stdout "$out/decoder_bg.wasm" | wc -c)
else
    compressed=$(node -e 'const z=require("zlib");process.stdout.write(String(z.brotliCompressSync(require("fs").readFileSync(process.argv[1])).length))' "$out/decoder_bg.wasm")
fi
note "decoder: $(($(stat -c %s "$out/decoder_bg.wasm") / 1000)) kB raw, $((compressed / 1000)) kB brotli (budget 160)"
