# The state folder: where it is, who owns it, and the files that an installation consists of.
# shellcheck shell=bash disable=SC2034,SC2154  # variables are shared with deploy/quickstart and the other libraries

# As root everything runs as the system user `intake`; otherwise as whoever called.
choose_places() {
  if [[ $(id -u) == 0 ]]; then
    owner=intake state=/var/lib/intake-dev
  else
    owner=$(id -un) state=${XDG_STATE_HOME:-$HOME/.local/state}/intake
  fi
  sockets=$state/sockets
  # A UNIX socket's path may have 107 bytes, and PostgreSQL adds a name of its own.
  ((${#sockets} <= 85)) || sockets=${XDG_RUNTIME_DIR:-/tmp}/intake-$(id -u)
  logs=$state/logs
  config=$state/intake.toml
  intake=$state/bin/intake
  owner_prefix=(env -i "HOME=$state" "PATH=/usr/local/bin:/usr/bin:/bin" LANG=C.UTF-8)
  [[ $(id -u) != 0 ]] ||
    owner_prefix=(setpriv "--reuid=$owner" "--regid=$owner" --init-groups -- "${owner_prefix[@]}")
}

# as_owner COMMAND...: runs it as the owner of the state folder, without the caller's environment.
as_owner() { "${owner_prefix[@]}" "$@"; }

create_owner() {
  [[ $(id -u) == 0 ]] || return 0
  getent passwd "$owner" >/dev/null && return
  say "Adding the system user '$owner'"
  useradd --system --user-group --home-dir "$state" --no-create-home --shell /usr/sbin/nologin "$owner"
}

create_state() {
  umask 077
  mkdir -p "$state"
  chmod 700 "$state"
  [[ $(id -u) != 0 ]] || chown "$owner:" "$state"
  cd "$state" || exit 3
  as_owner mkdir -p bin logs run tls keys sample
}

# The program and its data are copied, so that a new build or a moved checkout does not pull them from under a running
# service. Says through its status whether anything changed.
copy_program() {
  local changed=1
  if ! cmp -s "$source_dir/build/release/service/intake" "$intake"; then
    { install -m 755 "$source_dir/build/release/service/intake" "$intake.new" && mv "$intake.new" "$intake"; } ||
      fail 3 "the program could not be copied to $intake."
    changed=0
  fi
  copy_folder "$source_dir/forms/packet" "$state/packet" && changed=0
  copy_folder "$source_dir/forms/rules/example" "$state/rules" && changed=0
  return $changed
}

# 1: nothing was to be done. `set -e` does not hold where a status is asked for, so each step says itself that it failed.
copy_folder() {
  diff -rq "$1" "$2" >/dev/null 2>&1 && return 1
  { rm -rf "$2.new" && cp -r "$1" "$2.new" && chmod -R a+rX "$2.new" && rm -rf "$2" && mv "$2.new" "$2"; } ||
    fail 3 "$1 could not be copied to $2."
}

write_config() {
  [[ -f $config ]] && return
  as_owner tee "$config" >/dev/null <<TOML
# Written by deploy/quickstart; deploy/README.md explains every key. Yours to change: quickstart never writes it again.
mode = "evaluation"

[clinic]
name = "Example Pain Center"
phone = "(561) 555-0142"
time_zone = "America/New_York"

[server]
address = "127.0.0.1"
port = $port

[metrics]
port = $((port + 1021))

[tls]
certificate_file = "tls/server.crt"
key_file = "tls/server.key"

[database]
portal = "host='$sockets' dbname=intake user=intake_portal"
desk = "host='$sockets' dbname=intake user=intake_desk"
billing = "host='$sockets' dbname=intake user=intake_billing"
migrate = "host='$sockets' dbname=intake user=intake_migrate"
backup = "host='$sockets' dbname=intake user=intake_backup"
rekey = "host='$sockets' dbname=intake user=intake_rekey"
retention = "host='$sockets' dbname=intake user=intake_retention"

[audit]
heads_file = "audit-heads"

[keys]
file = "keys/intake.keys"

[forms]
folder = "packet"

[rules]
folder = "rules"
TOML
}

# The port of the installation that is there; a new one gets what --port says.
read_port() {
  [[ -f $config ]] || return 0
  port=$(awk '/^\[/ { section = $0 } section == "[server]" && $1 == "port" { print $3 }' "$config")
}

intake() { as_owner "$intake" "$@" --config "$config"; }

create_keys() {
  [[ -f $state/keys/intake.keys ]] || intake key new >/dev/null || fail 3 "the key file could not be made."
}

create_certificates() {
  [[ -f $state/tls/server.crt ]] || intake certs dev "$state/tls" >/dev/null || fail 3 "the certificates could not be made."
}

migrate() {
  logged "$logs/migrate.log" intake migrate --bootstrap "host='$sockets' dbname=postgres user=postgres" ||
    fail 3 "the database's schema could not be made ($logs/migrate.log)."
}

# 80 random bits in groups that a person can type: abcd-efgh-2345-wxyz
# Without vowels it spells no word that somebody would have to read out at a desk.
new_password() { head -c 10 /dev/urandom | base32 | tr '[:upper:]' '[:lower:]' | tr aeiou 89xyz | sed 's/..../&-/g; s/-$//'; }

password_of() { cat "$state/logins/$1"; }

create_accounts() {
  as_owner mkdir -p -m 700 logins
  create_account desk front-desk
  create_account doctor clinician
  create_account billing billing
  create_account manager manager
  create_account admin administrator
}

# The password is printed at the end, so the account is marked: production refuses to start with it. A run that was cut
# off after the account was made left the password in NAME.new, and `account add` says 1: it is there already.
create_account() {
  local file=$state/logins/$1 cut_off=no code=0
  [[ ! -f $file ]] || return 0
  if [[ -s $file.new ]]; then cut_off=yes; else new_password | as_owner tee "$file.new" >/dev/null; fi
  intake account add "$1" --role "$2" --demo --password-file "$file.new" >"$logs/account.log" 2>&1 || code=$?
  [[ $code == 0 || $cut_off$code == yes1 ]] ||
    { cat "$logs/account.log" >&2; fail 3 "the account '$1' could not be made."; }
  as_owner mv "$file.new" "$file"
}
