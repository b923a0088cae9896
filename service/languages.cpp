#include "service/languages.hpp"

#include "forms/review.hpp"

#include <algorithm>

namespace intake::service {
namespace {

std::size_t unreviewed(form_store const& forms, std::string_view language) {
  std::size_t count = 0;
  for (auto const& form : forms.library.forms()) {
    count += static_cast<std::size_t>(std::ranges::count(forms::unreviewed_texts(*form), language,
                                                         &forms::unreviewed_text::language));
  }
  for (auto const& plan : forms.packets) {
    auto const* title = plan.title.translation_in(language);
    if (title != nullptr && title->reviewed_by.empty()) ++count;
  }
  return count;
}

}  // namespace

std::vector<language_state> language_states(form_store const& forms, texts const& words) {
  std::vector<language_state> states;
  for (auto const each : all_languages) {
    states.push_back({each, each == language::en ? 0 : unreviewed(forms, tag(each)),
                      !words.say(each, "language.reviewed_by").empty()});
  }
  return states;
}

std::vector<language> offered_languages(config const& settings, form_store const& forms,
                                        texts const& words) {
  std::vector<language> offered;
  bool const all = settings.parsed_mode() == operating_mode::evaluation;
  for (auto const& state : language_states(forms, words)) {
    if (all || state.spoken == language::en || state.reviewed()) offered.push_back(state.spoken);
  }
  return offered;
}

}  // namespace intake::service
