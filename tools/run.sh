#!/usr/bin/env bash
# From a clean clone to a hospital that runs.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/say.sh"
# What was asked for is the server's database, not one for the compiler.
database="${DATABASE_URL:-}"

step "1 of 4  Installing what is missing"
./tools/install.sh run

step "2 of 4  Building the pages"
build_ui

step "3 of 4  Building the program (the first time takes some minutes)"
env -u DATABASE_URL SQLX_OFFLINE=true cargo build --release -p server ||
    fail "The program could not be built: see the lines above."

step "4 of 4  Starting"
if [ -n "$database" ]; then export DATABASE_URL="$database"; fi
if [ -z "${BEDSIDE_SPEECH:-}" ] && [ -f .cache/speech/encoder_model.ort ]; then export BEDSIDE_SPEECH="$root/.cache/speech"; fi
exec "$target/release/bedside" serve --demo
