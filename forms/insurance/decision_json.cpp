#include "forms/insurance/decision_json.hpp"

#include "forms/insurance/words.hpp"
#include "forms/json_reader.hpp"
#include "forms/json_writer.hpp"

namespace intake::forms::insurance {
namespace {

// What a decision about one coverage takes, about: spares most of the growing.
constexpr std::size_t bytes_expected = 2048;

void write_sentence(json_writer& json, std::string_view name, sentence_text const& text) {
  json.key(name).begin_object();
  json.member("en", text.en).member("es", text.es).member("ht", text.ht);
  json.end_object();
}

void write_names(json_writer& json, std::string_view name, std::vector<std::string> const& names) {
  json.key(name).begin_array();
  for (auto const& one : names) json.string(one);
  json.end_array();
}

void write_values(json_writer& json, std::string_view name, named_values const& values) {
  json.key(name).begin_object();
  for (auto const& [key, value] : values) json.member(key, value);
  json.end_object();
}

void write_near_misses(json_writer& json, std::vector<near_miss> const& misses) {
  json.key("near_misses").begin_array();
  for (auto const& miss : misses) {
    json.begin_object();
    json.member("fact", miss.fact).member("value", miss.value);
    json.member("outcome", to_word(miss.result)).member("rule", miss.rule);
    json.end_object();
  }
  json.end_array();
}

void write_coverage(json_writer& json, decision const& one) {
  json.begin_object();
  json.member("outcome", to_word(one.result)).member("rule", one.rule);
  json.member("payer", one.payer).member("payer_name", one.payer_name);
  json.member("kind", to_word(one.kind)).member("product", to_word(one.plan_product));
  json.member("network", to_word(one.where)).member("contract", one.contract);
  json.member("claims_number", one.claims_number);
  json.member("eligibility_number", one.eligibility_number);
  write_sentence(json, "patient", one.patient);
  json.member("staff", one.staff).member("source", one.source);
  write_names(json, "requires", one.requires_);
  write_near_misses(json, one.near_misses);
  write_values(json, "told", to_values(one.coverage));
  json.end_object();
}

parse_error not_a_decision() {
  return parse_error::of("not-a-decision", "The text is not a stored decision.");
}

named_values told_in(json_value const* object) {
  named_values values;
  if (object == nullptr) return values;
  for (auto const& member : *object) {
    if (member.is(json_kind::string)) values.emplace(member.key(), member.text());
  }
  return values;
}

std::optional<std::size_t> speaking_index(json_value const& root) {
  auto const* const number = root.find("speaking", json_kind::number);
  auto const* const coverages = root.find("coverages", json_kind::array);
  if (number == nullptr || coverages == nullptr) return std::nullopt;
  std::size_t index = 0;
  for (char const digit : number->text()) {
    if (digit < '0' || digit > '9' || index > coverages->children().size()) return std::nullopt;
    index = index * 10 + static_cast<std::size_t>(digit - '0');
  }
  return index < coverages->children().size() ? std::optional{index} : std::nullopt;
}

}  // namespace

std::string to_json(visit_decision const& decided, std::string_view rule_set_name) {
  std::string out;
  out.reserve(bytes_expected);
  json_writer json(out);
  json.begin_object();
  json.member("outcome", to_word(decided.result)).member("rule_set", rule_set_name);
  json.key("first");
  if (decided.first) {
    json.integer(static_cast<std::int64_t>(*decided.first));
  } else {
    json.null();
  }
  json.member("speaking", static_cast<std::int64_t>(decided.speaking));
  write_names(json, "cob_rules", decided.cob_rules);
  write_sentence(json, "patient", decided.patient);
  json.member("staff", decided.staff);
  json.key("coverages").begin_array();
  for (auto const& one : decided.coverages) write_coverage(json, one);
  json.end_array();
  write_values(
      json, "visit",
      decided.coverages.empty() ? named_values{} : to_values(decided.coverages.front().visit));
  json.end_object();
  return out;
}

parsed<stored_question> read_stored_question(std::string_view json) {
  auto const document = read_json(std::string(json));
  if (document.has_error()) return document.error();
  auto const& root = document->root();
  auto const* const coverages = root.find("coverages", json_kind::array);
  auto const* const visit = root.find("visit", json_kind::object);
  if (coverages == nullptr || visit == nullptr) return not_a_decision();
  auto const values = told_in(visit);
  auto const day = values.find("date_of_service");
  auto const date_of_service = day == values.end() ? std::nullopt : read_iso_date(day->second);
  if (!date_of_service) return not_a_decision();
  stored_question question{
      std::string(root.text_of("rule_set")), {}, visit_from_values(values, *date_of_service).facts};
  for (auto const& one : *coverages) {
    auto const told = told_in(one.find("told", json_kind::object));
    question.coverages.push_back(coverage_from_values(told).facts);
  }
  return question;
}

stored_question asked_for(stored_question question, date day, std::string location) {
  question.coverages = on_day(std::move(question.coverages), day);
  question.visit = on_day(std::move(question.visit), day);
  question.visit.location = std::move(location);
  return question;
}

parsed<stored_answer> read_stored_answer(std::string_view json) {
  auto const document = read_json(std::string(json));
  if (document.has_error()) return document.error();
  auto const& root = document->root();
  auto const result = from_word<outcome>(root.text_of("outcome"));
  auto const speaking = speaking_index(root);
  if (!result || !speaking) return not_a_decision();
  auto const& speaker = root.find("coverages")->children()[*speaking];
  stored_answer answer{*result,
                       std::string(speaker.text_of("rule")),
                       std::string(speaker.text_of("payer_name")),
                       {},
                       std::string(root.text_of("staff"))};
  if (auto const* const patient = root.find("patient", json_kind::object)) {
    answer.patient = {std::string(patient->text_of("en")), std::string(patient->text_of("es")),
                      std::string(patient->text_of("ht"))};
  }
  return answer;
}

}  // namespace intake::forms::insurance
