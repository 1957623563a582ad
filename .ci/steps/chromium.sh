#!/usr/bin/env bash
# The report of the clean clone opens in Chromium, on a desk and on a phone, without a console error, asks the network for nothing
# and does not scroll sideways on the phone.
set -euo pipefail
if ! command -v chromium >/dev/null; then
  if [ "$(id -u)" -ne 0 ]; then
    echo "no Chromium, and only root can install it (apt-get install chromium)"
    exit 77
  fi
  apt-get update --quiet
  apt-get install --quiet --yes --no-install-recommends chromium
fi
[ -s "$CI_WORK/report.html" ] || { echo "expected the report of the clean-clone check, found none"; exit 1; }
CHROMIUM_PATH=$(command -v chromium) node .ci/open-report.mjs "$CI_WORK/report.html" --pictures "$CI_WORK"
