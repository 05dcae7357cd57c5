#!/usr/bin/env bash
# make bench: the speed goals, measured on this machine with the release build; the results go to docs/benchmarks.md.
# Bounded in count and time, and only against a server that it starts itself on this machine.

source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
scripts/setup.sh bench
scripts/build.sh
use_tools
export RANDPAS_BIN="$BINARY" RANDPAS_SITE="$SITE"

if [[ ! -x tests/load/run.sh ]]; then
    fail "tests/load/run.sh is missing: nothing to measure with."
fi
say "Measuring; keep this machine quiet for a few minutes"
exec tests/load/run.sh docs/benchmarks.md
