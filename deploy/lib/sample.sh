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
