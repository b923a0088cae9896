#pragma once
#include "forms/x12/reading.hpp"

#include <string>
#include <string_view>

namespace intake::forms::x12 {

struct document_head {
  std::string_view program_version;
  std::string_view file;  ///< its name, as it was given
  /// The day that verdicts are about; 0: none.
  day_number asked = 0;
  strictness how = strictness::tolerant;
};

/// The document that `intake x12 read` prints: what it is of, the envelope with loops and contents,
/// deviations and errors. It holds what the payer said of a patient: never log it.
std::string to_json(reading const&, document_head const&);

}  // namespace intake::forms::x12
