#include "forms/form_reader.hpp"

#include "forms/calendar.hpp"
#include "forms/element_reader.hpp"
#include "forms/expression_links.hpp"
#include "forms/extension_urls.hpp"
#include "forms/form_links.hpp"
#include "forms/item_reader.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace intake::forms {
namespace {

constexpr std::uint32_t item_levels_max = 32;
constexpr std::size_t items_max = 20'000;

constexpr std::array<std::string_view, 32> form_members{"resourceType",
                                                        "meta",
                                                        "implicitRules",
                                                        "language",
                                                        "text",
                                                        "contained",
                                                        "url",
                                                        "identifier",
                                                        "version",
                                                        "name",
                                                        "title",
                                                        "derivedFrom",
                                                        "status",
                                                        "experimental",
                                                        "subjectType",
                                                        "date",
                                                        "publisher",
                                                        "contact",
                                                        "description",
                                                        "useContext",
                                                        "jurisdiction",
                                                        "purpose",
                                                        "copyright",
                                                        "approvalDate",
                                                        "lastReviewDate",
                                                        "effectivePeriod",
                                                        "code",
                                                        "item",
                                                        "id",
                                                        "extension",
                                                        "modifierExtension",
                                                        "fhir_comments"};

/// Reads the tree of items depth first, so that their indexes are in form order.
class item_tree_reader {
 public:
  explicit item_tree_reader(value_set_sources const& sources) : sources_{sources} {}

  void read(form_element const& parent, item_index parent_index, std::uint32_t depth) {
    if (depth >= item_levels_max && parent.json.find("item") != nullptr) {
      parent.report(form_rule::too_deep, "item");
      return;
    }
    for (auto const& element : parent.objects("item")) add(element, parent_index, depth);
  }

  /// A linkId that is missing or taken is replaced. Answers to two items of one name are told apart
  /// by their place; where that is the same, only the new name is understood, so that none can get
  /// lost.
  void make_unique(form_element const& element, item& one) {
    if (one.link_id.empty()) one.link_id = fmt::format("display~{}", one.index);
    auto const [first, fresh] = by_link_id_.emplace(one.link_id, one.index);
    if (fresh) return;
    bool const same_place = one.parent == items_[first->second].parent;
    auto new_name = fmt::format("{}~{}", one.link_id, one.index);
    element.report(same_place ? form_rule::que_2_siblings : form_rule::que_2, "linkId", new_name);
    ambiguous_.insert(one.link_id);
    if (!same_place) one.written_link_id = one.link_id;
    one.link_id = std::move(new_name);
    by_link_id_.emplace(one.link_id, one.index);
  }

  std::vector<item> take() && { return std::move(items_); }
  std::vector<std::string> take_paths() && { return std::move(paths_); }
  std::vector<json_value const*> const& sources() const { return json_; }
  /// Link ids that several items had.
  std::set<std::string, std::less<>> const& ambiguous() const { return ambiguous_; }

 private:
  void add(form_element const& element, item_index parent, std::uint32_t depth) {
    if (items_.size() >= items_max) {
      if (items_.size() == items_max) element.report(form_rule::too_many_items);
      return;
    }
    auto one = read_item(element, sources_);
    if (!one) {
      // Its children are read for their own findings; the form is refused anyway.
      read(element, parent, depth + 1);
      return;
    }
    auto const index = static_cast<item_index>(items_.size());
    one->index = index;
    one->parent = parent;
    one->depth = depth;
    make_unique(element, *one);
    auto const own = read_audience(element);
    one->audience = own ? *own : parent == no_item ? audience_ : items_[parent].audience;
    items_.push_back(std::move(*one));
    paths_.push_back(element.path);
    json_.push_back(&element.json);
    if (parent != no_item) items_[parent].children.push_back(index);
    read(element, index, depth + 1);
    items_[index].end = static_cast<item_index>(items_.size());
  }

 public:
  void set_audience(form_audience audience) { audience_ = audience; }

 private:
  value_set_sources const& sources_;
  form_audience audience_ = form_audience::clinical;
  std::vector<item> items_;
  std::vector<std::string> paths_;
  std::vector<json_value const*> json_;
  std::map<std::string, item_index, std::less<>> by_link_id_;
  std::set<std::string, std::less<>> ambiguous_;
};

// modifierExtension may stand on any element; none is known here, so none may be passed over.
void refuse_modifiers(json_value const& value, std::string const& path, finding_log& log) {
  std::size_t index = 0;
  for (auto const& child : value.children()) {
    auto const place = value.is(json_kind::array) ? fmt::format("{}[{}]", path, index++)
                                                  : fmt::format("{}.{}", path, child.key());
    if (child.key() == "modifierExtension" && !child.children().empty()) {
      log.add(form_rule::unknown_modifier, place, child);
    } else {
      refuse_modifiers(child, place, log);
    }
  }
}

publication_status read_status(form_element const& element) {
  auto const code = element.text("status");
  if (code.empty()) {
    element.report(form_rule::status_missing);
    return publication_status::unknown;
  }
  auto const known = from_code<publication_status>(code);
  if (!known) element.report(form_rule::status_unknown, "status", code);
  return known.value_or(publication_status::unknown);
}

void read_period(form_element const& element, form_header& into) {
  auto const* period = element.json.find("effectivePeriod", json_kind::object);
  if (period == nullptr) return;
  auto const from = period->text_of("start");
  auto const to = period->text_of("end");
  auto const good = [](std::string_view text) {
    return text.empty() || read_date_time(text).fault == calendar_fault::none;
  };
  bool const ordered =
      good(from) && good(to) &&
      (from.empty() || to.empty() ||
       compare_overlapping(read_date_time(from).span, read_date_time(to).span) <= 0);
  if (!ordered) {
    element.report(form_rule::effective_period, "effectivePeriod");
    return;
  }
  into.effective_from = from;
  into.effective_to = to;
}

instrument_licence read_instrument(form_element const& element) {
  instrument_licence result;
  for (auto const& part : element.extensions()) {
    if (part.url() == "owner") result.owner = part.text("valueString");
    if (part.url() == "licence") result.licence = part.text("valueString");
    if (part.url() == "citation") result.citation = part.text("valueString");
  }
  if (result.owner.empty() || result.licence.empty() || result.citation.empty()) {
    element.report(form_rule::instrument_licence_missing);
  }
  return result;
}

void read_form_extensions(form_element const& element, form_header& into) {
  for (auto const& one : element.extensions()) {
    auto const url = one.url();
    if (url == extension::instrument) into.instrument = read_instrument(one);
    if (url == extension::approval) into.approval = one.text("valueCode");
    if (url == extension::variable) {
      if (auto found = read_expression(one)) into.variables.push_back(std::move(*found));
    }
    if (url == extension::constraint || url == extension::target_constraint) {
      if (auto found = read_constraint(one)) into.constraints.push_back(std::move(*found));
    }
  }
  into.audience = read_audience(element).value_or(form_audience::clinical);
}

bool is_machine_name(std::string_view name) {
  auto const letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
  bool const capital = !name.empty() && name[0] >= 'A' && name[0] <= 'Z' && name.size() <= 255;
  return capital && std::ranges::all_of(name, [&](char c) {
           return letter(c) || (c >= '0' && c <= '9') || c == '_';
         });
}

form_header read_header(form_element const& element) {
  form_header header;
  header.id = element.text("id");
  header.url = element.text("url");
  if (header.url.empty()) element.report(form_rule::url_missing);
  header.version = element.text("version");
  header.name = element.text("name");
  if (!header.name.empty() && !is_machine_name(header.name))
    element.report(form_rule::que_0, "name");
  header.title = element.localized("title");
  header.description = element.localized("description");
  header.status = read_status(element);
  header.language = element.text("language");
  if (!element.text("implicitRules").empty()) {
    element.report(form_rule::implicit_rules, "implicitRules");
  }
  read_period(element, header);
  read_form_extensions(element, header);
  return header;
}

std::vector<value_set> read_contained(json_document const& document, json_value const& resource) {
  std::vector<value_set> found;
  auto const* contained = resource.find("contained", json_kind::array);
  if (contained == nullptr) return found;
  for (auto const& one : *contained) {
    if (auto set = read_value_set(document, one)) found.push_back(std::move(set).value());
  }
  return found;
}

}  // namespace

void finding_log::add(form_rule rule, std::string path, json_value const& at,
                      std::string_view detail) {
  auto const& row = row_of(rule);
  finding one;
  one.severity = row.severity;
  one.effect = row.effect;
  one.code = row.code;
  one.path = std::move(path);
  one.line = document_.line_of(at);
  one.message =
      detail.empty() ? std::string{row.message} : fmt::format("{} [{}]", row.message, detail);
  one.hint = row.hint;
  refused_ = refused_ || row.effect == finding_effect::refused;
  findings_.push_back(std::move(one));
}

form_reading read_form(json_document const& document, json_value const& resource,
                       std::span<value_set const> known, std::string const& path) {
  finding_log log{document};
  form_element const root{resource, path, log};
  if (resource.text_of("resourceType") != "Questionnaire") {
    root.report(form_rule::not_a_questionnaire);
    return {std::nullopt, std::move(log).take()};
  }
  check_members(root, form_members);
  refuse_modifiers(resource, root.path, log);
  auto header = read_header(root);
  auto const contained = read_contained(document, resource);
  value_set_sources const sources{contained, known};
  item_tree_reader tree{sources};
  tree.set_audience(header.audience);
  tree.read(root, no_item, 0);
  auto const places = tree.sources();
  auto const ambiguous = tree.ambiguous();
  auto paths = std::move(tree).take_paths();
  auto items = std::move(tree).take();
  if (resource.find("item") == nullptr) root.report(form_rule::no_items);
  item_places const item_sources{paths, places, ambiguous, log};
  link_items(items, item_sources);
  check_expression_cycles(header, items, item_sources);
  if (log.refused()) return {std::nullopt, std::move(log).take()};
  return {questionnaire{std::move(header), std::move(items)}, std::move(log).take()};
}

parsed<questionnaire> read_questionnaire(json_document const& document, json_value const& resource,
                                         std::span<value_set const> known) {
  auto reading = read_form(document, resource, known);
  if (reading.form) return std::move(*reading.form);
  auto const refusal =
      std::ranges::find(reading.findings, finding_effect::refused, &finding::effect);
  return parse_error::at(refusal->path, refusal->line, refusal->code, refusal->message,
                         refusal->hint);
}

parsed<questionnaire> read_questionnaire(json_document const& document,
                                         std::span<value_set const> known) {
  return read_questionnaire(document, document.root(), known);
}

parsed<questionnaire> read_questionnaire(std::string text, std::span<value_set const> known) {
  auto const document = read_json(std::move(text), form_file_limits);
  if (!document) return document.error();
  return read_questionnaire(*document, known);
}

}  // namespace intake::forms
