# The sample packet and the sample day, sent through the public API as any client would.
# shellcheck shell=bash disable=SC2154  # variables are the caller's

clinic_date() { TZ=America/New_York date -d "$1" +%F; }

# Fills in {{today}}, {{today-13}} and {{today+7}}; other braces are a patient's answer and stay.
fill_in_dates() {
  local text expression
  text=$(<"$1")
  while [[ $text =~ \{\{today([+-][0-9]+)?\}\} ]]; do
    expression=${BASH_REMATCH[1]:-+0}
    text=${text//"${BASH_REMATCH[0]}"/$(clinic_date "$expression days")}
  done
  printf '%s\n' "$text"
}

# The value of a header in the file that `curl --dump-header` wrote.
header() {
  awk -v name="$1" 'BEGIN { FS = ": " } tolower($1) == tolower(name) { sub(/\r$/, "", $2); print $2; exit }' "$2"
}

form_token() {
  call --output /dev/null --dump-header "$state/sample/token.headers" "$url/fhir/Questionnaire/registration"
  header Intake-Form-Token "$state/sample/token.headers"
}

# submit FILE NAME: prints the HTTP status; the answer and its headers lie in sample/NAME.*
submit() {
  fill_in_dates "$1" >"$state/sample/$2.json"
  call --output "$state/sample/$2.answer" --dump-header "$state/sample/$2.headers" --write-out '%{http_code}' \
    --header "Authorization: Bearer $token" --header 'Content-Type: application/fhir+json' \
    --data-binary "@$state/sample/$2.json" "$url/fhir/QuestionnaireResponse"
}

receipt_of() { header Intake-Receipt "$state/sample/$1.headers"; }

# A packet's own identifier is the submission's id: the first UUID in it.
id_of() { sed -n 's/.*"urn:uuid:\([0-9a-f-]*\)".*/\1/p' "$state/sample/$1.json" | head -n 1; }

# The decision's sentence in the answer: the issue whose coding names an outcome.
decision_of() {
  sed -n 's|.*CodeSystem/insurance-decision","code":"\([a-z_]*\)"}\],"text":"\([^"]*\)".*|\1: \2|p' "$state/sample/$1.answer" |
    tr '_' ' '
}

# require_stored STATUS NAME: 409 means that a run that was cut off sent it on an earlier day, with that day's dates.
require_stored() {
  [[ $1 == 20[01] || $1 == 409 ]] || { head -c 2000 "$state/sample/$2.answer" >&2; fail 3 "$2 was answered $1."; }
}

send_sample_packet() {
  local receipt decision
  require_stored "$(submit "$source_dir/tests/data/packet/sample-packet.json" sample-packet)" sample-packet
  receipt=$(receipt_of sample-packet) decision=$(decision_of sample-packet)
  say "Receipt     ${receipt:-was given in an earlier run}"
  say "Decision    ${decision:-was given in an earlier run}"
}

# As the front desk does in a browser: sign in, keep the cookie, fetch the copy.
download_copy() {
  local status copy=$state/sample/sample-packet.pdf jar=$state/sample/cookies
  status=$(call --output /dev/null --write-out '%{http_code}' --cookie-jar "$jar" --header "Origin: $url" \
    --data-urlencode name=desk --data-urlencode "password=$(password_of desk)" "$url/desk/sign-in")
  [[ $status == 303 ]] || fail 3 "signing in as the front desk was answered $status."
  status=$(call --output "$copy" --write-out '%{http_code}' --cookie "$jar" "$url/desk/submissions/$(id_of sample-packet).pdf")
  rm -f "$jar"
  [[ $status == 200 && $(head -c 5 "$copy") == %PDF- ]] || fail 3 "the copy of the sample packet was answered $status."
  say "Copy        $copy"
}

# Reads index.json, one case a line: file, title and what to see, separated by tabs.
sample_day_cases() {
  sed -n 's/.*"file": "\([^"]*\)", "title": "\([^"]*\)", "see": "\([^"]*\)".*/\1\t\2\t\3/p' "$source_dir/deploy/sample-day/index.json"
}

load_sample_day() {
  local file title see name count=0
  : >"$state/sample/tour.new"
  while IFS=$'\t' read -r file title see; do
    name=${file%.json}
    require_stored "$(submit "$source_dir/deploy/sample-day/$file" "$name")" "$name"
    printf '%s\n    %s\n    %s/desk/submissions/%s.pdf\n' "$title" "$see" "$url" "$(id_of "$name")" >>"$state/sample/tour.new"
    count=$((count + 1))
  done < <(sample_day_cases)
  say "Loaded the sample day: $count submissions"
}

# The day list, as the clinic's schedule would export it; a second import changes nothing.
load_appointments() {
  local answer
  answer=$(fill_in_dates "$source_dir/deploy/sample-day/appointments.csv" | intake appointments import -) ||
    fail 3 "the sample day's appointments were not taken over"
  say "$answer"
}

# As billing does after a telephone call: one coverage of the sample packet has a check by hand.
record_check() {
  local status csrf version jar=$state/sample/billing-cookies page
  local coverage
  coverage=$url/desk/coverages/$(id_of sample-packet)/1/by-hand
  status=$(call --output /dev/null --write-out '%{http_code}' --cookie-jar "$jar" --header "Origin: $url" \
    --data-urlencode name=billing --data-urlencode "password=$(password_of billing)" "$url/desk/sign-in")
  [[ $status == 303 ]] || fail 3 "signing in as billing was answered $status."
  page=$(call --cookie "$jar" "$coverage")
  csrf=$(sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' <<<"$page" | head -n 1)
  version=$(sed -n 's/.*name="version" value="\([^"]*\)".*/\1/p' <<<"$page" | head -n 1)
  status=$(call --output "$state/sample/check.answer" --write-out '%{http_code}' --cookie "$jar" --header "Origin: $url" \
    --data-urlencode "csrf=$csrf" --data "version=$version" --data status=active --data source=telephone \
    --data "service_date=$(clinic_date today)" \
    --data "date=$(clinic_date today)" --data "time=$(TZ=America/New_York date +%H:%M)" \
    --data-urlencode 'person=Somebody of the payer' --data reference=REF-0142 --data-urlencode 'plan=Part B' \
    --data begins=2016-03-01 --data m-deductible-total-not-stated-individual=257 \
    --data m-deductible-used-not-stated-individual=100 --data m-coinsurance-percent-not-stated-individual=20 \
    --data-urlencode 'messages=Invented for the sample day.' "$coverage")
  rm -f "$jar"
  [[ $status == 303 ]] || fail 3 "the sample check by hand was answered $status."
  say "Check       $url/desk/coverages/$(id_of sample-packet)/1 (sign in as billing)"
}

# Once: after an update of the checkout the same packets may hold other answers.
load_samples() {
  local token
  [[ ! -f $state/sample/tour ]] || return 0
  step "A sample packet, through the public API"
  token=$(form_token)
  send_sample_packet
  download_copy
  record_check
  load_sample_day
  load_appointments
  # Last: with it the next run takes all of the above as done.
  mv "$state/sample/tour.new" "$state/sample/tour"
}
