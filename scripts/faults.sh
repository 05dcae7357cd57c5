#!/usr/bin/env bash
# make faults: what `make test` tells in short about lost power, bad lines and full disks, in its long form, one story after
# the other. ONLY="power evenings" runs the stories whose names hold one of these words.

source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
scripts/setup.sh test
scripts/build.sh
use_tools
export RANDPAS_BIN="$BINARY" RANDPAS_SITE="$SITE" RANDPAS_FAULTS=long
read -ra only <<<"${ONLY:-}"

say "Fault tests, long form: the server is killed a hundred times on each engine"
# One at a time: each story puts a load of its own on the machine.
cargo test --locked -p tests --test faults -- --test-threads=1 "${only[@]}"
