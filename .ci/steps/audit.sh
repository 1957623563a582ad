#!/usr/bin/env bash
# The audits on the bundled sample, each with small settings: nothing may be found. Exit code 7 of an audit is a finding and fails.
set -euo pipefail
desk=$(mktemp -d)
trap 'rm -rf "$desk"' EXIT
root=$PWD
cd "$desk"
swing() { node "$root/dist/cli/main.js" -q --set data.source=sample --set "paths.models=$desk/models" "$@"; }

audit() { # NAME FLAGS…
  local started=$SECONDS
  swing audit "$@"
  echo "note: audit $1: $((SECONDS - started)) s"
}
audit lookahead --features momentum,volatility --names 20 --cuts 2 --decided 4
audit warmup --features momentum,volatility --names 20 --cuts 1
audit leakage --features momentum,volatility --names 24 --shuffles 1
audit daily --since 2018-02-02
