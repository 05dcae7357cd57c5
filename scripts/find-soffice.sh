#!/usr/bin/env bash
# Prints the path of LibreOffice, with which the tests open spreadsheets: $SOFFICE or one on PATH. Exit 1: none.
set -euo pipefail

for candidate in "${SOFFICE:-}" soffice libreoffice; do
    if [[ -n "$candidate" ]] && path="$(command -v "$candidate")"; then
        echo "$path"
        exit 0
    fi
done
exit 1
