#!/usr/bin/env bash
# The packed library installs into an empty project and works there: import, require, CLI, daily run on the sample.
set -euo pipefail
root=$PWD project=$CI_WORK/project
tarball=$(npm pack --silent --pack-destination "$CI_WORK" | tail -n 1)
echo "note: package of $(($(stat -c %s "$CI_WORK/$tarball") / 1024)) kB"

mkdir "$project" "$CI_WORK/package-home"
npm_config_cache=$(npm config get cache)
export npm_config_cache HOME=$CI_WORK/package-home PATH=$CI_PATH
cd "$project"
npm init --yes >/dev/null
# the project brings Node 24 itself, as a user on an older Node would
npm install --no-fund --no-audit "$CI_WORK/$tarball" node@24
npx --no-install swing --version
npx --no-install swing doctor

export PATH="$project/node_modules/.bin:$PATH"
node --input-type=module --eval 'const lib = await import("swinglab"); if (typeof lib.open !== "function") throw new Error(`expected swinglab to export open, found ${Object.keys(lib)}`);'
node --eval 'const lib = require("swinglab"); if (typeof lib.open !== "function") throw new Error("expected require(\"swinglab\") to work as in a notebook");'

swing init desk
cd desk
swing daily --json >daily.json 2>daily.log || { cat daily.log; exit 1; }
node "$root/.ci/check-daily-json.mjs" daily.json
