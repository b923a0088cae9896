#include "service/alerts.hpp"

#include "service/accident_clock.hpp"
#include "service/known_items.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service {
namespace {

constexpr std::string_view unsigned_code = "unsigned";
constexpr std::string_view interpreter_code = "interpreter";
constexpr std::string_view choice_begins = "consent.";
constexpr std::string_view choice_ends = ".choice";

/// What the program itself tells staff, whatever the clinic's list of alerts says.
struct own_text {
  std::string_view code;
  std::string_view words;
};

constexpr own_text own_texts[] = {
    {unsigned_code, "Agreement not signed"},
    {interpreter_code, "Interpreter needed"},
};

constexpr std::string_view hidden_words = "Alert: ask the clinician";

bool is_unsigned(forms::answered_form const& each, forms::item const& item) {
  if (!item.link_id.starts_with(choice_begins) || !item.link_id.ends_with(choice_ends)) {
    return false;
  }
  auto const choice = forms::first_code(*each.form, *each.answers, item.link_id);
  return choice == "desk" || choice == "decline";
}

bool any_unsigned(std::span<forms::answered_form const> packet) {
  return std::ranges::any_of(packet, [](forms::answered_form const& each) {
    return std::ranges::any_of(each.form->items(),
                               [&](forms::item const& item) { return is_unsigned(each, item); });
  });
}

bool is_clinical(forms::form_audience audience) {
  using enum forms::form_audience;
  return audience == clinical || audience == behavioural;
}

/// Empty where the reader is told nothing.
std::string words_of(std::span<forms::safety_alert const> known, std::string_view code,
                     alert_reader reader) {
  if (auto term = clock_words(code); !term.empty()) return term;
  auto const own = std::ranges::find(own_texts, code, &own_text::code);
  if (own != std::end(own_texts)) return std::string(own->words);
  auto const alert = std::ranges::find(known, code, &forms::safety_alert::id);
  if (alert == known.end()) return std::string(code);
  if (reader == alert_reader::billing && is_clinical(alert->audience)) return {};
  bool const hidden =
      reader == alert_reader::front_desk && alert->audience == forms::form_audience::behavioural;
  return hidden ? std::string(hidden_words) : alert->staff;
}

}  // namespace

std::vector<std::string> alerts_of(std::span<forms::safety_alert const> known,
                                   std::span<forms::answered_form const> packet) {
  std::vector<std::string> codes;
  for (auto const* alert : forms::raised_alerts(known, packet)) codes.push_back(alert->id);
  if (any_unsigned(packet)) codes.emplace_back(unsigned_code);
  if (forms::code_in(packet, known::interpreter) == "yes") codes.emplace_back(interpreter_code);
  return codes;
}

std::vector<std::string> alert_sentences(std::span<forms::safety_alert const> known,
                                         std::span<std::string const> codes, alert_reader reader) {
  std::vector<std::string> sentences;
  for (auto const& code : codes) {
    auto words = words_of(known, code, reader);
    if (!words.empty() && std::ranges::find(sentences, words) == sentences.end()) {
      sentences.push_back(std::move(words));
    }
  }
  return sentences;
}

std::vector<std::string> stand_in_sentences(form_store const& store,
                                            std::span<std::string const> forms) {
  std::vector<std::string> sentences;
  for (auto const& plan : store.packets) {
    for (auto const& entry : plan.entries) {
      if (entry.otherwise.empty()) continue;
      if (std::ranges::find(forms, entry.otherwise) == forms.end()) continue;
      auto const* instrument = store.library.find_by_id(entry.form);
      if (instrument == nullptr) continue;
      auto sentence = fmt::format(
          "No score for \"{}\": it is not published in the patient's language, and plain questions "
          "were asked instead.",
          instrument->header().title.text);
      if (std::ranges::find(sentences, sentence) == sentences.end()) {
        sentences.push_back(std::move(sentence));
      }
    }
  }
  return sentences;
}

}  // namespace intake::service
