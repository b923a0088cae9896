#include "service/alerts.hpp"

#include "service/known_items.hpp"
#include "service/terms.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace intake::service {
namespace {

constexpr std::string_view unsigned_code = "unsigned";
// A list's word has at most 40 bytes (summary.cpp), three of them for the number of what is left.
constexpr std::size_t unsigned_bytes_max = 37;
constexpr std::size_t unsigned_name_max = 28;
constexpr std::string_view interpreter_code = "interpreter";
constexpr std::string_view choice_begins = "consent.";
constexpr std::string_view choice_ends = ".choice";

/// What the program itself tells staff, whatever the clinic's list of alerts says.
struct own_text {
  std::string_view code;
  std::string_view words;
};

constexpr own_text own_texts[] = {
    // How records of before 2026-11-28 say it.
    {unsigned_code, "Agreement not signed"},
    {interpreter_code, "Interpreter needed"},
};

constexpr std::string_view hidden_words = "Alert: ask the clinician";

/// What was said to an agreement; empty for an item that is none.
std::string choice_of(forms::answered_form const& each, forms::item const& item) {
  if (!item.link_id.starts_with(choice_begins) || !item.link_id.ends_with(choice_ends)) return {};
  return forms::first_code(*each.form, *each.answers, item.link_id);
}

bool is_unsigned(forms::answered_form const& each, forms::item const& item) {
  auto const choice = choice_of(each, item);
  return choice == "desk" || choice == "decline";
}

/// "unsigned:treatment+privacy": which agreements the desk has to ask for, by the middle of their
/// linkIds; as many as a list shows, and how many more. Empty: none.
std::string unsigned_agreements(std::span<forms::answered_form const> packet) {
  std::string code;
  std::size_t more = 0;
  for (auto const& each : packet) {
    for (auto const& item : each.form->items()) {
      if (!is_unsigned(each, item)) continue;
      auto name = std::string_view(item.link_id);
      name.remove_prefix(choice_begins.size());
      name.remove_suffix(choice_ends.size());
      if (code.empty()) {
        code = std::string(unsigned_code) + ":" + std::string(name.substr(0, unsigned_name_max));
      } else if (more == 0 && code.size() + name.size() < unsigned_bytes_max) {
        code += "+" + std::string(name);
      } else {
        ++more;
      }
    }
  }
  return more == 0 ? code : code + "+" + std::to_string(more);
}

/// The same for people: "Not signed: treatment, privacy". Empty for any other code.
std::string unsigned_words(std::string_view code) {
  auto const begins = std::string(unsigned_code) + ":";
  if (!code.starts_with(begins)) return {};
  std::string words = "Not signed: ";
  for (auto const each : code.substr(begins.size())) {
    if (each == '+') {
      words += ", ";
    } else {
      words += each == '-' ? ' ' : each;
    }
  }
  auto const last = words.rfind(", ");
  bool const is_count =
      last != words.npos && words.find_first_not_of("0123456789", last + 2) == words.npos;
  return is_count ? words.substr(0, last) + " and " + words.substr(last + 2) + " more" : words;
}

bool is_clinical(forms::form_audience audience) {
  using enum forms::form_audience;
  return audience == clinical || audience == behavioural;
}

/// Empty where the reader is told nothing.
std::string words_of(std::span<forms::safety_alert const> known, std::string_view code,
                     alert_reader reader) {
  if (auto term = term_words(code); !term.empty()) return term;
  if (auto missing = unsigned_words(code); !missing.empty()) return missing;
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
  if (auto missing = unsigned_agreements(packet); !missing.empty()) {
    codes.push_back(std::move(missing));
  }
  if (forms::code_in(packet, known::interpreter) == "yes") codes.emplace_back(interpreter_code);
  return codes;
}

std::vector<std::string> missing_signatures(std::span<forms::answered_form const> packet) {
  std::vector<std::string> codes;
  for (auto const& each : packet) {
    for (auto const& item : each.form->items()) {
      if (choice_of(each, item) != "desk") continue;
      auto const group = item.link_id.substr(0, item.link_id.size() - choice_ends.size());
      codes.push_back("sign:" + std::string(group));
    }
  }
  return codes;
}

bool is_safety_alert(std::span<forms::safety_alert const> known, std::string_view code) {
  return std::ranges::find(known, code, &forms::safety_alert::id) != known.end();
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
