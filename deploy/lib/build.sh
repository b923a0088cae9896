# Configures and builds a preset, showing how far it is.
# shellcheck shell=bash disable=SC2154  # `source_dir` is the caller's

# As many compilers as there are cores, and no more than one for each 1.5 GB of memory.
build_jobs() {
  local cores megabytes by_memory
  cores=$(nproc)
  megabytes=$(awk '/^MemAvailable/ { print int($2 / 1024) }' /proc/meminfo)
  by_memory=$((megabytes / 1500))
  ((by_memory < 1)) && by_memory=1
  echo $((cores < by_memory ? cores : by_memory))
}

configure() {
  local preset=$1
  shift
  logged "$source_dir/build/$preset.configure.log" \
    cmake -S "$source_dir" --preset "$preset" "$@" ||
    fail 1 "cmake could not configure the preset '$preset' (build/$preset.configure.log)."
}

# A line about every tenth part, so that a log stays readable.
show_progress() {
  awk '
    match($0, /^\[[0-9]+\/[0-9]+\]/) {
      split(substr($0, 2, RLENGTH - 2), at, "/")
      tenth = int(10 * at[1] / at[2])
      if (tenth > shown) { shown = tenth; printf "  built %d of %d\n", at[1], at[2]; fflush() }
      next
    }
    { print; fflush() }'
}

# build PRESET TARGET...: exit status is ninja's.
build() {
  local preset=$1
  shift
  local command=(ninja -C "$source_dir/build/$preset" -j "$(build_jobs)" "$@")
  if [[ -t 1 ]]; then
    "${command[@]}"
  else
    "${command[@]}" | show_progress
    return "${PIPESTATUS[0]}"
  fi
}
