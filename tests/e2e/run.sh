#!/usr/bin/env bash
# The browser tests: installs their packages, makes demo data once, runs every spec against servers of its own, and
# leaves nothing running. `run.sh axe` runs the specs whose name holds "axe". The exit code is the runner's.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
root=$(cd ../.. && pwd)

# npm ci empties node_modules first, so only when the lock file changed.
stamp=node_modules/.randpas-lock
if ! cmp -s package-lock.json "$stamp"; then
    npm ci --no-audit --no-fund --loglevel=error --ignore-scripts </dev/null
    cp package-lock.json "$stamp"
fi

CHROMIUM="${CHROMIUM:-$("$root/scripts/find-chromium.sh")}"
# Without one, only the specs in the second engine fail.
FIREFOX="${FIREFOX:-$("$root/scripts/find-firefox.sh" || true)}"
RANDPAS_BIN="${RANDPAS_BIN:-${CARGO_TARGET_DIR:-$root/target}/release/randpas}"
[[ -x "$RANDPAS_BIN" ]] || { echo "No program at $RANDPAS_BIN: run \`make build\` first." >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
RANDPAS_DEMO="$work/demo"
"$RANDPAS_BIN" demo --data "$RANDPAS_DEMO" </dev/null >"$work/demo.log" 2>&1 || { cat "$work/demo.log" >&2; exit 1; }
export CHROMIUM FIREFOX RANDPAS_BIN RANDPAS_DEMO

mapfile -t specs < <(printf '%s\n' *.test.mjs | grep -- "${1:-.}")
# One file after the other: a browser wants both cores. What failed is said once more at the end, where it is looked for.
failed=()
for spec in "${specs[@]}"; do
    echo "── $spec"
    if ! timeout --foreground -k 30 900 node --test --test-reporter=spec "$spec" </dev/null 2>&1 | tee "$work/last"; then
        failed+=("$spec")
        sed -n '/failing tests:/,$p' "$work/last" | head -40 >>"$work/why"
    fi
    cat "$work/last" >>"$work/log"
done
awk '/^(#|ℹ) pass / { p += $3 } /^(#|ℹ) fail / { f += $3 } END { printf "Browser tests: %d pass, %d fail\n", p, f }' "$work/log"
((${#failed[@]} == 0)) || {
    echo "Failed: ${failed[*]}"
    cat "$work/why"
    exit 1
} >&2
