#!/usr/bin/env bash
# Licences, banned crates and sources of every dependency; known vulnerabilities too where their database can be reached.

source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
use_tools

# Each crate of the root Cargo.toml has a line that says why it is there.
awk '/^\[/ { on = ($0 == "[workspace.dependencies]") } on && /^[a-z0-9_-]+ *=/ && !/path *=/ { print $1 }' Cargo.toml |
    while read -r crate; do
        grep -q "^| \`$crate\` |" docs/decisions/dependencies.md ||
            fail "The dependency $crate has no line in docs/decisions/dependencies.md: say what it is for."
    done

cargo deny --log-level warn check --hide-inclusion-graph bans licenses sources

# The advisory database is a git repository; a machine without that host must not hang or fail here.
if GIT_TERMINAL_PROMPT=0 timeout 60 cargo deny fetch db </dev/null >/dev/null 2>&1; then
    cargo deny --log-level warn check --disable-fetch advisories
else
    note "advisories: NOT checked, their database cannot be reached from this machine"
fi
