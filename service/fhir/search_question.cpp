#include "service/fhir/search_question.hpp"

#include "certs/base64.hpp"
#include "certs/receipt.hpp"
#include "certs/secret.hpp"
#include "service/fhir/client_record.hpp"
#include "service/fhir/operation_outcome.hpp"
#include "service/fhir/search_set.hpp"
#include "service/fhir/search_values.hpp"

#include <algorithm>
#include <charconv>
#include <functional>

#include <fmt/format.h>

namespace intake::service::fhir {
namespace {

constexpr std::size_t count_max = 200;
constexpr std::string_view uri_system = "urn:ietf:rfc:3986";
constexpr std::string_view urn_uuid = "urn:uuid:";

/// A sentence for the client, thrown inside this file only.
struct bad_parameter {
  std::string sentence;
};

std::vector<std::string> by_comma(std::string_view text) {
  auto values = alternatives_in(text);
  if (values.empty()) throw bad_parameter{std::string(parameter_values_sentence)};
  return values;
}

template <class Number>
std::optional<Number> whole(std::string_view text) {
  Number number{};
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<page_cursor> read_cursor(std::string_view text) {
  auto const bytes = certs::base64url_decode(text);
  if (!bytes) return std::nullopt;
  std::string_view const plain(reinterpret_cast<char const*>(bytes->data()), bytes->size());
  auto const first = plain.find('.');
  auto const second = plain.find('.', first == plain.npos ? first : first + 1);
  if (second == plain.npos) return std::nullopt;
  auto const at = whole<std::int64_t>(plain.substr(0, first));
  auto const id = certs::parse_uuid(plain.substr(first + 1, second - first - 1));
  auto const taken = whole<std::size_t>(plain.substr(second + 1));
  constexpr std::int64_t century_us = 100LL * 366 * 86'400 * 1'000'000;
  if (!at || *at < 0 || *at > century_us || !id || !taken) return std::nullopt;
  return page_cursor{{certs::utc_time(std::chrono::microseconds(*at)), *id}, *taken};
}

/// Only what is in both lists is left.
template <class Id>
void leave_common(std::optional<std::vector<Id>>& known, std::vector<Id> wanted) {
  if (known) {
    std::erase_if(wanted, [&](auto const& id) { return std::ranges::count(*known, id) == 0; });
  }
  known = std::move(wanted);
}

/// "urn:uuid:…", also with the system of URIs before a bar, or a receipt: that is no Identifier of
/// a resource and has no system. Another system's value is nobody's here.
std::optional<certs::uuid> submission_of(application const& app, std::string_view value) {
  auto const bar = value.find('|');
  auto const id = bar == value.npos ? value : value.substr(bar + 1);
  if (id.empty()) {
    throw bad_parameter{"identifier takes a receipt, or urn:uuid: and the id of a submission."};
  }
  if (bar != value.npos && value.substr(0, bar) != uri_system) return std::nullopt;
  if (id.starts_with(urn_uuid)) return certs::parse_uuid(id.substr(urn_uuid.size()));
  if (bar != value.npos) return std::nullopt;
  if (auto const uuid = certs::parse_uuid(id)) return uuid;
  auto const receipt = certs::parse_receipt(id);
  return receipt ? db::find_receipt(app.desk, certs::to_string(*receipt)) : std::nullopt;
}

class question_reader {
 public:
  question_reader(application const& app, search_question& into) : app_(app), into_(into) {}

  void take(parameter_row const& row, std::string const& value) {
    switch (row.use) {
      case parameter_use::id:
        return take_ids(value);
      case parameter_use::identifier:
        return take_identifiers(value);
      case parameter_use::patient:
        return take_patients(value);
      case parameter_use::response:
        return take_responses(value);
      case parameter_use::form:
        into_.forms.push_back(by_comma(value));
        return;
      case parameter_use::changed:
        into_.changed = narrowed(into_.changed, range(row, value));
        return;
      case parameter_use::authored:
        into_.authored = narrowed(into_.authored, range(row, value));
        return;
      default:
        return shape(row, value);
    }
  }

 private:
  void take_ids(std::string const& value) {
    auto ids = by_comma(value);
    take_submissions_of(ids);
    leave_common(into_.ids, std::move(ids));
  }

  void take_identifiers(std::string const& value) {
    std::vector<certs::uuid> about;
    for (auto const& each : by_comma(value)) {
      if (auto const id = submission_of(app_, each)) about.push_back(*id);
    }
    leave_common(into_.submissions, std::move(about));
  }

  void take_patients(std::string const& value) {
    std::vector<certs::uuid> about;
    for (auto const& each : by_comma(value)) {
      auto const id = id_in_reference(each, "Patient", base());
      auto const submission = id ? certs::parse_uuid(*id) : std::nullopt;
      if (submission) about.push_back(*submission);
    }
    leave_common(into_.submissions, std::move(about));
  }

  void take_responses(std::string const& value) {
    std::vector<std::string> ids;
    for (auto const& each : by_comma(value)) {
      if (auto const id = id_in_reference(each, "QuestionnaireResponse", base())) {
        ids.emplace_back(*id);
      }
    }
    take_submissions_of(ids);
    into_.responses.push_back(std::move(ids));
  }

  /// Every id of ours is a submission's, or begins with it and a dot.
  void take_submissions_of(std::vector<std::string> const& ids) {
    std::vector<certs::uuid> about;
    for (auto const& each : ids) {
      if (auto const id = read_resource_id(each)) about.push_back(id->submission);
    }
    leave_common(into_.submissions, std::move(about));
  }

  std::string base() const { return app_.settings.public_url() + "/fhir"; }

  date_range range(parameter_row const& row, std::string const& value) {
    auto const read = read_date_parameter(app_.clock, value);
    if (read) return *read;
    throw bad_parameter{fmt::format(
        "{} takes a date, or a time with seconds and zone, after eq, gt, lt, ge, le, sa or eb.",
        row.name)};
  }

  void shape(parameter_row const& row, std::string const& value) {
    if (row.use == parameter_use::count) {
      auto const number = whole<std::size_t>(value);
      if (!number) throw bad_parameter{"_count must be a whole number."};
      into_.count = std::min(*number, count_max);
    } else if (row.use == parameter_use::cursor) {
      into_.after = read_cursor(value);
      if (!into_.after) throw bad_parameter{"_cursor is no link of ours: begin the search again."};
    } else if (value == "_lastUpdated") {
      into_.order = db::change_order::oldest_first;
    } else if (value != "-_lastUpdated") {
      throw bad_parameter{"_sort takes _lastUpdated or -_lastUpdated."};
    }
  }

  application const& app_;
  search_question& into_;
};

bool is_lenient(request const& asked) {
  auto const prefer = asked.field("prefer");
  return prefer && prefer->find("handling=lenient") != prefer->npos;
}

std::string known_names(std::span<parameter_row const> rows) {
  std::string names;
  for (auto const& each : rows) {
    if (each.use != parameter_use::cursor)
      names += (names.empty() ? "" : ", ") + std::string(each.name);
  }
  return names;
}

void read_all(application const& app, call const& c, std::span<parameter_row const> rows,
              std::vector<form_field> fields, search_question& question) {
  question_reader reader(app, question);
  for (auto& field : fields) {
    auto const row = std::ranges::find(rows, field.name, &parameter_row::name);
    if (row == rows.end()) {
      if (shapes_only(field.name) && field.name != "_offset") continue;
      if (!is_lenient(c.asked)) {
        throw bad_parameter{
            "There is no search parameter of that name here. Known: " + known_names(rows) + "."};
      }
      question.ignored.push_back(std::move(field.name));
      continue;
    }
    reader.take(*row, field.value);
    if (row->use != parameter_use::cursor) question.known.push_back(std::move(field));
  }
}

}  // namespace

std::optional<std::vector<form_field>> search_fields(request const& asked) {
  auto fields = read_form(asked.query);
  if (!fields || asked.method != http_method::post) return fields;
  auto const body = read_form(asked.body);
  if (!body) return std::nullopt;
  fields->insert(fields->end(), body->begin(), body->end());
  return fields;
}

std::variant<search_question, response> read_search_question(application const& app, call const& c,
                                                             std::span<parameter_row const> rows) {
  bool const is_post = c.asked.method == http_method::post;
  auto const type = read_media_type(c.asked.field("content-type").value_or(""));
  if (is_post && !c.asked.body.empty() &&
      (!type || type->name != "application/x-www-form-urlencoded")) {
    return outcome_response(415, "Send the parameters as application/x-www-form-urlencoded.");
  }
  auto fields = search_fields(c.asked);
  if (!fields) return outcome_response(400, "The parameters are not form-encoded UTF-8.");
  search_question question;
  try {
    read_all(app, c, rows, std::move(*fields), question);
  } catch (bad_parameter const& bad) {
    return outcome_response(400, bad.sentence);
  }
  return question;
}

std::string write_cursor(page_cursor const& cursor) {
  auto const plain = fmt::format("{}.{}.{}", cursor.mark.at.time_since_epoch().count(),
                                 certs::to_string(cursor.mark.id), cursor.taken);
  return certs::base64url_encode(certs::as_bytes(plain));
}

}  // namespace intake::service::fhir
