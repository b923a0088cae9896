#pragma once
#include "forms/item.hpp"
#include "forms/json_reader.hpp"

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace intake::forms {

/// Who owns an instrument and under which licence it is used: our extension `instrument_url`.
struct instrument_licence {
  std::string owner;
  std::string licence;
  std::string citation;
};

/// What a form says about itself.
struct form_header {
  std::string id;
  std::string url;
  std::string version;
  std::string name;
  localized_text title;
  localized_text description;
  publication_status status = publication_status::unknown;
  /// BCP 47; empty where the form does not say.
  std::string language;
  /// Partial dates as written: http://hl7.org/fhir/R4/questionnaire.html effectivePeriod.
  std::string effective_from;
  std::string effective_to;
  form_audience audience = form_audience::clinical;
  /// "sample" while the clinic's counsel has not approved the text; empty otherwise.
  std::string approval;
  /// Empty owner: not a licensed instrument.
  instrument_licence instrument;
  std::vector<form_expression> variables;
  std::vector<form_constraint> constraints;
};

/// A loaded form. Immutable; items never move, so pointers to them last as long as the form.
class questionnaire {
 public:
  /// `items` in form order with parents, ends and children set; link ids unique.
  questionnaire(form_header, std::vector<item> items);
  questionnaire(questionnaire&&) noexcept = default;
  questionnaire& operator=(questionnaire&&) noexcept = default;
  questionnaire(questionnaire const&) = delete;
  questionnaire& operator=(questionnaire const&) = delete;

  form_header const& header() const noexcept { return header_; }
  /// url|version, or the url alone where the form has no version.
  std::string const& canonical() const noexcept { return canonical_; }
  /// All items in form order; an item's index is its place here.
  std::span<item const> items() const noexcept { return items_; }
  item const& at(item_index index) const { return items_[index]; }
  /// Items of the top level, or below `parent`.
  std::span<item_index const> children_of(item_index parent) const noexcept;
  /// Null for an unknown linkId. O(1).
  item const* find(std::string_view link_id) const noexcept;
  /// Null at the top.
  item const* parent_of(item const&) const noexcept;
  /// `inner` is `outer` or lies below it.
  bool contains(item_index outer, item_index inner) const noexcept;

 private:
  form_header header_;
  std::string canonical_;
  std::vector<item> items_;
  std::vector<item_index> top_;
  std::unordered_map<std::string_view, item_index> by_link_id_;
};

/// Reads a form for use. The first thing that forbids it is the error; `forms/lint.hpp` tells them
/// all. `known` are value sets from elsewhere; contained ones are found by themselves.
parsed<questionnaire> read_questionnaire(json_document const&, json_value const& resource,
                                         std::span<value_set const> known = {});
parsed<questionnaire> read_questionnaire(json_document const&,
                                         std::span<value_set const> known = {});
/// Reads the text of a file: `read_json` with `form_file_limits`, then the above.
parsed<questionnaire> read_questionnaire(std::string text, std::span<value_set const> known = {});

/// The text of an item in a language, or the form's own text.
std::string_view text_in(item const&, std::string_view language);

}  // namespace intake::forms
