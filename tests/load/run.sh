#!/usr/bin/env bash
# Measures check-ins of online clients and hand-overs of paired devices, on SQLite and PostgreSQL, and writes what it saw,
# with machine, date and command, into a Markdown file: a section for each, replaced when it is there.
# usage: tests/load/run.sh [FILE] [check-ins|sync|drain…] (default docs/benchmarks.md and all three)
# RUNS, SECONDS_EACH, CONNECTIONS and DEVICES (of sync) change the size.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

file=${1:-docs/benchmarks.md}
shift $(($# > 0 ? 1 : 0))
[[ $# -gt 0 ]] || set -- check-ins sync drain
runs=${RUNS:-5} seconds=${SECONDS_EACH:-8} connections=${CONNECTIONS:-64} devices=${DEVICES:-20}
binary=${RANDPAS_BIN:-${CARGO_TARGET_DIR:-target}/release/randpas}
[[ -x "$binary" ]] || { echo "No program at $binary: run \`make build\` first." >&2; exit 1; }

cargo build --quiet --release -p tests --bin load
load=${CARGO_TARGET_DIR:-target}/release/load
# The throw-away cluster of the tests does without; here it must flush like a real one.
export RANDPAS_TEST_FSYNC=on

# heading WHAT: title, the command's size, and the goals of SQLite and PostgreSQL.
heading() {
    case $1 in
        check-ins)
            echo "Check-ins a second"
            echo "$runs runs of $seconds s, $connections connections, every scan new, durable before it is answered, on top of the demo data"
            echo "goal: ≥ 8,000/s, p99 ≤ 50 ms, ≤ 100 MB"
            echo "goal: ≥ 2,000/s"
            ;;
        sync)
            echo "Events a second from paired devices"
            echo "$runs runs of $seconds s, $devices devices, 200 events a request, signed by the device, every scan new, durable before it is answered, on top of the demo data"
            echo "goal: ≥ 15,000/s"
            echo "no goal of its own"
            ;;
        drain)
            echo "A queue after the network came back"
            echo "$runs runs, 5 devices with 1,000 scans each, 200 a request"
            echo "goal: ≤ 3 s"
            echo "goal: ≤ 3 s"
            ;;
        *) echo "What is $1? check-ins, sync or drain." >&2; exit 1 ;;
    esac
}

section=$(mktemp)
trap 'rm -f "$section"' EXIT
[[ -f "$file" ]] || printf '# Benchmarks\n\nMeasured, not promised: another machine gives other numbers; the ratios say more.\n\n' >"$file"
for what in "$@"; do
    text=$(heading "$what")
    mapfile -t heading <<<"$text"
    begin="<!-- $what: written by tests/load/run.sh -->"
    end="<!-- $what: end -->"
    size=("$runs")
    case $what in
        check-ins) size+=("$seconds" "$connections") ;;
        sync) size+=("$seconds" "$devices") ;;
        drain) size+=(5) ;;
    esac
    {
        echo "$begin"
        echo "## ${heading[0]}"
        echo
        echo "- date: $(date -u +%Y-%m-%d), version $(git rev-parse --short HEAD)"
        echo "- machine: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), $(nproc) cores," \
            "$(awk '/MemTotal/ { printf "%.0f", $2 * 1024 / 1e9 }' /proc/meminfo) GB, load tool and server on the same machine;" \
            "load average before: $(cut -d' ' -f1 /proc/loadavg)"
        echo "- command: \`tests/load/run.sh\`: ${heading[1]}"
        echo
        echo "### SQLite (${heading[2]})"
        echo
        RANDPAS_BIN=$binary "$load" "$what" sqlite "${size[@]}"
        echo
        echo "### PostgreSQL (${heading[3]})"
        echo
        RANDPAS_BIN=$binary "$load" "$what" postgres "${size[@]}"
        echo "$end"
    } >"$section"
    if grep -qF -- "$begin" "$file"; then
        awk -v begin="$begin" -v end="$end" -v section="$section" '
            $0 == begin { while ((getline line < section) > 0) print line; skip = 1 }
            !skip { print }
            $0 == end { skip = 0 }' "$file" >"$file.new"
        mv "$file.new" "$file"
    else
        { echo; cat "$section"; } >>"$file"
    fi
    cat "$section"
done
