#!/usr/bin/env bash
# Every notebook runs from top to bottom and holds its outputs; the danfo.js bridge works for real; the public types
# compile with the notebooks' TypeScript; the lock file names no download hosts.
set -euo pipefail
npm --prefix notebooks ci
if grep -E '"resolved": "https?:' package-lock.json notebooks/package-lock.json; then
  echo "expected lock files without download addresses"
  exit 1
fi

# the runner itself must notice a failing cell
mkdir "$CI_WORK/notebooks"
failing="$CI_WORK/notebooks/failing.ipynb"
echo '{"cells":[{"cell_type":"code","execution_count":null,"metadata":{},"outputs":[],"source":"throw new Error(\"planted\")"}],"metadata":{},"nbformat":4,"nbformat_minor":4}' >"$failing"
if node notebooks/run.cjs "$failing" >"$CI_WORK/planted.log" 2>&1 || ! grep -q planted "$CI_WORK/planted.log"; then
  cat "$CI_WORK/planted.log"
  echo "expected the runner to fail with the cell's error text"
  exit 1
fi

node notebooks/run.cjs
node notebooks/check-danfo.cjs
npx vitest run tests/notebook
