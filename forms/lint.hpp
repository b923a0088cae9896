#pragma once
#include "forms/finding.hpp"
#include "forms/value_set.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace intake::forms {

/// What became of a file. The exit code of `intake form lint` is that of the worst.
enum class lint_verdict : std::uint8_t { loads, loads_with_repairs, refused, unreadable };

std::string_view code_of(lint_verdict);
/// 0 loads (with repairs or without), 1 refused, 2 unreadable.
int exit_code_of(lint_verdict);

struct lint_options {
  /// Languages that every text of a form must have; a text without one of them is an error. Without
  /// any, a form that is translated in part gets warnings for the rest.
  std::vector<std::string> languages;
  /// Value sets from other files.
  std::span<value_set const> known;
};

struct lint_report {
  std::string file;
  lint_verdict verdict = lint_verdict::loads;
  /// In the order of the document.
  std::vector<finding> findings;
};

/// Reads the text of a file (a Questionnaire, or a Bundle with some) and tells every breach of the
/// R4 rules que-0 to que-13 and of our own. Survives any text.
lint_report lint_form(std::string file, std::string text, lint_options const& = {});

/// For people: one line a finding, its hint below, the verdict last.
std::string render_text(lint_report const&);

/// For programs, one object on one line (design §13): {tool, version, file, verdict, findings}.
std::string render_json(lint_report const&, std::string_view version);

}  // namespace intake::forms
