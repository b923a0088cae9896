#include "forms/canonical.hpp"

#include "forms/extension_urls.hpp"
#include "forms/json_writer.hpp"
#include "forms/value_reader.hpp"

#include <variant>

namespace intake::forms {
namespace {

// A guess that spares most of the growing.
constexpr std::size_t bytes_per_item = 1024;

void optional_member(json_writer& out, std::string_view name, std::string_view text) {
  if (!text.empty()) out.member(name, text);
}

/// Writes the value of a value[x] member.
struct value_writer {
  json_writer& out;

  void operator()(std::monostate) const {}
  void operator()(unreadable_value) const {}
  void operator()(bool value) const { out.boolean(value); }
  void operator()(std::int32_t value) const { out.integer(value); }
  void operator()(fhir_decimal const& value) const { out.number(value.text); }
  void operator()(fhir_date const& value) const { out.string(value.text); }
  void operator()(fhir_date_time const& value) const { out.string(value.text); }
  void operator()(fhir_time const& value) const { out.string(value.text); }
  void operator()(std::string const& value) const { out.string(value); }
  void operator()(fhir_uri const& value) const { out.string(value.text); }
  void operator()(coding const& value) const {
    out.begin_object();
    optional_member(out, "system", value.system);
    optional_member(out, "version", value.version);
    optional_member(out, "code", value.code);
    optional_member(out, "display", value.display);
    out.end_object();
  }
  void operator()(quantity const& value) const {
    out.begin_object();
    if (!value.value.empty()) out.key("value").number(value.value);
    optional_member(out, "comparator", value.comparator);
    optional_member(out, "unit", value.unit);
    optional_member(out, "system", value.system);
    optional_member(out, "code", value.code);
    out.end_object();
  }
  void operator()(attachment const& value) const {
    out.begin_object();
    optional_member(out, "contentType", value.content_type);
    optional_member(out, "language", value.language);
    optional_member(out, "data", value.data);
    optional_member(out, "url", value.url);
    if (value.size_bytes) out.key("size").number(std::to_string(*value.size_bytes));
    optional_member(out, "hash", value.hash);
    optional_member(out, "title", value.title);
    optional_member(out, "creation", value.creation);
    out.end_object();
  }
  void operator()(reference const& value) const {
    out.begin_object();
    optional_member(out, "reference", value.target);
    optional_member(out, "type", value.type);
    if (!value.identifier_value.empty()) {
      out.key("identifier").begin_object();
      optional_member(out, "system", value.identifier_system);
      out.member("value", value.identifier_value).end_object();
    }
    optional_member(out, "display", value.display);
    out.end_object();
  }
};

class response_writer {
 public:
  response_writer(questionnaire const& form, json_writer& out) : form_{form}, out_{out} {}

  void items(std::vector<answered_item> const& siblings) {
    if (siblings.empty()) return;
    out_.key("item").begin_array();
    for (auto const& one : siblings) item(one);
    out_.end_array();
  }

 private:
  void item(answered_item const& one) {
    auto const& definition = form_.at(one.item);
    bool const renamed = !definition.written_link_id.empty();
    out_.begin_object().member("linkId", renamed ? definition.written_link_id : definition.link_id);
    if (!one.answers.empty()) {
      out_.key("answer").begin_array();
      for (auto const& given : one.answers) write(given);
      out_.end_array();
    }
    items(one.items);
    out_.end_object();
  }

  void write(answer const& given) {
    out_.begin_object();
    if (given.origin != answer_origin::patient) {
      out_.key("extension").begin_array().begin_object();
      out_.member("url", extension::answer_origin).member("valueCode", code_of(given.origin));
      out_.end_object().end_array();
    }
    write_value(out_, "value", given.value);
    items(given.items);
    out_.end_object();
  }

  questionnaire const& form_;
  json_writer& out_;
};

}  // namespace

void write_value(json_writer& out, std::string_view prefix, answer_value const& value) {
  auto const kind = kind_of(value);
  if (!kind) return;
  constexpr std::string_view own_prefix = "value";
  out.key(std::string(prefix).append(member_of(*kind).substr(own_prefix.size())));
  std::visit(value_writer{out}, value);
}

std::string write_canonical(questionnaire const& form, answers const& all,
                            response_envelope const& envelope) {
  std::string text;
  text.reserve(all.items.size() * bytes_per_item);
  json_writer out{text};
  out.begin_object().member("resourceType", "QuestionnaireResponse");
  optional_member(out, "language", envelope.language);
  if (!envelope.identifier_value.empty()) {
    out.key("identifier").begin_object();
    optional_member(out, "system", envelope.identifier_system);
    out.member("value", envelope.identifier_value).end_object();
  }
  optional_member(out, "questionnaire", envelope.questionnaire);
  out.member("status", code_of(envelope.status));
  optional_member(out, "authored", envelope.authored);
  response_writer{form, out}.items(all.items);
  out.end_object();
  return text;
}

}  // namespace intake::forms
