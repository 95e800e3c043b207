#!/usr/bin/env bash
# What must be clean before a change lands, tests apart.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/say.sh"
unset DATABASE_URL
export SQLX_OFFLINE=true
./tools/install.sh run
build_ui
step "Formatting"
cargo fmt --all --check
step "Compiler lints"
cargo clippy --workspace --all-targets -- -D warnings
step "The pages' TypeScript"
npm run --silent check
step "The house's own lint"
cargo run -q -p lint
step "Licences and sources"
if cargo deny --version >/dev/null 2>&1; then
    cargo deny --offline check bans licenses sources
else
    note "skipped: cargo-deny is not installed (cargo install cargo-deny)"
fi
