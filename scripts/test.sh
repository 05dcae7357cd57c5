#!/usr/bin/env bash
# make test: every check there is, cheapest first, stopping at the first that fails. Each step is named and timed, its
# output kept in target/test-logs. ONLY="unit e2e" runs those steps alone (and no others that they may need).
# The last line is the sum of all test runners: "N passed, N failed".

source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
scripts/setup.sh test
use_tools
CHROMIUM="$(scripts/find-chromium.sh)"
export CHROMIUM
FIREFOX="$(scripts/find-firefox.sh)"
export FIREFOX
# The black-box tests and the browser tests drive the program that people will run, not a second build of it.
export RANDPAS_BIN="$BINARY" RANDPAS_SITE="$SITE"
# Prompts would wait for ever; colours would hide the counts.
export GIT_TERMINAL_PROMPT=0 CARGO_TERM_COLOR=never NO_COLOR=1

# Everything that runs on a server. `hydrate` is for browsers alone: built together with these, it would give Leptos
# both of its modes at once.
HOST=(-p domain -p storage -p app -p facts -p report -p press -p server -p decoder -p tests)
WASM=(-p domain -p decoder -p hydrate --target wasm32-unknown-unknown)

# In the clone, not in a target directory that several clones may share.
LOGS="$ROOT/target/test-logs"
rm -rf "$LOGS"
mkdir -p "$LOGS"
passed=0
failed=0
started=$SECONDS

# count LOG: adds what the runners in a log say. Cargo and wasm-bindgen: "test result: ok. 3 passed; 0 failed"; node:
# "# pass 3" or "ℹ pass 3"; others: "3 passed, 0 failed".
count() {
    local p f
    read -r p f < <(awk '
        /^test result: / { for (i = 2; i < NF; i++) { if ($(i + 1) ~ /^passed/) p += $i; if ($(i + 1) ~ /^failed/) f += $i } }
        /^(#|ℹ) pass [0-9]+$/ { p += $3 }
        /^(#|ℹ) fail [0-9]+$/ { f += $3 }
        /^[0-9]+ passed, [0-9]+ failed/ { p += $1; f += $3 }
        END { print p + 0, f + 0 }' "$1")
    step_passed=$p step_failed=$f
    passed=$((passed + p)) failed=$((failed + f))
}

finish() {
    say "Time by step"
    [[ ! -s "$LOGS/times" ]] || cat "$LOGS/times"
    note "$((SECONDS - started)) s in all"
    echo "$passed passed, $failed failed"
}

# step KIND NAME WHAT COMMAND…: KIND is "check" (its exit code tells) or "tests" (it must also have run at least one).
step() {
    local kind=$1 name=$2 what=$3 log="$LOGS/$2.log" start=$SECONDS status=0
    shift 3
    [[ -z "${ONLY:-}" || " ${ONLY//,/ } " == *" $name "* ]] || return 0
    say "── $name: $what"
    timeout --foreground -k 30 "${STEP_TIMEOUT:-3000}" "$@" </dev/null 2>&1 | tee "$log" || status=$?
    [[ $kind == check ]] || count "$log"
    if [[ $status -eq 0 && $kind == tests && $step_passed -eq 0 ]]; then
        echo "This step ran no test at all, which proves nothing." | tee -a "$log"
        status=1
    fi
    printf '  %5d s  %s\n' $((SECONDS - start)) "$name" >>"$LOGS/times"
    if [[ $status -ne 0 ]]; then
        # A crash before the runner could count is a failure too.
        [[ $kind == tests && $step_failed -gt 0 ]] || failed=$((failed + 1))
        printf '\n'
        say "FAILED at $name ($what) after $((SECONDS - start)) s."
        note "output: $log"
        note "again, alone: make test ONLY=$name"
        finish
        exit 1
    fi
}

step check format "one way of writing it" cargo fmt --all --check
step check shell "scripts without known traps" shellcheck --external-sources --source-path=SCRIPTDIR scripts/*.sh tests/*/run.sh .ci/run
step check clippy "no warning on the server's side" \
    cargo clippy --locked "${HOST[@]}" --all-targets -- -D warnings
step check clippy-wasm "no warning on the browser's side" cargo clippy --locked "${WASM[@]}" -- -D warnings
step check deny "licences, banned crates, sources" scripts/deny.sh
step check docs "documentation without broken links" \
    env RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps "${HOST[@]}"
step check build "the release" scripts/build.sh
step tests sizes "the weight budgets" env NODE_OPTIONS= node --test --test-reporter=spec scripts/check-sizes.mjs
step tests unit "domain, storage, pages, server; API and conformance on SQLite and PostgreSQL" \
    cargo test --locked --no-fail-fast "${HOST[@]}"
step tests wasm "the golden vectors as a browser computes them" \
    env CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner \
    cargo test --locked -p domain --target wasm32-unknown-unknown --test vectors
step tests e2e "the main job in a real browser" tests/e2e/run.sh

if ((passed == 0)) && [[ -z "${ONLY:-}" ]]; then
    say "FAILED: no test ran."
    finish
    exit 1
fi
finish
