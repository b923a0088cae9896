#pragma once
#include "forms/questionnaire.hpp"
#include "forms/values.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace intake::forms {

/// Who gave an answer. http://hl7.org has no code for it: our extension `answer_origin_url`.
enum class answer_origin : std::uint8_t { patient, prefilled, staff, calculated };

std::string_view code_of(answer_origin);

struct answered_item;

/// One answer to a question, with what was answered below it.
struct answer {
  answer_value value;
  answer_origin origin = answer_origin::patient;
  /// Place in `answer[]` of the document it came from: FHIRPath expressions name that place.
  std::uint32_t position = 0;
  std::vector<answered_item> items;
  bool operator==(answer const&) const;
};

/// One occurrence of an item. A repeating group occurs several times; a question once, with
/// answers.
struct answered_item {
  item_index item = no_item;
  /// Place in `item[]` of the document it came from.
  std::uint32_t position = 0;
  /// A group that was given `answer[]`: its items are here all the same; the reader has reported
  /// it.
  std::vector<answer> answers;
  /// Of a group; what is nested below a question lies in its answers.
  std::vector<answered_item> items;
  bool operator==(answered_item const&) const;
};

/// What was answered. Every list of items is in form order, occurrences of one item in the order
/// given. The path of repetitions (which occurrence of each repeating group) names an answer, never
/// the linkId alone.
struct answers {
  std::vector<answered_item> items;
  bool operator==(answers const&) const;
};

/// The occurrences of one item among its siblings; empty where it was not answered.
struct occurrence_range {
  answered_item const* first = nullptr;
  answered_item const* last = nullptr;
  answered_item const* begin() const { return first; }
  answered_item const* end() const { return last; }
  bool empty() const { return first == last; }
};
occurrence_range occurrences(std::vector<answered_item> const& siblings, item_index);

/// Every answer to a question anywhere in the tree, in form order; empty for an unknown linkId.
std::vector<answer const*> answers_to(questionnaire const&, answers const&,
                                      std::string_view link_id);
/// The first of them; null where there is none.
answer const* first_answer(questionnaire const&, answers const&, std::string_view link_id);
/// Plain text of the first answer (see `plain_text`); empty where there is none.
std::string first_text(questionnaire const&, answers const&, std::string_view link_id);
/// The code of the first Coding, or "true"/"false" of a boolean, else its plain text: for rules.
std::string first_code(questionnaire const&, answers const&, std::string_view link_id);

/// Adds an occurrence at its place in form order and returns it; it lives until siblings change.
answered_item& add_occurrence(std::vector<answered_item>& siblings, item_index);

/// An answer or an answered descendant is there: what `required` asks of a group.
bool is_answered(answered_item const&);

}  // namespace intake::forms
