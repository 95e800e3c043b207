#!/usr/bin/env bash
# The long proofs: what must hold is tried out at full length, and the figures are printed.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/say.sh"
unset DATABASE_URL
export SQLX_OFFLINE=true
what="${1:-}"
[ $# -eq 0 ] || shift
case "$what" in
crash | crowd | growth)
    ./tools/install.sh run
    build_ui
    cargo build --release -p server -p bench
    exec "$target/release/bench" "$what" --bedside "$target/release/bedside" "$@"
    ;;
oracle)
    exec cargo test -p scheduling --lib --config 'profile.dev.package.scheduling.opt-level=3' -- \
        --ignored --nocapture in_every_zone_over_ten_years
    ;;
*) fail "usage: tools/prove.sh crash|crowd|growth|oracle [OPTIONS]" ;;
esac
