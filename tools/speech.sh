#!/usr/bin/env bash
# Fetches the speech engine (make speech): the model Moonshine tiny (English, MIT) and the ONNX Runtime that runs it, 66 MB, into
# .cache/speech or the folder given. Every file is taken by its SHA-256. Does nothing where all is there.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/say.sh"
package="moonshine-voice==0.0.49"
folder="${1:-.cache/speech}"

# SHA-256, place in the package, name here.
parts="94e90a4654fc45cdfedb77c4c08e1739f48862998e58fada384b25118134f221 moonshine_voice/assets/tiny-en/encoder_model.ort encoder_model.ort
cf524c4862d36e9e5ab032eddc73637efd822d70e868ac575cf1a46e1e4708a0 moonshine_voice/assets/tiny-en/decoder_model_merged.ort decoder_model_merged.ort
6884b35fd6377d4c4d32336a0bc152f36b64d1e45b6503683cdc238250a8472d moonshine_voice/assets/tiny-en/tokenizer.bin tokenizer.bin
a787437d3c71ced24e8ece9199ae8f60f9d720cc2785b27dd95920fca2f3459e moonshine_voice.libs/libonnxruntime-13ab8084.so.1 libonnxruntime.so.1
e5a26b3d29e5b0bc8dbd72c11d16a3808a4ec0ac45b21f12a27d2a2fe5c5ae61 moonshine_voice/assets/beckett.wav beckett.wav
f3348494d77cb74a02862f5e685ed09faf3e75832c5cc5c80703282c2cd8b52e moonshine_voice/assets/two_cities.wav two_cities.wav"

whole() {
    local sum place name
    while read -r sum place name; do
        [ "$(sha256sum "$folder/$name" 2>/dev/null | cut -d' ' -f1)" = "$sum" ] || return 1
    done <<<"$parts"
}

whole && exit 0
[ "$(uname -m)" = x86_64 ] || fail "The speech engine is there for x86_64 alone. Bedside works without it: nobody is asked whether something may be written down."
has python3 && python3 -m pip --version >/dev/null 2>&1 ||
    fail "pip is missing, which fetches the speech engine. Install it: sudo apt-get install python3-pip"
note "fetching the speech engine ($package, 85 MB)"
mkdir -p "$folder"
fresh="$(mktemp -d "$folder/fetch-XXXXXX")"
trap 'rm -rf "$fresh"' EXIT
# A progress bar where somebody looks.
quiet=""
[ -t 2 ] || quiet=-q
# shellcheck disable=SC2086
python3 -m pip download $quiet --no-deps --only-binary=:all: --platform manylinux_2_34_x86_64 -d "$fresh" "$package" ||
    fail "The speech engine could not be fetched. Check the network and run: make speech"
python3 -m zipfile -e "$fresh"/moonshine_voice-*.whl "$fresh/unpacked"
while read -r sum place name; do
    [ "$(sha256sum "$fresh/unpacked/$place" | cut -d' ' -f1)" = "$sum" ] ||
        fail "$name is not the file that was expected (its SHA-256 differs). Nothing was installed."
done <<<"$parts"
while read -r sum place name; do
    mv -f "$fresh/unpacked/$place" "$folder/$name"
done <<<"$parts"
note "the speech engine is in $folder"
