#include "certs/crockford.hpp"
#include "certs/escrow.hpp"
#include "certs/escrow_code.hpp"
#include "certs/utc_text.hpp"

#include <algorithm>

namespace intake::certs {
namespace {

using namespace escrow;

constexpr std::size_t installation_bytes_max = 60;

constexpr std::string_view explanation =
    "Whoever holds this sheet can read every patient form of this installation.\n"
    "If the key file is lost and this sheet too, no one can read them ever again,\n"
    "and no backup helps. Lock it away, in another building than the server.\n"
    "\n"
    "To bring the keys back, type the lines from BEGIN KEYS to END into a text\n"
    "file. Capitals do not matter; there is no letter O, I, L or U among the\n"
    "groups. The word at the end of a line checks that line.\n";

constexpr std::string_view explanation_of_tokens =
    "\n"
    "A key whose line says token lies in a hardware token and nowhere else: keep\n"
    "a copy of that token, made with its maker's tool, as you keep this sheet.\n";

void append(wiped_bytes& out, std::string_view text) {
  auto const data = as_bytes(text);
  out.insert(out.end(), data.begin(), data.end());
}

// Ten bytes are exactly sixteen characters of five bits.
void append_characters(wiped_bytes& out, bytes_view line) {
  std::uint32_t bits = 0;
  unsigned held = 0;
  std::size_t written = 0;
  for (auto const byte : line) {
    bits = bits << 8 | byte;
    held += 8;
    while (held >= 5) {
      held -= 5;
      out.push_back(static_cast<std::uint8_t>(crockford_alphabet[(bits >> held) & 31]));
      if (++written % group_characters == 0) out.push_back(' ');
    }
  }
}

void append_key(wiped_bytes& out, std::string const& title, secret const& key, total& all) {
  auto b = block_of(title, key);
  append(out, " " + title_check(title) + "\n");
  for (std::size_t place = 0; place < lines_per_key; ++place) {
    auto const line = bytes_view(b).subspan(place * line_bytes, line_bytes);
    append(out, "  " + std::to_string(place + 1) + "  ");
    append_characters(out, line);
    append(out, " " + line_check(title, place, line) + "\n");
  }
  append(out, "\n");
  all.add(b);
  wipe(b);
}

// One line of whole UTF-8 characters, whatever the clinic's name holds.
std::string_view one_line(std::string_view text) {
  auto const line = text.substr(0, text.find_first_of("\r\n"));
  auto end = std::min(line.size(), installation_bytes_max);
  auto const continues = [&] { return (static_cast<unsigned char>(line[end]) & 0xc0) == 0x80; };
  while (end > 0 && end < line.size() && continues()) --end;
  return line.substr(0, end);
}

}  // namespace

wiped_bytes write_escrow_sheet(key_set const& keys, escrow_heading const& heading) {
  wiped_bytes out;
  append(out, "INTAKE - KEYS ON PAPER\n\n");
  append(out, "Installation  " + std::string(one_line(heading.installation)) + "\n");
  append(out, "Printed       " + utc_text(heading.printed) + "\n\n");
  append(out, explanation);
  if (any_in_token(keys)) append(out, explanation_of_tokens);
  append(out, "\n");
  append(out, begin_words);
  append(out, "\n\n");
  total all;
  for (auto const& k : keys.keks) {
    auto const title = title_of(k);
    append(out, std::string(kek_word) + title.substr(kek_word.size()));
    if (k.home == kek_home::token) {
      append(out, " " + title_check(title) + "\n\n");
      all.add_name(title);
    } else {
      append_key(out, title, k.key, all);
    }
  }
  append(out, index_root_words);
  append_key(out, title_of_index_root(), keys.index_root, all);
  append(out, std::string(end_word) + " " + all.check() + "\n");
  return out;
}

}  // namespace intake::certs
