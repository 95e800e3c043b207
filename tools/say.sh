# Sourced by the other scripts: one voice for progress and for what is wrong.
# shellcheck shell=bash
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$root"
target="${CARGO_TARGET_DIR:-$root/target}"

step() { printf '\n\033[1m%s\033[0m\n' "$*"; }
note() { printf '  %s\n' "$*"; }
fail() {
    printf '\n%s\n' "$*" >&2
    exit 1
}
has() { command -v "$1" >/dev/null 2>&1; }

# Builds the pages' assets, if a source is newer than what was built.
build_ui() {
    if [ -f ui/dist/.built ] && [ -z "$(find ui/assets ui/build package-lock.json -newer ui/dist/.built -print -quit)" ]; then
        return
    fi
    npm run --silent build || fail "The pages' assets could not be built: see the lines above."
    touch ui/dist/.built
}
