# The service in the background: no systemd needed, so that it also runs in a bare container.
# shellcheck shell=bash disable=SC2154  # variables are the caller's

# Its process id, when what the file names is still our service and not somebody who got the number later.
service_pid() {
  local pid
  [[ -f $state/run/service.pid ]] || return 1
  pid=$(<"$state/run/service.pid")
  [[ -r /proc/$pid/cmdline ]] || return 1
  [[ $(tr '\0' ' ' <"/proc/$pid/cmdline") == "$intake serve "* ]] || return 1
  echo "$pid"
}

port_is_taken() {
  (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null
}

require_free_port() {
  service_pid >/dev/null || ! port_is_taken ||
    fail 3 "port $port is in use by another program; give another one with --port (or change it in $config)."
}

start_service() {
  service_pid >/dev/null && return
  # Everything before the program only becomes the next command, so $! is the program.
  setsid "${owner_prefix[@]}" "$intake" serve --config "$config" </dev/null >>"$logs/service.log" 2>&1 &
  echo $! >"$state/run/service.pid"
  disown
  wait_until_ready
}

wait_until_ready() {
  local tries
  for ((tries = 0; tries < 150; tries++)); do
    [[ $(call --output /dev/null --write-out '%{http_code}' "$url/readyz" 2>/dev/null) == 200 ]] && return
    ((tries < 20)) || service_pid >/dev/null || break
    sleep 0.2
  done
  tail -n 5 "$logs/service.log" >&2
  fail 3 "the service did not become ready ($logs/service.log)."
}

# SIGTERM lets the submissions under way finish.
stop_service() {
  local pid tries
  pid=$(service_pid) || return 0
  kill -TERM "$pid"
  for ((tries = 0; tries < 300; tries++)); do
    [[ -d /proc/$pid ]] || { rm -f "$state/run/service.pid"; return; }
    sleep 0.1
  done
  fail 3 "the service (process $pid) did not stop within 30 seconds."
}

# call CURL-ARGUMENT...: curl that trusts this installation's authority and nothing else.
call() {
  curl --silent --show-error --max-time 60 --noproxy '*' --cacert "$state/tls/ca.crt" "$@"
}
