#pragma once
#include "forms/parse_error.hpp"
#include "forms/x12/acknowledgement.hpp"
#include "forms/x12/benefits.hpp"
#include "forms/x12/envelope.hpp"
#include "forms/x12/inquiry.hpp"
#include "forms/x12/loops.hpp"

#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

/// One file, read as far as it can be.
namespace intake::forms::x12 {

/// What stands in one transaction set; nothing where it is one that is not read here.
using set_content = std::variant<std::monostate, inquiry, response, group_acknowledgement>;

struct set_reading {
  loop_tree tree;  ///< of a 270 and a 271
  set_content content;
};

struct reading {
  segment_file file;
  std::vector<interchange> interchanges;
  /// One for every set, in the order of `interchanges`.
  std::vector<set_reading> sets;
  /// Every TA1, in the order of `interchanges`.
  std::vector<interchange_acknowledgement> acknowledgements;
  remarks found;
};

enum class reading_verdict : std::uint8_t {
  clean,
  deviations,  ///< read, but not as the standard has it
  refused      ///< not read, or not all of it
};

/// Reads everything, notes every deviation. The text must outlive what comes back.
reading read_tolerant(std::string_view text);

/// Reads what is clean and refuses everything else: the error names the first deviation, with its
/// segment and element.
parsed<reading> read_strict(std::string_view text);

/// Strict: a file with a deviation is refused as a whole.
enum class strictness : std::uint8_t { tolerant, strict };

reading_verdict verdict_of(remarks const&, strictness = strictness::tolerant) noexcept;

/// "segment 12, element 7"; "segment 12"; "the file".
std::string place_of(remark const&);

}  // namespace intake::forms::x12
