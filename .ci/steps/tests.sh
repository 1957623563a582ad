#!/usr/bin/env bash
# The test suite; its results go to the JSON file named by the first argument, where .ci/run counts them one by one.
# Fails only when the suite could not run to its end: failed tests are counted as such.
set -u
log="$1.log"
npm test -- --reporter=default --reporter=json --outputFile.json="$1" 2>&1 | tee "$log"
code=${PIPESTATUS[0]}
[ -s "$1" ] || exit "$code"
node .ci/rerun-crashed.mjs "$1" "$log"
node .ci/count-tests.mjs "$1" --say
