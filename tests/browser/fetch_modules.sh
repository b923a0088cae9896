# What tests/browser/package.json names, fetched once for each lock file, however many tests ask at the same time.
# shellcheck shell=bash

# fetch_modules FOLDER: FOLDER/node_modules has them. The caller has `fail`.
fetch_modules() {
  local from modules=$1 turn
  from=$(dirname "${BASH_SOURCE[0]}")
  mkdir -p "$modules"
  exec {turn}>"$modules/.turn"
  flock "$turn"
  if ! cmp -s "$from/package-lock.json" "$modules/.installed"; then
    cp "$from/package.json" "$from/package-lock.json" "$from/.npmrc" "$modules/"
    (cd "$modules" && npm ci --ignore-scripts --omit=optional --loglevel=error) >"$modules/npm.log" 2>&1 ||
      { cat "$modules/npm.log" >&2; fail "npm could not fetch what tests/browser/package.json names"; }
    cp "$from/package-lock.json" "$modules/.installed"
  fi
  exec {turn}>&-
}
