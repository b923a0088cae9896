#include "service/texts/texts.hpp"

#include "embedded_texts.hpp"

#include <algorithm>
#include <stdexcept>

#include <toml++/toml.h>

namespace intake::service {
namespace {

using sentence_map = std::map<std::string, std::string, std::less<>>;

sentence_map read_sentences(embedded_file const& file) {
  sentence_map sentences;
  auto const document = toml::parse(file.bytes, file.name);
  for (auto const& [area, node] : document) {
    auto const* const table = node.as_table();
    if (table == nullptr) throw std::logic_error("texts: every key stands in an [area]");
    for (auto const& [name, value] : *table) {
      auto const text = value.value<std::string>();
      if (!text) throw std::logic_error("texts: " + std::string(name.str()) + " is not a text");
      sentences.emplace(std::string(area.str()) + "." + std::string(name.str()), *text);
    }
  }
  return sentences;
}

void must_have_same_keys(sentence_map const& left, sentence_map const& right) {
  for (auto const& [key, unused] : left) {
    if (!right.contains(key)) throw std::logic_error("texts: a language lacks the key " + key);
  }
}

}  // namespace

std::string_view tag(language l) {
  constexpr std::array<std::string_view, 3> tags{"en", "es", "ht"};
  return tags[static_cast<std::size_t>(l)];
}

std::string_view own_name(language l) {
  constexpr std::array<std::string_view, 3> names{"English", "Español", "Kreyòl ayisyen"};
  return names[static_cast<std::size_t>(l)];
}

std::optional<language> parse_language(std::string_view wanted) {
  auto const found =
      std::ranges::find_if(all_languages, [&](language l) { return tag(l) == wanted; });
  if (found == all_languages.end()) return std::nullopt;
  return *found;
}

texts::texts() {
  for (auto const& file : embedded_texts()) {
    auto const found = parse_language(file.name.substr(0, file.name.rfind('.')));
    if (!found) throw std::logic_error("texts: no such language: " + std::string(file.name));
    sentences_[static_cast<std::size_t>(*found)] = read_sentences(file);
  }
  for (auto const& each : sentences_) {
    must_have_same_keys(sentences_.front(), each);
    must_have_same_keys(each, sentences_.front());
  }
}

std::string texts::say(language l, std::string_view key, arguments named) const {
  auto const& sentences = sentences_[static_cast<std::size_t>(l)];
  auto const found = sentences.find(key);
  if (found == sentences.end()) throw std::logic_error("texts: no key " + std::string(key));
  std::string text = found->second;
  for (auto const& [name, value] : named) {
    std::string const placeholder = "{" + std::string(name) + "}";
    for (auto at = text.find(placeholder); at != std::string::npos;
         at = text.find(placeholder, at + value.size())) {
      text.replace(at, placeholder.size(), value);
    }
  }
  return text;
}

}  // namespace intake::service
