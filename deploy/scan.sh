#!/bin/bash
# scan.sh: checkov's findings in what the chart makes of every value set that the tests know, and in the plain manifests.
# Exits with 1 on a finding that deploy/scan.yaml does not allow. Needs a JDK 25 and, where checkov is not on the path,
# Python with access to PyPI; neither is needed by the build.
set -euo pipefail
cd "$(dirname "$0")/.."
version=3.3.30
manifests=target/scan

if ! command -v checkov >/dev/null || [ "$(checkov --version)" != "$version" ]; then
  tool=${XDG_CACHE_HOME:-$HOME/.cache}/connectwise-operator/tools/checkov-$version
  if [ ! -x "$tool/bin/checkov" ]; then
    python3 -m venv "$tool"
    "$tool/bin/pip" install --quiet --disable-pip-version-check "checkov==$version"
  fi
  PATH=$tool/bin:$PATH
fi

rm -rf "$manifests"
./mvnw -q -ntp test-compile exec:exec@manifests
cp deploy/install.yaml deploy/install-namespaced.yaml "$manifests"
checkov --config-file deploy/scan.yaml --directory "$manifests"
