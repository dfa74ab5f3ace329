#!/bin/sh
# Does what the image does, without a container engine: the same files, the same script, in a clean folder; then asks
# the result one question, reads the knowledge that is inside it and has itself examined. Usage: sh docker/check.sh [PYTHON]
set -eu
cd "$(dirname "$0")/.."
python=${1:-python3}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# The builder gets what .dockerignore lets through and the Dockerfile copies.
mkdir -p "$folder/source" "$folder/data"
awk '$1 == "COPY" && $2 !~ /^--/ { for (i = 2; i < NF; i++) print $i }' docker/Dockerfile | while read -r path; do
    if ! grep -qx "!$path" .dockerignore; then
        echo "docker/check.sh: .dockerignore keeps $path from the builder" >&2
        exit 1
    fi
    git ls-files -z -- "$path" | xargs -0 cp --parents --target-directory "$folder/source"
done

(cd "$folder/source" && sh docker/install.sh "$folder/opt" "$python")

# The image has no compiler: for its Python every pinned package must be there ready made, on both kinds of processor.
version=$(sed -n 's/^ARG PYTHON=python:\([0-9]*\.[0-9]*\)\..*/\1/p' docker/Dockerfile)
for machine in x86_64 aarch64; do
    "$python" -m pip --quiet --disable-pip-version-check install --dry-run --ignore-installed --no-deps \
        --target "$folder/none" --only-binary :all: --python-version "$version" --implementation cp \
        --platform "manylinux_2_17_$machine" --platform "manylinux2014_$machine" --platform "manylinux_2_28_$machine" \
        --require-hashes --requirement requirements.lock
done

cd "$folder" # so that nothing of the checkout can be imported
export WHOSWHO_DATA="$folder/data" PYTHONDONTWRITEBYTECODE=1
"$folder/opt/bin/whoswho" --version
"$folder/opt/bin/whoswho" doctor > "$folder/diagnosis" # a fresh installation is sound
"$folder/opt/bin/whoswho" check > "$folder/outcome"
"$folder/opt/bin/whoswho" ask "which people do you know?" > "$folder/answer"
"$folder/opt/bin/whoswho" doctor >> "$folder/diagnosis" # and so is one that is in use
test -s "$folder/outcome" && test -s "$folder/answer"
echo "The image's steps work: installed (and could be on amd64 and arm64), found sound, read its own knowledge, answered."
