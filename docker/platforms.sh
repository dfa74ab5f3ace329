#!/bin/sh
# Whether every pinned package is there ready made for the image's Python, on both kinds of processor: it has no compiler.
#     sh docker/platforms.sh PYTHON
set -eu
cd "$(dirname "$0")/.."
python=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

version=$(sed -n 's/^ARG PYTHON=python:\([0-9]*\.[0-9]*\)\..*/\1/p' docker/Dockerfile)
for machine in x86_64 aarch64; do
    "$python" -m pip --quiet --disable-pip-version-check install --dry-run --ignore-installed --no-deps \
        --target "$folder" --only-binary :all: --python-version "$version" --implementation cp \
        --platform "manylinux_2_17_$machine" --platform "manylinux2014_$machine" --platform "manylinux_2_28_$machine" \
        --require-hashes --requirement requirements.lock
    echo "Every pinned package is there for Python $version on $machine."
done
