#include "certs/crockford.hpp"
#include "certs/escrow.hpp"
#include "certs/escrow_code.hpp"
#include "certs/utc_text.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace intake::certs {
namespace {

using namespace escrow;

using message = std::string_view;
constexpr message no_error;
constexpr message wrong_check = "the check word does not fit; compare this line letter by letter";
constexpr std::size_t text_bytes_max = 64 * 1024;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_same(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

std::string_view without_outer_space(std::string_view line) {
  auto const begin = line.find_first_not_of(" \t\r");
  if (begin == line.npos) return {};
  return line.substr(begin, line.find_last_not_of(" \t\r") - begin + 1);
}

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  while (!(line = without_outer_space(line)).empty()) {
    auto const word = line.substr(0, line.find_first_of(" \t"));
    words.push_back(word);
    line.remove_prefix(word.size());
  }
  return words;
}

using line_content = std::array<std::uint8_t, line_bytes>;

std::optional<line_content> read_characters(std::span<std::string_view const> groups) {
  line_content content{};
  std::uint32_t bits = 0;
  unsigned held = 0;
  std::size_t count = 0;
  std::size_t written = 0;
  for (auto const group : groups) {
    for (auto const c : group) {
      if (c == '-') continue;
      auto const value = crockford_value(c);
      if (value < 0 || ++count > line_characters) return std::nullopt;
      bits = bits << 5 | static_cast<std::uint32_t>(value);
      held += 5;
      if (held < 8) continue;
      held -= 8;
      content[written++] = static_cast<std::uint8_t>(bits >> held);
    }
  }
  if (count != line_characters) return std::nullopt;
  return content;
}

/// Takes the typed lines one by one; what a line may be depends on those before it.
class sheet {
 public:
  ~sheet() { wipe(block_); }

  message take(std::string_view line) {
    auto const words = words_of(line);
    if (words.empty()) return no_error;
    if (!begun_) {
      begun_ = is_same(without_outer_space(line), begin_words);
      return no_error;
    }
    if (place_ < lines_per_key) return take_key_line(words);
    if (is_same(words[0], kek_word)) return take_kek_title(words);
    if (is_same(words[0], "index")) return take_index_root_title(words);
    if (is_same(words[0], end_word)) return take_end(words);
    return "expected KEK, INDEX ROOT or END";
  }

  bool ended() const { return ended_; }
  key_set& keys() { return keys_; }

 private:
  message take_kek_title(std::vector<std::string_view> const& words) {
    bool const in_token = words.size() == 6 && is_same(words[4], token_word);
    if (words.size() != 5 && !in_token)
      return "KEK is followed by id, state, time and a check word";
    std::string id(words[1]);
    std::ranges::transform(id, id.begin(), lower);
    auto const is_current = is_same(words[2], current_word);
    if (!is_current && !is_same(words[2], decrypt_only_word)) {
      return "the state is current or decrypt-only";
    }
    auto time = std::string(words[3]);
    std::ranges::transform(time, time.begin(), [](char c) {
      return c == 't' ? 'T' : c == 'z' ? 'Z' : c;
    });
    auto const created = parse_utc_text(time);
    if (!created) return "the time is not like 2026-11-23T14:05:06Z";
    if (keys_.keks.size() == keks_max) return "more than 64 keys";
    auto& k = keys_.keks.emplace_back(kek{id,
                                          is_current ? kek_state::current : kek_state::decrypt_only,
                                          *created,
                                          {},
                                          in_token ? kek_home::token : kek_home::key_file});
    if (!in_token) return begin_key(title_of(k), words.back(), k.key);
    all_.add_name(title_of(k));
    return is_same(words.back(), title_check(title_of(k))) ? no_error : wrong_check;
  }

  message take_index_root_title(std::vector<std::string_view> const& words) {
    if (words.size() != 3 || !is_same(words[1], "root")) {
      return "INDEX ROOT is followed by a check word";
    }
    if (!keys_.index_root.empty()) return "a second index root";
    return begin_key(title_of_index_root(), words.back(), keys_.index_root);
  }

  message begin_key(std::string title, std::string_view check, secret& key) {
    title_ = std::move(title);
    if (!is_same(check, title_check(title_))) return wrong_check;
    key_ = &key;
    place_ = 0;
    return no_error;
  }

  message take_key_line(std::vector<std::string_view> const& words) {
    auto const number = std::to_string(place_ + 1);
    if (words.size() < 3 || words[0].substr(0, words[0].find_last_not_of(".:)") + 1) != number) {
      return "expected the four numbered lines of a key, in their order";
    }
    auto content = read_characters(std::span(words).subspan(1, words.size() - 2));
    if (!content) return "expected sixteen letters and digits, then a check word";
    if (!is_same(words.back(), line_check(title_, place_, *content))) return wrong_check;
    std::ranges::copy(*content, block_.begin() + static_cast<std::ptrdiff_t>(place_ * line_bytes));
    wipe(*content);
    return ++place_ == lines_per_key ? end_key() : no_error;
  }

  message end_key() {
    auto const whole = is_whole(title_, block_);
    if (whole) {
      *key_ = secret::copy_of(bytes_view(block_).first(key_bytes));
      all_.add(block_);
    }
    wipe(block_);
    return whole ? no_error : "the check of this key does not fit; compare its four lines";
  }

  message take_end(std::vector<std::string_view> const& words) {
    ended_ = words.size() == 2 && is_same(words[1], all_.check());
    if (!ended_) return "the check word of all keys does not fit: is a key missing?";
    return flaw_of(keys_);
  }

  key_set keys_;
  total all_;
  std::string title_;
  secret* key_ = nullptr;
  block block_{};
  std::size_t place_ = lines_per_key;
  bool begun_ = false;
  bool ended_ = false;
};

}  // namespace

boost::system::result<key_set, escrow_error> read_escrow_sheet(std::string_view text) {
  if (text.size() > text_bytes_max) return escrow_error{0, "larger than 64 KiB"};
  sheet s;
  std::size_t number = 0;
  while (!text.empty() && !s.ended()) {
    ++number;
    auto const line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (auto const error = s.take(line); !error.empty()) return escrow_error{number, error};
  }
  if (!s.ended()) return escrow_error{number, "the lines from BEGIN KEYS to END are not all there"};
  return std::move(s.keys());
}

void throw_exception_from_error(escrow_error const& error, boost::source_location const&) {
  throw std::runtime_error("line " + std::to_string(error.line) + ": " +
                           std::string(error.message));
}

}  // namespace intake::certs
