#!/usr/bin/env bash
# Measures figures: the counting alone at ten thousand to a million visits, and whole pages over a demo database of a million,
# and writes what it saw, with machine, date and command, into a Markdown file.
# usage: tests/load/figures.sh [FILE] (default docs/benchmarks.md)
# VISITS and HOLDERS change the size; DATABASE_URL measures a PostgreSQL database that already has demo data as well.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

file=${1:-docs/benchmarks.md}
visits=${VISITS:-1000000} holders=${HOLDERS:-50000}
target=${CARGO_TARGET_DIR:-target}
binary=${RANDPAS_BIN:-$target/release/randpas}
[[ -x "$binary" ]] || { echo "No program at $binary: run \`make build\` first." >&2; exit 1; }

cargo build --quiet --release -p facts --example curve -p storage --example figures_speed
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$binary" demo --data "$folder" --participations "$visits" --holders "$holders" >&2
{
    echo "## Figures"
    echo
    echo "- date: $(date -u +%Y-%m-%d), version $(git rev-parse --short HEAD)"
    echo "- machine: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), $(nproc) cores; load average before: $(cut -d' ' -f1 /proc/loadavg)"
    echo "- command: \`tests/load/figures.sh\`: demo data with $visits visits of $holders holders"
    echo "- goal: a page of figures in at most 100 ms (p95, warm) with a million visits on SQLite, 1 s with ten million on PostgreSQL"
    echo
    echo "### Whole pages"
    echo
    "$target/release/examples/figures_speed" "sqlite:$folder/randpas.sqlite"
    if [[ -n "${DATABASE_URL:-}" ]]; then
        echo
        "$target/release/examples/figures_speed" "$DATABASE_URL"
    fi
    echo
    echo "### Counting and disclosure control alone"
    echo
    "$target/release/examples/curve"
} | tee /dev/stderr | node scripts/replace-section.mjs "$file" "figures"
