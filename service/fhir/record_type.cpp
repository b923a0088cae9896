#include "service/fhir/record_type.hpp"

#include "forms/json_writer.hpp"
#include "service/fhir/operation_outcome.hpp"
#include "service/responses.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

namespace intake::service::fhir {
namespace {

/// Opening one takes a millisecond; a page that finds little ends here, with a link to the next.
constexpr std::size_t opened_max = 200;
constexpr int rows_at_once = 20;
constexpr std::chrono::hours clocks_differ{24};

certs::uuid beside(certs::uuid id, db::change_order order) {
  bool const down = order == db::change_order::oldest_first;
  for (auto at = id.value.rbegin(); at != id.value.rend(); ++at) {
    auto const before = *at;
    *at = static_cast<std::uint8_t>(down ? before - 1 : before + 1);
    if (before != (down ? 0 : 0xff)) break;
  }
  return id;
}

/// One search on its way through the records.
class search_walk {
 public:
  search_walk(application& app, call const& c, client_reader const& who, record_type const& type,
              search_question const& asked)
      : app_(app),
        c_(c),
        who_(who),
        type_(type),
        asked_(asked),
        found_max_(asked.count > 0 ? asked.count : std::numeric_limits<std::size_t>::max()) {}

  void run() {
    auto question = first_question();
    std::size_t opened = 0;
    while (found.size() < found_max_ && !next) {
      auto const heads = db::list_changes(app_.desk, question, rows_at_once);
      std::vector<certs::uuid> ids;
      for (auto const& head : heads) ids.push_back(head.id);
      auto const stored = db::open_answers(app_.desk, ids);
      for (auto const& head : heads) {
        if (opened++ == opened_max || found.size() == found_max_) {
          next = page_cursor{*question.after, 0};
          return;
        }
        auto const one = std::ranges::find(
            stored, head.id, [](db::opened_submission const& each) { return each.head.id; });
        if (one != stored.end()) take(*one);
        if (next) return;
        question.after = db::change_mark{head.received, head.id};
      }
      if (heads.size() < static_cast<std::size_t>(rows_at_once)) return;
    }
    if (found.size() == found_max_ && question.after && !next) {
      next = page_cursor{*question.after, 0};
    }
  }

  std::vector<search_match> found;
  /// The submissions that `found` is about, and those that do not open.
  std::vector<certs::uuid> shown;
  std::vector<certs::uuid> shut;
  std::optional<page_cursor> next;

 private:
  db::change_question first_question() {
    db::change_question question;
    question.from = asked_.changed.from;
    question.until = std::min(asked_.changed.until, c_.asked.received + clocks_differ);
    // The others are looked at when a record is open.
    if (!asked_.forms.empty()) question.forms = asked_.forms.front();
    question.ids = asked_.submissions;
    question.order = asked_.order;
    if (!asked_.after) return question;
    skip_ = asked_.after->taken;
    question.after = asked_.after->mark;
    // The record that the last page ended in comes once more.
    if (skip_ > 0) question.after->id = beside(asked_.after->mark.id, asked_.order);
    return question;
  }

  void take(db::opened_submission const& stored) {
    auto const skipped = std::exchange(skip_, 0);
    auto reading = open_record(app_.keks, app_.forms, stored, record_files::left_alone);
    if (!reading.record) {
      shut.push_back(stored.head.id);
      return;
    }
    client_record const record{stored.head, std::move(*reading.record)};
    auto made = type_.make(app_, who_, record, {asked_.forms, asked_.authored, asked_.responses});
    std::erase_if(made, [&](search_match const& each) {
      return asked_.ids && std::ranges::count(*asked_.ids, each.id) == 0;
    });
    if (made.size() <= skipped) return;
    shown.push_back(stored.head.id);
    for (auto at = skipped; at < made.size(); ++at) {
      if (found.size() == found_max_) {
        next = page_cursor{{stored.head.received, stored.head.id}, at};
        return;
      }
      found.push_back(std::move(made[at]));
    }
  }

  application& app_;
  call const& c_;
  client_reader const& who_;
  record_type const& type_;
  search_question const& asked_;
  /// Without end where they are only counted.
  std::size_t found_max_;
  std::size_t skip_ = 0;
};

void record(application& app, call const& c, client_reader const& who, record_type const& type,
            search_walk const& walk) {
  for (auto const& id : walk.shut) {
    auto entry = entry_of_client(c, who, std::string(type.search_action));
    entry.subject = id;
    entry.outcome = db::audit_outcome::failed;
    app.writer.append(std::move(entry));
  }
  auto entry = entry_of_client(c, who, std::string(type.search_action));
  entry.shown = walk.shown;
  app.writer.append(std::move(entry));
}

std::string query_of(std::vector<form_field> const& fields) {
  std::string text;
  for (auto const& [name, value] : fields) {
    text += (text.empty() ? "" : "&") + percent_encode(name) + "=" + percent_encode(value);
  }
  return text;
}

void write_links(forms::json_writer& out, std::string const& address, search_question const& asked,
                 std::optional<page_cursor> const& next) {
  auto const query = query_of(asked.known);
  auto const link = [&](std::string_view relation, std::string const& url) {
    out.begin_object().member("relation", relation).member("url", std::string_view(url));
    out.end_object();
  };
  out.key("link").begin_array();
  link("self", address + (query.empty() ? "" : "?" + query));
  if (next) {
    link("next",
         address + "?" + query + (query.empty() ? "" : "&") + "_cursor=" + write_cursor(*next));
  }
  out.end_array();
}

void write_outcome(forms::json_writer& out, std::string_view type, std::string const& sentence) {
  out.begin_object().key("resource").raw(outcome_of("warning", type, sentence));
  out.key("search").begin_object().member("mode", "outcome").end_object().end_object();
}

void write_entries(forms::json_writer& out, std::string const& address,
                   search_question const& asked, search_walk const& walk) {
  if (walk.found.empty() && walk.shut.empty() && asked.ignored.empty()) return;
  out.key("entry").begin_array();
  for (auto const& each : walk.found) {
    out.begin_object().member("fullUrl", std::string_view(address + "/" + each.id));
    out.key("resource").raw(each.resource);
    out.key("search").begin_object().member("mode", "match").end_object().end_object();
  }
  for (auto const& name : asked.ignored) {
    write_outcome(out, "not-supported", "The parameter " + name + " is not known and was ignored.");
  }
  for (auto const& id : walk.shut) {
    write_outcome(out, "exception", "The submission " + certs::to_string(id) + " can't be opened.");
  }
  out.end_array();
}

std::optional<std::int32_t> asked_version_of(std::string_view text) {
  std::int32_t version = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), version);
  bool const whole = error == std::errc{} && end == text.data() + text.size() && version > 0;
  return whole ? std::optional(version) : std::nullopt;
}

constexpr std::string_view no_such = "There is nothing with that id.";

}  // namespace

bool resource_filter::is_about(certs::uuid const& submission, std::string_view response) const {
  auto const whole = certs::to_string(submission);
  return std::ranges::all_of(responses, [&](std::vector<std::string> const& one_of) {
    return std::ranges::any_of(one_of,
                               [&](auto const& id) { return id == response || id == whole; });
  });
}

response read_resource(application& app, call const& c, record_type const& type) {
  auto who = identify_reader(app, c, type.any_of);
  if (auto* refusal = std::get_if<response>(&who)) return std::move(*refusal);
  auto const& reader = std::get<client_reader>(who);
  auto const id = read_resource_id(c.path["id"]);
  auto const wanted = c.path["version"];
  auto const version = asked_version_of(wanted);
  if (!id || (!wanted.empty() && !version)) return outcome_response(404, no_such);
  auto opened =
      open_for_client(app, c, reader, std::string(type.read_action), id->submission, version);
  if (auto* refusal = std::get_if<response>(&opened)) return std::move(*refusal);
  auto const& from = std::get<client_record>(opened);
  auto made = type.make(app, reader, from, {});
  auto const found = std::ranges::find(made, c.path["id"], &search_match::id);
  if (found == made.end()) return outcome_response(404, no_such);
  return versioned_response(c, from, std::move(found->resource));
}

response search_resources(application& app, call const& c, record_type const& type) {
  auto who = identify_reader(app, c, type.any_of);
  if (auto* refusal = std::get_if<response>(&who)) return std::move(*refusal);
  auto const& reader = std::get<client_reader>(who);
  auto question = read_search_question(app, c, type.parameters);
  if (auto* refusal = std::get_if<response>(&question)) return std::move(*refusal);
  auto const& asked = std::get<search_question>(question);
  search_walk walk(app, c, reader, type, asked);
  walk.run();
  record(app, c, reader, type, walk);
  bool const counts = asked.count == 0;
  if (counts && walk.next) {
    return fhir_response(400, outcome_of("error", "too-costly",
                                         "These are too many to be counted: ask for less, by "
                                         "_lastUpdated for example, or read the pages."));
  }
  auto const total = walk.found.size();
  if (counts) walk.found.clear();
  auto const address = app.settings.public_url() + "/fhir/" + std::string(type.name);
  std::string text;
  forms::json_writer out(text);
  out.begin_object().member("resourceType", "Bundle").member("type", "searchset");
  // R4 3.1.1.5.3: _count=0 asks how many there are, and for nothing else.
  if (counts) out.member("total", static_cast<std::int64_t>(total));
  write_links(out, address, asked, walk.next);
  write_entries(out, address, asked, walk);
  out.end_object();
  return fhir_response(200, std::move(text));
}

std::span<record_type const* const> record_types() {
  static record_type const* const types[] = {&response_type(), &patient_type(), &consent_type(),
                                             &document_type()};
  return types;
}

}  // namespace intake::service::fhir
