#include "pdf/fidelity.hpp"

#include "pdf/itemise.hpp"
#include "pdf/unicode.hpp"

#include <algorithm>

namespace intake::pdf {

watch_id fidelity_check::watch(std::string_view key, std::string_view utf8) {
  std::u16string expected;
  auto const text = to_nfc(utf8);
  for (auto const line : hard_lines(text)) {
    expected += visible_part(printable(line, faces_));
  }
  texts_.push_back({std::string(key), std::move(expected), {}, false});
  return static_cast<watch_id>(texts_.size() - 1);
}

void fidelity_check::drawn(watch_id id, std::u16string_view text) {
  if (id != unwatched) texts_[id].drawn += text;
}

void fidelity_check::misplaced(watch_id id) {
  if (id != unwatched) texts_[id].misplaced = true;
}

std::vector<std::string> fidelity_check::defects() const {
  std::vector<std::string> keys;
  for (auto const& each : texts_) {
    if (each.misplaced || visible_part(each.drawn) != each.expected) keys.push_back(each.key);
  }
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

}  // namespace intake::pdf
