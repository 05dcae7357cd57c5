#!/usr/bin/env bash
# Prints the path of a Firefox that the browser tests can drive: $FIREFOX, or one on PATH. Exit 1: none.
set -euo pipefail

for candidate in "${FIREFOX:-}" firefox-esr firefox; do
    # Not a snap, nor a script that starts one: it could not read the tests' profiles.
    if [[ -n "$candidate" ]] && path="$(command -v "$candidate")" && [[ "$(readlink -f "$path")" != */snap ]] &&
        ! grep -qsI /snap/ "$path"; then
        echo "$path"
        exit 0
    fi
done
exit 1
