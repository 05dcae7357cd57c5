#!/usr/bin/env bash
# make dev: builds for development, serves, and builds again at every change of a file.

source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
scripts/setup.sh build
use_tools
# The watcher starts `randpas` itself; what follows `--` is for it.
exec cargo-leptos watch -- serve --demo --data "${DATA:-./data}" --addr "${ADDR:-127.0.0.1:3000}"
