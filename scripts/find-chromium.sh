#!/usr/bin/env bash
# Prints the path of a Chromium that the browser tests can drive: $CHROMIUM, one on PATH, or Playwright's own. Exit 1: none.
set -euo pipefail

for candidate in "${CHROMIUM:-}" chromium google-chrome google-chrome-stable; do
    if [[ -n "$candidate" ]] && path="$(command -v "$candidate")"; then
        echo "$path"
        exit 0
    fi
done
for path in "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}"/chromium-*/chrome-linux*/chrome; do
    if [[ -x "$path" ]]; then
        echo "$path"
        exit 0
    fi
done
exit 1
