#include "service/patients/answer_words.hpp"

#include "forms/compare.hpp"

namespace intake::service::patients {
namespace {

void append(std::string& text, std::string const& more) {
  if (more.empty()) return;
  text += (text.empty() ? "" : ", ") + more;
}

}  // namespace

std::string answer_words(forms::item const& question, forms::answer_value const& value,
                         language spoken, texts const& words) {
  if (auto const* yes = std::get_if<bool>(&value)) {
    return words.say(spoken, *yes ? "form.yes" : "form.no");
  }
  if (forms::has_options(question)) {
    for (auto const& option : forms::options_of(question)) {
      if (forms::same_choice(option.value, value)) return std::string(option.label.in(tag(spoken)));
    }
  }
  return forms::plain_text(value);
}

std::string answers_words(forms::questionnaire const& form, forms::answered_item const& given,
                          language spoken, texts const& words, clinic_time const& clock) {
  auto const& question = form.at(given.item);
  std::string text;
  for (auto const& each : given.answers) {
    auto one = answer_words(question, each.value, spoken, words);
    if (question.type == forms::item_type::date) one = clock.written_date(one, spoken);
    std::string below;
    for (auto const& inner : each.items) {
      append(below, answers_words(form, inner, spoken, words, clock));
    }
    if (!below.empty()) one += " (" + below + ")";
    append(text, one);
  }
  return text;
}

}  // namespace intake::service::patients
