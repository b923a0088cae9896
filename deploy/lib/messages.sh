# How quickstart and tests/run talk: one line per step, one sentence per failure.
# shellcheck shell=bash

say() { printf '%s\n' "$*"; }

step() { printf '\n== %s\n' "$*"; }

# One sentence on what is wrong, then out. Exit 3: the world (network, disk, database); 1: the build or a test.
fail() {
  local code=$1
  shift
  printf '\n%s: %s\n' "${program:-intake}" "$*" >&2
  exit "$code"
}

# Runs a command with its output in a log; when it fails, shows the log's end.
logged() {
  local log=$1
  shift
  mkdir -p "$(dirname "$log")"
  "$@" >"$log" 2>&1 || {
    local code=$?
    tail -n 25 "$log" >&2
    return "$code"
  }
}

seconds_as_words() {
  local s=$1
  ((s < 90)) && { echo "$s s"; return; }
  echo "$(((s + 30) / 60)) min"
}
