#!/usr/bin/env bash
# Renews .sqlx, the answers of a database to every query of the source, with which all other commands build.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/say.sh"
unset DATABASE_URL
# A target folder of its own: queries are only recorded while their crate is compiled, so everything is compiled anew.
SQLX_OFFLINE=true cargo build -q -p with-postgres
fresh="$root/.sqlx.new"
rm -rf "$fresh" && mkdir "$fresh"
trap 'rm -rf "$fresh"' EXIT
grep -rlE 'sqlx::query(_as|_scalar)?!' --include=*.rs foundation domains server bench | while read -r file; do
    crate="$(dirname "${file%%/src/*}/x")"
    echo "$crate"
done | sort -u | while read -r crate; do
    # Any newer file makes cargo compile the crate again.
    touch "$crate/src/lib.rs"
done
"$target/debug/with-postgres" --migrated env SQLX_OFFLINE=false SQLX_OFFLINE_DIR="$fresh" cargo check -q --workspace --all-targets
rm -rf .sqlx && mv "$fresh" .sqlx
note "$(find .sqlx -name 'query-*.json' | wc -l) queries recorded in .sqlx"
