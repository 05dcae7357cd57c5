#!/usr/bin/env bash
# Measures check-ins on SQLite and PostgreSQL and writes what it saw, with machine, date and command, into a Markdown file.
# usage: tests/load/run.sh [FILE] (default docs/benchmarks.md); RUNS, SECONDS_EACH and CONNECTIONS change the size.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

file=${1:-docs/benchmarks.md}
runs=${RUNS:-5} seconds=${SECONDS_EACH:-8} connections=${CONNECTIONS:-64}
binary=${RANDPAS_BIN:-${CARGO_TARGET_DIR:-target}/release/randpas}
[[ -x "$binary" ]] || { echo "No program at $binary: run \`make build\` first." >&2; exit 1; }

cargo build --quiet --release -p tests --bin load
load=${CARGO_TARGET_DIR:-target}/release/load
# The throw-away cluster of the tests does without; here it must flush like a real one.
export RANDPAS_TEST_FSYNC=on
begin='<!-- check-ins: written by tests/load/run.sh -->'
end='<!-- check-ins: end -->'

section=$(mktemp)
trap 'rm -f "$section"' EXIT
{
    echo "$begin"
    echo "## Check-ins a second"
    echo
    echo "- date: $(date -u +%Y-%m-%d), version $(git rev-parse --short HEAD)"
    echo "- machine: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), $(nproc) cores," \
        "$(awk '/MemTotal/ { printf "%.0f", $2 * 1024 / 1e9 }' /proc/meminfo) GB, load tool and server on the same machine"
    echo "- command: \`tests/load/run.sh\`: $runs runs of $seconds s, $connections connections, every scan new, durable" \
        "before it is answered, on top of the demo data"
    for engine in sqlite postgres; do
        echo
        if [[ $engine == sqlite ]]; then
            echo "### SQLite (goal: ≥ 5,000/s, p99 ≤ 50 ms, ≤ 100 MB)"
        else
            echo "### PostgreSQL (goal: ≥ 2,000/s)"
        fi
        echo
        RANDPAS_BIN=$binary "$load" "$engine" "$runs" "$seconds" "$connections"
    done
    echo "$end"
} >"$section"

[[ -f "$file" ]] || printf '# Benchmarks\n\nMeasured, not promised: another machine gives other numbers; the ratios say more.\n\n' >"$file"
if grep -qF "$begin" "$file"; then
    awk -v begin="$begin" -v end="$end" -v section="$section" '
        $0 == begin { while ((getline line < section) > 0) print line; skip = 1 }
        !skip { print }
        $0 == end { skip = 0 }' "$file" >"$file.new"
    mv "$file.new" "$file"
else
    { echo; cat "$section"; } >>"$file"
fi
cat "$section"
