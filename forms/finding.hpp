#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace intake::forms {

enum class finding_severity : std::uint8_t { error, warning, information };

/// What became of the form: nothing, loaded with a stated repair, or not loaded.
enum class finding_effect : std::uint8_t { none, repaired, refused };

std::string_view code_of(finding_severity);

/// One thing a form's author should know.
struct finding {
  finding_severity severity = finding_severity::error;
  finding_effect effect = finding_effect::none;
  /// The rule's name: "que-2", "enable-when-cycle".
  std::string_view code;
  /// "Questionnaire.item[3].linkId".
  std::string path;
  /// 1-based; 0 where it is not known.
  std::size_t line = 0;
  std::string message;
  /// What to do, and where the form was repaired: how.
  std::string hint;
};

}  // namespace intake::forms
