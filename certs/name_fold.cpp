#include "certs/name_fold.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace intake::certs {
namespace {

constexpr std::size_t phone_digits_min = 7;
constexpr std::size_t phone_digits_max = 15;
constexpr std::size_t national_digits = 10;

// One character for each code point of a block: its base letter, a digit for one of `pairs`, or '_'
// where the block has no Latin letter with a base (from the decompositions of Unicode 15).
struct block {
  char32_t first;
  std::string_view letters;
};

constexpr std::array<std::string_view, 5> pairs = {"ae", "oe", "ss", "th", "ij"};

constexpr block blocks[] = {
    {0x00c0,
     "aaaaaa1ceeeeiiiidnooooo_ouuuuy43aaaaaa1ceeeeiiiidnooooo_ouuuuy4y"
     "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii55jjkkklllllll"
     "lllnnnnnnnnnoooooo22rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"},
    {0x0180,
     "________________________________oo_____________uu_______________"
     "_____________aaiioouuuuuuuuuu_aaaa____ggkkoooo__j___gg__nnaa____"
     "aaaaeeeeiiiioooorrrruuuusstt__hh______aaeeooooooooyy____________"},
    {0x1e00,
     "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
     "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
     "wwwwwwwwwwxxxxyyzzzzzzhtwy____3_aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
     "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy______"},
};

struct code_point_range {
  char32_t first;
  char32_t last;
};

// Controls and Latin-1 signs, modifier letters and accents of their own, punctuation, full-width
// and other spaces, variation selectors, the byte order mark.
constexpr code_point_range dropped[] = {{0x0080, 0x00bf}, {0x02b0, 0x036f}, {0x1ab0, 0x1aff},
                                        {0x1dc0, 0x1dff}, {0x2000, 0x206f}, {0x3000, 0x3003},
                                        {0xfe00, 0xfe0f}, {0xfeff, 0xfeff}, {0xfff9, 0xffff}};
// A soft hyphen (U+00AD) is no hyphen.
constexpr code_point_range parts_words[] = {{' ', ' '},       {'\t', '\r'},     {'-', '-'},
                                            {'/', '/'},       {',', ','},       {0x00a0, 0x00a0},
                                            {0x2000, 0x200a}, {0x2010, 0x2015}, {0x202f, 0x202f},
                                            {0x205f, 0x205f}, {0x3000, 0x3000}};

bool is_in(std::span<code_point_range const> ranges, char32_t point) {
  return std::ranges::any_of(ranges,
                             [&](auto const& r) { return point >= r.first && point <= r.last; });
}

struct decoded {
  char32_t point;
  std::size_t length;  ///< 0 where the bytes are not UTF-8
};

bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xc0) == 0x80;
}

// RFC 3629 4: shortest forms only, no surrogates, nothing above U+10FFFF.
decoded decode(std::string_view text) {
  auto const lead = static_cast<unsigned char>(text.front());
  if (lead < 0x80) return {lead, 1};
  auto const length = lead >= 0xf0 ? 4U : lead >= 0xe0 ? 3U : 2U;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < length) return {0, 0};
  char32_t point = lead & (0xffU >> (length + 1));
  for (auto const byte : text.substr(1, length - 1)) {
    if (!is_continuation(byte)) return {0, 0};
    point = (point << 6) | (static_cast<unsigned char>(byte) & 0x3fU);
  }
  constexpr std::array<char32_t, 5> smallest = {0, 0, 0x80, 0x800, 0x10000};
  auto const is_surrogate = point >= 0xd800 && point <= 0xdfff;
  if (point < smallest[length] || point > 0x10ffff || is_surrogate) return {0, 0};
  return {point, length};
}

bool is_digit(char32_t c) {
  return c >= '0' && c <= '9';
}
bool is_lower(char32_t c) {
  return c >= 'a' && c <= 'z';
}
bool is_upper(char32_t c) {
  return c >= 'A' && c <= 'Z';
}

void append_ascii(std::string& out, char32_t point) {
  if (is_upper(point)) point += 'a' - 'A';
  if (is_lower(point) || is_digit(point)) out += static_cast<char>(point);
}

char base_letter(char32_t point) {
  for (auto const& b : blocks) {
    if (point >= b.first && point - b.first < b.letters.size()) return b.letters[point - b.first];
  }
  return '_';
}

void append_folded(std::string& out, decoded const& d, std::string_view encoded) {
  if (d.point < 0x80) return append_ascii(out, d.point);
  auto const letter = base_letter(d.point);
  if (is_digit(static_cast<unsigned char>(letter))) {
    out += pairs[static_cast<std::size_t>(letter - '1')];
  } else if (letter != '_') {
    out += letter;
  } else if (!is_in(dropped, d.point)) {
    out += encoded;
  }
}

}  // namespace

std::vector<std::string> fold_words(std::string_view utf8) {
  std::vector<std::string> words;
  std::string word;
  auto const end_word = [&] {
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
  };
  while (!utf8.empty()) {
    auto const d = decode(utf8);
    auto const length = std::max<std::size_t>(d.length, 1);
    if (d.length > 0 && is_in(parts_words, d.point)) {
      end_word();
    } else if (d.length > 0) {
      append_folded(word, d, utf8.substr(0, length));
    }
    utf8.remove_prefix(length);
  }
  end_word();
  return words;
}

std::string fold_name(std::string_view utf8) {
  std::string name;
  for (auto const& word : fold_words(utf8)) name += word;
  return name;
}

std::string fold_phone(std::string_view text) {
  text = text.substr(0, text.find_first_of("eExX;#"));
  std::string digits;
  for (auto const c : text) {
    auto const byte = static_cast<unsigned char>(c);
    if (is_digit(byte)) digits += c;
    if (is_lower(byte) || is_upper(byte)) return {};
  }
  if (digits.size() < phone_digits_min || digits.size() > phone_digits_max) return {};
  auto const international = text.find('+') != text.npos;
  if (digits.size() == national_digits + 1 && digits.front() == '1') return digits.substr(1);
  return international ? "+" + digits : digits;
}

std::string fold_member_id(std::string_view text) {
  std::string id;
  for (auto const c : text) {
    auto const byte = static_cast<unsigned char>(c);
    if (is_digit(byte) || is_upper(byte)) id += c;
    if (is_lower(byte)) id += static_cast<char>(c - 'a' + 'A');
  }
  return id;
}

}  // namespace intake::certs
