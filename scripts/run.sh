#!/usr/bin/env bash
# make run: builds, fills ./data with fictitious data when it is empty, and serves. ADDR=HOST:PORT chooses the address.

source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
scripts/build.sh
say "Starting Randpas; stop it with Ctrl-C"
exec "$BINARY" serve --demo --data "${DATA:-./data}" --addr "${ADDR:-127.0.0.1:3000}"
