# shellcheck shell=bash
# What every script here shares: where things are, how to talk to the person who waits, how to install what is missing.
# Source it; it changes to the repository's root.

set -euo pipefail
ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$ROOT"
# shellcheck source=scripts/pins.sh
source "$ROOT/scripts/pins.sh"

# Tools outlive clones: a second clone, and CI's fresh one, find them again.
TOOLS="${RANDPAS_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/randpas/tools}"
# Cargo, cargo-leptos and these scripts all go by this one variable, and it must be absolute.
TARGET="${CARGO_TARGET_DIR:-$ROOT/target}"
[[ "$TARGET" == /* ]] || TARGET="$ROOT/$TARGET"
if [[ -n "${CARGO_TARGET_DIR:-}" ]]; then export CARGO_TARGET_DIR="$TARGET"; fi
SITE="$TARGET/site"
BINARY="$TARGET/release/randpas"
export TARGET SITE BINARY TOOLS

say() { printf '\033[1m%s\033[0m\n' "$*"; }
note() { printf '  %s\n' "$*"; }
fail() {
    printf '\033[1;31m%s\033[0m\n' "$*" >&2
    exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }

# The version of a crate in Cargo.lock.
locked_version() {
    awk -v name="$1" '$1 == "name" && $3 == "\"" name "\"" { found = 1; next }
        found && $1 == "version" { gsub(/"/, "", $3); print $3; exit }' Cargo.lock
}

# Puts the directories of the pinned tools before everything else on PATH.
use_tools() {
    WASM_BINDGEN_VERSION="$(locked_version wasm-bindgen)"
    [[ -n "$WASM_BINDGEN_VERSION" ]] || fail "Cargo.lock names no wasm-bindgen. Is this the root of the repository?"
    PATH="$TOOLS/cargo-leptos-$CARGO_LEPTOS_VERSION/bin:$TOOLS/wasm-bindgen-cli-$WASM_BINDGEN_VERSION/bin:$PATH"
    PATH="$TOOLS/binaryen-$BINARYEN_VERSION/node_modules/.bin:$TOOLS/cargo-deny-$CARGO_DENY_VERSION/bin:$PATH"
    export PATH WASM_BINDGEN_VERSION
}

# apt_install REASON PACKAGE…: Debian and Ubuntu only; elsewhere it says what to install.
apt_install() {
    local reason=$1 sudo=()
    shift
    have apt-get || fail "Needed for $reason: $*. This system has no apt-get; install them your system's way, then try again."
    if [[ $(id -u) -ne 0 ]]; then
        have sudo || fail "Needed for $reason: $*. Ask an administrator to run: apt-get install $*"
        sudo=(sudo)
        # Never wait for a password that nobody can type.
        [[ -t 0 ]] || sudo=(sudo -n)
    fi
    say "Installing $* ($reason)"
    local apt=("${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -o DPkg::Lock::Timeout=300)
    if ! "${apt[@]}" install --no-install-recommends "$@"; then
        note "Trying again with a fresh list of packages."
        if ! { "${apt[@]}" update && "${apt[@]}" install --no-install-recommends "$@"; }; then
            fail "apt-get could not install: $*. Needed for $reason."
        fi
    fi
}

# cargo_tool CRATE VERSION HOW-LONG ARGUMENT…: compiles a tool, once, into the tools' directory.
cargo_tool() {
    local crate=$1 version=$2 minutes=$3 destination="$TOOLS/$1-$2"
    shift 3
    say "Installing $crate $version: compiles once, about $minutes on two cores, kept in $destination"
    # Not in the project's target directory: it would only fill it. Moved into place when whole.
    rm -rf "$destination.new"
    env -u CARGO_TARGET_DIR cargo install "$crate" --version "$version" --root "$destination.new" "$@" </dev/null
    rm -rf "$destination"
    mv "$destination.new" "$destination"
}
