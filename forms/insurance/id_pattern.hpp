#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The pattern language of id_formats.csv: what a billing manager can write without a regex.
///
/// `N` digit, `C` digit 1-9, `L` letter, `A` letter without S L O I B Z (as on Medicare cards),
/// `X` `N` or `A`, `B` letter or digit, `'ABC'` itself (hyphens, spaces and dots in it do not
/// matter); each class may be followed by `{n}` or `{n-m}`; spaces are free; `|` divides
/// alternatives.
namespace intake::forms::insurance {

class id_pattern {
 public:
  /// Empty where the text is not a pattern; `fault` then says why.
  static std::optional<id_pattern> read(std::string_view text, std::string& fault);

  /// Whether the whole text matches; compare what `normal_identifier` gives.
  bool matches(std::string_view normal) const;

 private:
  struct item {
    char kind;  ///< a class letter, or `'` for a literal
    char literal;
    std::uint8_t least;
    std::uint8_t most;
  };
  using sequence = std::vector<item>;
  static bool takes(item const& one, char letter);
  static bool matches(sequence const& items, std::string_view normal);
  std::vector<sequence> alternatives_;
};

/// Upper case, without spaces, hyphens of any kind and dots: stray ones never make a number wrong.
std::string normal_identifier(std::string_view typed);

}  // namespace intake::forms::insurance
