#!/usr/bin/env bash
# Installs what this machine lacks. setup.sh build: for the program. setup.sh test: for every test as well.
# Says one line for each thing; a second run changes nothing and takes a second.

source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
purpose="${1:-build}"
use_tools

have cargo || fail "Rust is missing. Install rustup (rustup.rs), open a new shell and try again."
have cc || have gcc || have clang || apt_install "crates that build C" gcc libc6-dev

# The pinned toolchain and its wasm target come from rust-toolchain.toml; rustup fetches them at the first call.
say "Rust: $(rustc --version)"
if [[ ! -d "$(rustc --print target-libdir --target wasm32-unknown-unknown)" ]]; then
    say "Installing the Rust target wasm32-unknown-unknown"
    rustup target add wasm32-unknown-unknown
fi

if ! have node || ! have npm; then
    apt_install "wasm-opt and the browser tests" nodejs npm
fi
note "node $(node --version)"

if [[ "$(cargo-leptos --version 2>/dev/null || true)" != *" $CARGO_LEPTOS_VERSION" ]]; then
    # Its OpenSSL is built from source, whose build is written in Perl.
    perl -MFindBin -MIPC::Cmd -MFile::Compare -e1 2>/dev/null || apt_install "building cargo-leptos" perl
    # no_downloads: it then takes wasm-bindgen and wasm-opt from PATH, where this script puts the right ones.
    cargo_tool cargo-leptos "$CARGO_LEPTOS_VERSION" "10 minutes" --locked --features no_downloads
fi
note "cargo-leptos $CARGO_LEPTOS_VERSION"

if [[ "$(wasm-bindgen --version 2>/dev/null || true)" != *" $WASM_BINDGEN_VERSION" ]]; then
    # Without --locked: only the crate's own version has to match ours.
    cargo_tool wasm-bindgen-cli "$WASM_BINDGEN_VERSION" "3 minutes"
fi
note "wasm-bindgen $WASM_BINDGEN_VERSION (as in Cargo.lock)"

if [[ ! -x "$TOOLS/binaryen-$BINARYEN_VERSION/node_modules/.bin/wasm-opt" ]]; then
    say "Installing wasm-opt (binaryen $BINARYEN_VERSION from npm)"
    npm install --no-audit --no-fund --loglevel=error --prefix "$TOOLS/binaryen-$BINARYEN_VERSION" \
        "binaryen@$BINARYEN_VERSION" </dev/null
fi
note "wasm-opt from binaryen $BINARYEN_VERSION"

[[ "$purpose" == test || "$purpose" == bench ]] || exit 0

# The database server's own programs; the tests start a cluster of their own in a temporary directory.
if ! compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null && ! have initdb; then
    apt_install "the tests on PostgreSQL" postgresql
fi
note "PostgreSQL's server programs"

[[ "$purpose" == test ]] || exit 0

if ! scripts/find-soffice.sh >/dev/null; then
    apt_install "opening spreadsheets in the tests (90 MB, 270 MB on disk)" libreoffice-calc-nogui
fi
note "LibreOffice"

if ! have pdfinfo || ! have pdftotext; then
    apt_install "reading PDF in the tests" poppler-utils
fi
have qpdf || apt_install "checking PDF in the tests" qpdf
note "poppler and qpdf"

have shellcheck || apt_install "checking the scripts" shellcheck
note "shellcheck"

if ! browser="$(scripts/find-chromium.sh)"; then
    if [[ -n "$(apt-cache policy chromium 2>/dev/null | grep -v '(none)' | grep Candidate || true)" ]]; then
        apt_install "the browser tests" chromium
    else
        # Ubuntu has Chromium only as a snap, which cannot read the test's files; Playwright has a build of its own.
        say "Installing Chromium (Playwright's build)"
        npx --yes --prefix tests/e2e playwright-core install --with-deps chromium </dev/null
    fi
    browser="$(scripts/find-chromium.sh)" || fail "Chromium is still missing. Install it, or set CHROMIUM to a browser."
fi
note "$("$browser" --version 2>/dev/null || echo "$browser")"

if ! firefox="$(scripts/find-firefox.sh)"; then
    # Ubuntu has Firefox only as a snap, which cannot read the test's files.
    [[ -n "$(apt-cache policy firefox-esr 2>/dev/null | grep -v '(none)' | grep Candidate || true)" ]] ||
        fail "No package firefox-esr here. Install Mozilla's own Firefox (no snap), or set FIREFOX to one."
    apt_install "the browser tests in a second engine" firefox-esr
    firefox="$(scripts/find-firefox.sh)" || fail "Firefox is still missing. Install it, or set FIREFOX to a browser."
fi
note "$("$firefox" --version 2>/dev/null || echo "$firefox")"

if [[ -f tests/e2e/package-lock.json ]]; then
    # npm ci empties node_modules first, so only when the lock file changed.
    stamp=tests/e2e/node_modules/.randpas-lock
    if ! cmp -s tests/e2e/package-lock.json "$stamp"; then
        say "Installing the browser tests' Node packages"
        npm ci --no-audit --no-fund --loglevel=error --ignore-scripts --prefix tests/e2e </dev/null
        cp tests/e2e/package-lock.json "$stamp"
    fi
    note "Node packages of tests/e2e"
fi

if [[ "$(cargo-deny --version 2>/dev/null || true)" != *" $CARGO_DENY_VERSION" ]]; then
    cargo_tool cargo-deny "$CARGO_DENY_VERSION" "4 minutes" --locked
fi
note "cargo-deny $CARGO_DENY_VERSION"
