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

cd "$folder" # so that nothing of the checkout can be imported
export WHOSWHO_DATA="$folder/data" PYTHONDONTWRITEBYTECODE=1
"$folder/opt/bin/whoswho" --version
"$folder/opt/bin/whoswho" doctor > "$folder/diagnosis" # a fresh installation is sound
"$folder/opt/bin/whoswho" check > "$folder/outcome"
"$folder/opt/bin/whoswho" ask "which people do you know?" > "$folder/answer"
"$folder/opt/bin/whoswho" doctor >> "$folder/diagnosis" # and so is one that is in use
test -s "$folder/outcome" && test -s "$folder/answer"
echo "The image's steps work: installed, found sound, read its own knowledge, answered."
