#!/usr/bin/env bash
# What README promises a newcomer: clone, `npm ci && npm run daily` with an empty home folder, and again from the cache.
# Checks the commit, not uncommitted changes. Leaves the report for the browser check.
set -euo pipefail
FIRST_RUN_MS=90000 CACHED_RUN_MS=10000
root=$PWD clone=$CI_WORK/clone

mkdir "$CI_WORK/git-home" "$CI_WORK/home"
git config --file "$CI_WORK/git-home/.gitconfig" safe.directory '*' # the checkout may belong to another user
HOME=$CI_WORK/git-home git clone --quiet "file://$root" "$clone"
[ -z "$(HOME=$CI_WORK/git-home git status --porcelain)" ] || echo "note: uncommitted changes are not part of the clean clone"

# only the download cache is shared, to spare the registry
npm_config_cache=$(npm config get cache)
export npm_config_cache HOME=$CI_WORK/home PATH=$CI_PATH
unset XDG_CONFIG_HOME XDG_CACHE_HOME XDG_DATA_HOME SWINGLAB_REALDATA SWINGLAB_GOLDEN
cd "$clone"
npm ci

now_ms() { echo $(($(date +%s%N) / 1000000)); }
timed_daily() { # NAME LIMIT_MS
  local started took
  started=$(now_ms)
  npm run daily 2>&1 | tee "$CI_WORK/daily-$1.log"
  took=$(($(now_ms) - started))
  echo "note: $1 daily run: $took ms"
  if [ "$took" -ge "$2" ]; then
    echo "expected the $1 daily run under $2 ms, found $took ms"
    return 1
  fi
}
timed_daily first "$FIRST_RUN_MS"
timed_daily cached "$CACHED_RUN_MS"

report=$(sed -n 's/^report: //p' "$CI_WORK/daily-first.log" | tail -n 1)
[ -s "$report" ] || { echo "expected the path of the HTML report on a line 'report: …', found \"$report\""; exit 1; }
cp "$report" "$CI_WORK/report.html"
[ -z "$(git status --porcelain)" ] || { echo "expected a daily run to leave the checkout clean, found:"; git status --porcelain; exit 1; }
