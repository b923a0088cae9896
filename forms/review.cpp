#include "forms/review.hpp"

namespace intake::forms {
namespace {

void collect(std::string_view link_id, localized_text const& text,
             std::vector<unreviewed_text>& found) {
  for (auto const& one : text.translations) {
    if (one.reviewed_by.empty()) found.push_back({link_id, one.language, text.text, one.text});
  }
}

}  // namespace

std::vector<unreviewed_text> unreviewed_texts(questionnaire const& form) {
  std::vector<unreviewed_text> found;
  collect({}, form.header().title, found);
  collect({}, form.header().description, found);
  for (auto const& constraint : form.header().constraints) collect({}, constraint.human, found);
  for (auto const& one : form.items()) {
    collect(one.link_id, one.prefix, found);
    collect(one.link_id, one.text, found);
    for (auto const& constraint : one.constraints) collect(one.link_id, constraint.human, found);
    for (auto const& option : options_of(one)) collect(one.link_id, option.label, found);
  }
  return found;
}

}  // namespace intake::forms
