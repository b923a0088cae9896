# The private PostgreSQL: a cluster of its own in the state folder, reached by its UNIX socket only.
# shellcheck shell=bash disable=SC2154  # `state`, `sockets` and `logs` are the caller's

postgres_bin=/usr/lib/postgresql/15/bin

# Not by pg_ctl: a number in a file may have become another process, or what is left of a killed one.
cluster_is_running() {
  local pid
  [[ -f $state/postgres/postmaster.pid ]] || return 1
  read -r pid <"$state/postgres/postmaster.pid"
  [[ -r /proc/$pid/cmdline && $(tr '\0' ' ' <"/proc/$pid/cmdline") == *" $state/postgres "* ]]
}

# Whoever may open the socket may be any role: its folder is the owner's alone, and nothing listens on the network.
create_cluster() {
  [[ -f $state/postgres/PG_VERSION ]] && return
  say "Creating a private PostgreSQL cluster"
  logged "$logs/initdb.log" as_owner "$postgres_bin/initdb" -D "$state/postgres" --username=postgres \
    --auth=trust --encoding=UTF8 --locale=C.UTF-8 --data-checksums ||
    fail 3 "PostgreSQL's initdb failed ($logs/initdb.log)."
  as_owner tee -a "$state/postgres/postgresql.conf" >/dev/null <<CONF

# deploy/quickstart: a socket of our own, nothing on the network
listen_addresses = ''
unix_socket_directories = '$sockets'
unix_socket_permissions = 0700
max_connections = 150
log_timezone = 'UTC'
timezone = 'UTC'
CONF
}

start_cluster() {
  cluster_is_running && return
  as_owner mkdir -p -m 700 "$sockets"
  as_owner "$postgres_bin/pg_ctl" -D "$state/postgres" -l "$logs/postgresql.log" -w -t 60 start >>"$logs/pg_ctl.log" 2>&1 ||
    { tail -n 15 "$logs/postgresql.log" >&2; fail 3 "PostgreSQL did not start ($logs/postgresql.log)."; }
}

stop_cluster() {
  cluster_is_running || return 0
  as_owner "$postgres_bin/pg_ctl" -D "$state/postgres" -w -t 60 -m fast stop >>"$logs/pg_ctl.log" 2>&1 ||
    fail 3 "PostgreSQL did not stop ($logs/postgresql.log)."
}
