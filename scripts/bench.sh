#!/usr/bin/env bash
# make bench: the speed goals, measured on this machine with the release build; the results go to docs/benchmarks.md.
# Bounded in count and time, and only against a server that it starts itself on this machine.

source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
scripts/setup.sh test # all of it: a browser is measured as well
scripts/build.sh
use_tools
export RANDPAS_BIN="$BINARY" RANDPAS_SITE="$SITE"
results=docs/benchmarks.md

say "Scans a second, online and from paired devices; keep this machine quiet for some minutes"
tests/load/run.sh "$results"

say "Figures over a million visits"
tests/load/figures.sh "$results"

say "Milliseconds a camera frame"
cargo build --release -p decoder --example frame_time
{
    echo "## Milliseconds a camera frame"
    echo
    echo "- date: $(date -u +%Y-%m-%d), version $(git rev-parse --short HEAD)"
    echo "- machine: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), one core of $(nproc), natively"
    echo "- command: \`make bench\`: 100 frames of 1280×720 for each scene; goal: a median of 15 ms at most"
    echo
    echo '```'
    "$TARGET/release/examples/frame_time"
    echo '```'
} | tee /dev/stderr | node scripts/replace-section.mjs "$results" "camera frames"

say "Camera frame to verdict, offline"
CHROMIUM="${CHROMIUM:-$(scripts/find-chromium.sh)}" node tests/e2e/speed/frame.mjs | tee /dev/stderr |
    node scripts/replace-section.mjs "$results" "frame to verdict"
