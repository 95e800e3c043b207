#!/usr/bin/env bash
# Every test: unit, through the doors, in the browser; then the house's lint. Leaves nothing running and nothing lying about.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/say.sh"
unset DATABASE_URL
export SQLX_OFFLINE=true BEDSIDE_CI=1
# Marks every process of this run, so that those that were left can be found and ended, and no others.
export BEDSIDE_TEST_RUN="$$-$RANDOM$RANDOM"

scratch="$(mktemp -d "${TMPDIR:-/tmp}/bedside-test-XXXXXX")"
chmod 711 "$scratch"

left_running() {
    local process
    for process in /proc/[0-9]*; do
        [ "${process#/proc/}" != "$$" ] || continue
        if { tr '\0' '\n' <"$process/environ"; } 2>/dev/null | grep -qx "BEDSIDE_TEST_RUN=$BEDSIDE_TEST_RUN"; then
            # Not the subshell that looks.
            [ "$(readlink "$process/exe" 2>/dev/null)" != "$(readlink /proc/$$/exe)" ] || continue
            echo "${process#/proc/}"
        fi
    done
}
clear_up() {
    local status=$? left
    trap - EXIT
    left="$(left_running)"
    if [ -n "$left" ]; then
        # shellcheck disable=SC2086
        kill $left 2>/dev/null || true
    fi
    rm -rf "$scratch"
    exit "$status"
}
trap clear_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

step "1 of 5  Installing what the tests need"
./tools/install.sh test

step "2 of 5  Building"
build_ui
npm run --silent check
cargo build --workspace --all-targets
export BEDSIDE_BIN="$target/debug/bedside" TMPDIR="$scratch"

step "3 of 5  Unit tests, and tests through the doors"
if cargo nextest --version >/dev/null 2>&1; then
    "$target/debug/with-postgres" cargo nextest run --workspace --profile ci
else
    "$target/debug/with-postgres" cargo test --workspace --quiet
fi

step "4 of 5  Journeys in a real browser"
node --test tests/journeys/*.test.mjs

step "5 of 5  The house's own lint"
cargo run -q -p lint

step "Everything passed."
