# A whole installation in a temporary folder, for the scripts beside this file: PostgreSQL with fsync on, keys,
# certificates, one front-desk account, the service on free ports. Everything is gone when the script ends.
# shellcheck shell=bash

program=$(readlink -f "$1")
source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
folder=$(mktemp -d "${TMPDIR:-/tmp}/intake-fault-XXXXXX")
service=
keeper=

say() { printf '%s\n' "$*"; }
fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }
skip() { printf 'Skipped: %s\n' "$*"; exit 77; }

clean_up() {
  local each
  # Loops that a script left running would keep whoever reads its output waiting.
  for each in $(jobs -p); do [[ $each == "$service" || $each == "$keeper" ]] || kill "$each" 2>/dev/null || true; done
  [[ -z $service ]] || { kill -9 "$service"; wait "$service"; } 2>/dev/null || true
  if [[ -n $keeper ]]; then
    exec {orders}>&-
    wait "$keeper" || true
  fi
  rm -rf "$folder"
}
trap clean_up EXIT

# start_database [NAME=VALUE ...]: PGHOST is its socket's folder; `tell stop` and `tell start` are a power cut's two halves.
start_database() {
  [[ -x /usr/lib/postgresql/15/bin/initdb ]] || skip "PostgreSQL 15 is not installed"
  coproc KEEPER { exec setsid "$source_dir/tests/support/throwaway_postgres" "$@"; }
  keeper=$KEEPER_PID
  # Moved, not copied: the keeper ends when the last copy of its input is closed.
  exec {answers}<&"${KEEPER[0]}"- {orders}>&"${KEEPER[1]}"-
  read -r PGHOST <&"$answers" || fail "PostgreSQL did not start"
  export PGHOST PGUSER=postgres
}

tell() {
  local answer
  echo "$1" >&"$orders"
  read -r answer <&"$answers" || fail "PostgreSQL's keeper is gone"
}

sql() { psql -qAtX -d intake -c "$1"; }

# Below 32768, where the kernel begins to give ports to whoever connects.
free_port() {
  local port
  for ((;;)); do
    port=$((10000 + RANDOM % 22000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}

# What the clinic calls today, whatever the machine does.
clinic_day() { TZ=America/New_York date +%F; }

# create_installation [FOLDER OF FORMS]
create_installation() {
  port=$(free_port)
  metrics_port=$(free_port)
  url=https://localhost:$port
  mkdir "$folder/tls" "$folder/keys"
  cat >"$folder/intake.toml" <<TOML
[server]
port = $port
[metrics]
port = $metrics_port
[database]
portal = "host=$PGHOST dbname=intake user=intake_portal"
desk = "host=$PGHOST dbname=intake user=intake_desk"
migrate = "host=$PGHOST dbname=intake user=intake_migrate"
backup = "host=$PGHOST dbname=intake user=intake_backup"
rekey = "host=$PGHOST dbname=intake user=intake_rekey"
retention = "host=$PGHOST dbname=intake user=intake_retention"
[audit]
heads_file = "heads"
[forms]
folder = "${1:-$source_dir/forms/packet}"
[rules]
folder = "$source_dir/forms/rules/example"
TOML
  export INTAKE_CONFIG=$folder/intake.toml
  {
    "$program" certs dev "$folder/tls"
    "$program" key new
    "$program" migrate --bootstrap "host=$PGHOST user=postgres dbname=postgres"
    echo "correct horse battery staple" >"$folder/password"
    "$program" account add front --role front-desk --password-file "$folder/password" --demo
  } >"$folder/setup.log" 2>&1 || { cat "$folder/setup.log" >&2; fail "the installation could not be made"; }
  "$program" client add load --scope submit --demo >"$folder/secret" 2>/dev/null
}

# start_service [LOG]
start_service() {
  "$program" serve >>"${1:-$folder/service.log}" 2>&1 &
  service=$!
  local tries
  for ((tries = 0; tries < 100; tries++)); do
    [[ $(call --output /dev/null --write-out '%{http_code}' "$url/readyz" 2>/dev/null) == 200 ]] && return
    sleep 0.1
  done
  tail -n 5 "$folder/service.log" >&2
  fail "the service did not become ready"
}

call() { curl --silent --max-time 20 --noproxy '*' --cacert "$folder/tls/ca.crt" "$@"; }

# submit WORDS: one submission with an id of its own; prints status and receipt.
submit() {
  local id
  id=$(</proc/sys/kernel/random/uuid)
  submit_as "$id" "$1"
}

submit_as() {
  call --user "${client:-load}:$(<"$folder/secret")" --header 'Content-Type: application/fhir+json' --dump-header - \
    --output /dev/null --write-out 'status: %{http_code}\n' --data-binary @- \
    "$url/fhir/QuestionnaireResponse" <<JSON | awk '
      tolower($1) == "intake-receipt:" { sub(/\r$/, "", $2); receipt = $2 }
      $1 == "status:" { print $2, receipt }'
{"resourceType":"QuestionnaireResponse","status":"in-progress",
 "identifier":{"system":"urn:ietf:rfc:3986","value":"urn:uuid:$1"},
 "questionnaire":"https://intake.example/fhir/Questionnaire/pain-history",
 "item":[{"linkId":"ask","item":[{"linkId":"ask.clinic","answer":[{"valueString":"$2"}]}]}]}
JSON
}

metric() { curl --silent --noproxy '*' "http://127.0.0.1:$metrics_port/metrics" | awk -v name="$1" '$1 == name { print $2 }'; }

# Every receipt that the desk's list shows with an opened summary, over all its pages.
listed_receipts() {
  local page=/desk
  call --cookie-jar "$folder/cookies" --output /dev/null --data-urlencode name=front \
    --data-urlencode "password=$(<"$folder/password")" "$url/desk/sign-in"
  while [[ -n $page ]]; do
    call --cookie "$folder/cookies" "$url$page" >"$folder/page.html"
    grep -q 'be opened' "$folder/page.html" && fail "the list shows a row that does not open"
    sed -n 's/.*intake-receipt">\([0-9A-Z-]*\)<.*/\1/p' "$folder/page.html" | tr -d -
    page=$(sed -n 's/.*href="\(\/desk?after=[^"]*\)".*/\1/p' "$folder/page.html")
  done
}
