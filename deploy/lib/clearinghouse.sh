# The simulated clearinghouse of --with-clearinghouse: a node program on 127.0.0.1, whose answers are made up.
# shellcheck shell=bash disable=SC2154  # variables are the caller's

has_clearinghouse() { grep -qs '^clearinghouse_is_simulator = true' "$config"; }

clearinghouse_port() { echo $((port + 1022)); }

# Its process id, when what the file names is still ours.
clearinghouse_pid() {
  local pid
  [[ -f $state/run/clearinghouse.pid ]] || return 1
  pid=$(<"$state/run/clearinghouse.pid")
  [[ -r /proc/$pid/cmdline && $(tr '\0' ' ' <"/proc/$pid/cmdline") == *" $state/clearinghouse/simulator.mjs "* ]] || return 1
  echo "$pid"
}

clearinghouse_words() {
  if clearinghouse_pid >/dev/null; then echo "of a clearinghouse runs as process $(clearinghouse_pid)"; else echo "of a clearinghouse is stopped"; fi
}

# Says through its status whether the settings changed. A clearinghouse of the operator's own is left alone.
connect_clearinghouse() {
  has_clearinghouse && return 1
  ! grep -q '^\[eligibility\]' "$config" ||
    fail 2 "$config has a section [eligibility] already; --with-clearinghouse changes none of it."
  # An installation that is older than the role's own connections.
  grep -q '^billing = ' "$config" ||
    as_owner sed -i "s|^desk = \"host=.*|&\nbilling = \"host='$sockets' dbname=intake user=intake_billing\"|" "$config"
  as_owner tee -a "$config" >/dev/null <<TOML

[eligibility]
sender = "EXAMPLECLINIC"
receiver = "INTAKESIMULATOR"
npi = "1234567893"
clearinghouse_url = "https://localhost:$(clearinghouse_port)/core"
clearinghouse_authority_file = "tls/ca.crt"
clearinghouse_is_simulator = true
TOML
  say "Added the simulated clearinghouse to $config"
}

start_clearinghouse() {
  local tries
  copy_folder "$source_dir/tests/support/clearinghouse" "$state/clearinghouse" && stop_clearinghouse
  clearinghouse_pid >/dev/null && return
  setsid "${owner_prefix[@]}" "$(command -v node)" "$state/clearinghouse/simulator.mjs" --port "$(clearinghouse_port)" \
    --certificate "$state/tls/server.crt" --key "$state/tls/server.key" </dev/null >"$logs/clearinghouse.log" 2>&1 &
  echo $! >"$state/run/clearinghouse.pid"
  disown
  for ((tries = 0; tries < 50; tries++)); do
    grep -qs '^listening' "$logs/clearinghouse.log" && return
    sleep 0.1
  done
  tail -n 5 "$logs/clearinghouse.log" >&2
  fail 3 "the simulated clearinghouse did not start ($logs/clearinghouse.log)."
}

stop_clearinghouse() {
  local pid
  pid=$(clearinghouse_pid) || return 0
  kill -TERM "$pid"
  rm -f "$state/run/clearinghouse.pid"
}
