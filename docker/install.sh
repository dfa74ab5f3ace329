#!/bin/sh
# Installs Whoswho from this source into an environment of its own, every package pinned by hash.
# Usage: sh docker/install.sh FOLDER [PYTHON]. The image is made by it, and so is the check that CI runs.
set -eu
target=$1
python=${2:-python3}
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR="${PIP_NO_CACHE_DIR-1}"

"$python" -m venv "$target"
"$target/bin/python" -m pip install --quiet --require-hashes --requirement requirements.lock

# What builds the package is pinned as well, and stays out of what is shipped.
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT
"$python" -m venv "$build/env"
"$build/env/bin/python" -m pip install --quiet --require-hashes --requirement docker/build.lock
"$build/env/bin/python" -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir "$build/wheel" .
"$target/bin/python" -m pip install --quiet --no-deps --no-index "$build"/wheel/*.whl
"$target/bin/python" -m pip uninstall --quiet --yes pip
"$target/bin/python" -m compileall -q "$target/lib"
