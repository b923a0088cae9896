#include "forms/x12/inquiry_request.hpp"

#include "forms/x12/request_checks.hpp"
#include "forms/x12/values.hpp"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

namespace intake::forms::x12 {
namespace {

constexpr std::size_t service_types_max = 99;

/// One object of the request, with its place; every complaint goes to one list of one.
struct object {
  json_value const* value = nullptr;
  std::string place;
};

class request_reader {
 public:
  explicit request_reader(inquiry_request& out) : out_{out} {}

  std::optional<parse_error> run() {
    object const root{&out_.document.root(), {}};
    if (!root.value->is(json_kind::object)) {
      refuse(root, "", "wrong-kind", "The request is an object with envelope and inquiries.");
      return error_;
    }
    only(root, {"envelope", "inquiries"});
    read_envelope(member(root, "envelope", presence::required));
    auto const* const list = root.value->find("inquiries", json_kind::array);
    if (list == nullptr) {
      refuse(root, "inquiries", "missing", "The request has no array inquiries.");
      return error_;
    }
    std::size_t index = 0;
    for (auto const& one : *list) {
      object const inquiry{&one, fmt::format("inquiries[{}]", index++)};
      if (!one.is(json_kind::object)) {
        refuse(inquiry, "", "wrong-kind", "An inquiry is an object.");
      } else {
        out_.batch.inquiries.push_back(read_inquiry(inquiry));
      }
    }
    return error_;
  }

 private:
  enum class presence : std::uint8_t { optional, required };

  void refuse(object const& where, std::string_view name, std::string_view code,
              std::string message) {
    if (error_) return;
    auto const dot = where.place.empty() || name.empty() ? "" : ".";
    auto const* const member = where.value == nullptr ? nullptr : where.value->find(name);
    auto const* const nearest = member == nullptr ? where.value : member;
    auto const line = nearest == nullptr ? 0 : out_.document.line_of(*nearest);
    error_ = parse_error::at(fmt::format("{}{}{}", where.place, dot, name), line, code,
                             std::move(message));
  }

  void only(object const& where, std::initializer_list<std::string_view> names) {
    if (where.value == nullptr) return;
    for (auto const& one : *where.value) {
      if (std::ranges::find(names, one.key()) != names.end()) continue;
      refuse(where, one.key(), "unknown-member", "A request has no member of this name here.");
    }
  }

  object member(object const& where, std::string_view name, presence wanted) {
    object found{nullptr, fmt::format("{}{}{}", where.place, where.place.empty() ? "" : ".", name)};
    if (where.value == nullptr) return found;
    auto const* const value = where.value->find(name);
    if (value == nullptr) {
      if (wanted == presence::required) {
        refuse(where, name, "missing", "The inquiry can't be made without it.");
      }
      return found;
    }
    if (!value->is(json_kind::object)) {
      refuse(where, name, "wrong-kind", "It is an object.");
      return found;
    }
    found.value = value;
    return found;
  }

  std::string_view text(object const& where, std::string_view name) {
    auto const* const value = where.value == nullptr ? nullptr : where.value->find(name);
    if (value == nullptr) return {};
    if (!value->is(json_kind::string)) refuse(where, name, "wrong-kind", "It is a string.");
    return value->text();
  }

  std::string_view text_or(object const& where, std::string_view name, std::string_view other) {
    auto const found = text(where, name);
    return found.empty() ? other : found;
  }

  /// A control number may be a number or a string.
  std::string_view number(object const& where, std::string_view name) {
    auto const* const value = where.value == nullptr ? nullptr : where.value->find(name);
    if (value != nullptr && value->is(json_kind::number)) return value->text();
    return text(where, name);
  }

  std::string_view keep(std::string made) { return out_.texts.emplace_back(std::move(made)); }

  void read_envelope(object const& from) {
    only(from, {"sender", "sender_qualifier", "receiver", "receiver_qualifier", "group_sender",
                "group_receiver", "date", "time", "control", "group_control", "usage",
                "acknowledgement_requested", "authorisation", "authorisation_qualifier", "security",
                "security_qualifier"});
    auto& to = out_.batch.envelope;
    to.sender = text(from, "sender");
    to.sender_qualifier = text_or(from, "sender_qualifier", "ZZ");
    to.receiver = text(from, "receiver");
    to.receiver_qualifier = text_or(from, "receiver_qualifier", "ZZ");
    to.authorisation = text(from, "authorisation");
    to.authorisation_qualifier = text_or(from, "authorisation_qualifier", "00");
    to.security = text(from, "security");
    to.security_qualifier = text_or(from, "security_qualifier", "00");
    to.acknowledgement_requested = text_or(from, "acknowledgement_requested", "0");
    to.usage = text_or(from, "usage", "T");
    to.control = number(from, "control");
    to.group_control = number(from, "group_control");
    to.group_sender = text_or(from, "group_sender", to.sender);
    to.group_receiver = text_or(from, "group_receiver", to.receiver);
    date_ = text(from, "date");
    time_ = text(from, "time");
    to.group_date = date_;
    to.group_time = time_;
    std::string time = to.group_time;
    std::erase(time, ':');
    to.time = time.substr(0, 4);
    today_ = read_day(date_);
    if (today_ != 0) to.date = fmt::format("{:06}", today_ % 1000000);
  }

  inquiry read_inquiry(object const& from) {
    only(from, {"control", "reference", "type", "payer", "provider", "subscriber", "dependent",
                "trace", "service_types", "service_date", "service_date_end"});
    inquiry out;
    out.control = number(from, "control");
    out.purpose = "13";
    out.reference = text(from, "reference");
    if (!out.reference.empty() && !references_.insert(as_written(out.reference)).second) {
      refuse(from, "reference", "repeated", "Another inquiry of this file has the same one.");
    }
    out.type = text(from, "type");
    out.date = date_;
    out.time = time_;
    inquired_source source;
    read_payer(source, member(from, "payer", presence::required));
    inquiring_receiver receiver;
    read_provider(receiver, member(from, "provider", presence::required));
    inquired_person subscriber;
    read_subscriber(subscriber, member(from, "subscriber", presence::required));
    auto const dependent = member(from, "dependent", presence::optional);
    if (dependent.value != nullptr) {
      read_dependent(subscriber.dependents.emplace_back(), dependent);
      read_question(subscriber.dependents.back(), from);
    } else {
      read_question(subscriber, from);
    }
    receiver.subscribers.push_back(std::move(subscriber));
    source.receivers.push_back(std::move(receiver));
    out.sources.push_back(std::move(source));
    return out;
  }

  void read_payer(party& to, object const& from) {
    only(from, {"name", "id", "id_qualifier"});
    to.code = "PR";
    to.type = "2";
    to.name = text(from, "name");
    to.id = text(from, "id");
    to.id_qualifier = text_or(from, "id_qualifier", "PI");
    if (to.id.empty()) refuse(from, "id", "missing", "A payer is found by its id only.");
  }

  void read_provider(party& to, object const& from) {
    only(from, {"name", "first", "npi", "taxonomy", "code"});
    to.code = text_or(from, "code", "1P");
    to.name = text(from, "name");
    to.first = text(from, "first");
    to.type = to.first.empty() ? "2" : "1";
    to.id = text(from, "npi");
    to.id_qualifier = "XX";
    if (to.id.empty()) refuse(from, "npi", "missing", "A payer knows the clinic by its NPI only.");
    if (!is_npi(to.id)) {
      refuse(from, "npi", "not-an-npi", "An NPI has ten digits, and the last proves the others.");
    }
    if (auto const taxonomy = text(from, "taxonomy"); !taxonomy.empty()) {
      to.role = {0, "PE", "PXC", taxonomy};
    }
  }

  void read_person(inquired_person& to, object const& from) {
    to.type = "1";
    to.name = text(from, "last");
    if (is_blank(to.name)) {
      refuse(from, "last", "missing", "A payer finds nobody without it.");
    }
    to.first = text(from, "first");
    to.middle = text(from, "middle");
    to.suffix = text(from, "suffix");
    to.birth.format = "D8";
    to.birth.value = text(from, "birth_date");
    check_birth(from, to.birth.value);
    to.sex = text(from, "sex");
    auto const where = member(from, "address", presence::optional);
    only(where, {"line", "second_line", "city", "state", "postal_code"});
    to.where.line = text(where, "line");
    to.where.second_line = text(where, "second_line");
    to.where.city = text(where, "city");
    to.where.state = text(where, "state");
    to.where.postal_code = without_dashes(text(where, "postal_code"));
    if (auto const group = text(from, "group_number"); !group.empty()) {
      to.references.push_back({0, "6P", group, {}});
    }
  }

  /// Whoever is asked about has been born, and lives.
  void check_birth(object const& from, std::string_view said) {
    auto const day = read_day(said);
    if (day == 0 || is_possible_birth(day, today_)) return;
    refuse(from, "birth_date", "not-a-birth-date",
           "A birth date is no day to come, and none before 1850.");
  }

  /// A ZIP code is written without its dash.
  std::string_view without_dashes(std::string_view said) {
    if (said.find('-') == said.npos) return said;
    std::string text{said};
    std::erase(text, '-');
    return keep(std::move(text));
  }

  void read_subscriber(inquired_person& to, object const& from) {
    only(from, {"last", "first", "middle", "suffix", "birth_date", "sex", "address", "group_number",
                "member_id"});
    to.code = "IL";
    read_person(to, from);
    to.id = text(from, "member_id");
    if (!to.id.empty() && !has_letters(to.id)) {
      refuse(from, "member_id", "no-letters", "A member ID has letters or digits.");
    }
    to.id_qualifier = "MI";
  }

  void read_dependent(inquired_person& to, object const& from) {
    only(from, {"last", "first", "middle", "suffix", "birth_date", "sex", "address", "group_number",
                "relationship"});
    to.code = "03";
    read_person(to, from);
    to.relationship = text(from, "relationship");
    if (!to.relationship.empty()) to.is_insured = "N";
  }

  void read_question(inquired_person& to, object const& from) {
    auto const traced = member(from, "trace", presence::required);
    only(traced, {"number", "origin", "more"});
    to.traces.push_back(
        {0, "1", text(traced, "number"), text(traced, "origin"), text(traced, "more")});
    auto const& trace = to.traces.back();
    if (trace.number.empty())
      refuse(traced, "number", "missing", "Its answer is found by it only.");
    if (!trace.origin.empty() && trace.origin.size() != 10) {
      refuse(traced, "origin", "wrong-length", "TRN03 has exactly 10 characters.");
    }
    if (!numbers_.insert(as_written(trace.number)).second) {
      refuse(traced, "number", "repeated", "Another inquiry of this file has the same number.");
    }
    read_days(to, from);
    inquired_service question;
    read_service_types(question, from);
    to.services.push_back(std::move(question));
  }

  void read_service_types(inquired_service& to, object const& from) {
    auto const* const types = from.value->find("service_types");
    if (types == nullptr) {
      to.services.emplace_back("30");
      return;
    }
    auto const refuse_types = [&](std::string_view code, std::string message) {
      refuse(from, "service_types", code, std::move(message));
    };
    auto const is_text = [](json_value const& one) { return one.is(json_kind::string); };
    bool const is_list = types->is(json_kind::array) && !types->children().empty();
    if (!is_list || !std::ranges::all_of(types->children(), is_text)) {
      return refuse_types("wrong-kind", "It is an array of codes, as [\"30\"].");
    }
    if (types->children().size() > service_types_max) {
      return refuse_types("too-many", fmt::format("EQ01 repeats {} times.", service_types_max));
    }
    std::unordered_set<std::string> seen;
    for (auto const& one : *types) {
      if (!seen.insert(as_written(one.text())).second) {
        refuse_types("repeated", "The same service type comes twice.");
      }
      to.services.push_back(one.text());
    }
  }

  void read_days(inquired_person& to, object const& from) {
    auto const first = text(from, "service_date");
    auto const last = text_or(from, "service_date_end", first);
    if (first.empty() && last.empty()) return;
    auto const first_day = read_day(first);
    auto const last_day = read_day(last);
    if (first_day == 0 || last_day < first_day) {
      auto const* const name = first_day == 0 ? "service_date" : "service_date_end";
      return refuse(from, name, "not-a-day", "It is no day, or a day before the first.");
    }
    bool const is_span = last_day != first_day;
    auto value =
        is_span ? fmt::format("{:08}-{:08}", first_day, last_day) : fmt::format("{:08}", first_day);
    to.dates.push_back(
        {0, "291", is_span ? "RD8" : "D8", keep(std::move(value)), first_day, last_day});
  }

  inquiry_request& out_;
  /// In the document, which stays where it is; the envelope's own strings do not.
  std::string_view date_;
  std::string_view time_;
  day_number today_ = 0;  ///< of the envelope; 0 where it is none
  std::unordered_set<std::string> numbers_;
  std::unordered_set<std::string> references_;
  std::optional<parse_error> error_;
};

}  // namespace

parsed<inquiry_request> read_inquiry_request(std::string json) {
  auto document = read_json(std::move(json));
  if (!document) return document.error();
  inquiry_request out{std::move(*document), {}, {}};
  if (auto error = request_reader{out}.run()) return *std::move(error);
  return out;
}

parsed<std::string> write_270(inquiry_request const& request, writing_options const& options) {
  auto text = write_270(request.batch, options);
  if (text) return text;
  auto error = text.error();
  auto const& document = request.document;
  error.line = document.line_of(member_at(document.root(), error.where));
  return error;
}

}  // namespace intake::forms::x12
