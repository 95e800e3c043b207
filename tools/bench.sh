#!/usr/bin/env bash
# Measures the release build against floors of the same machine and run.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/say.sh"
unset DATABASE_URL
export SQLX_OFFLINE=true
./tools/install.sh run
build_ui
cargo build --release -p server -p bench
exec "$target/release/bench" --bedside "$target/release/bedside" "$@"
