#pragma once
#include "pdf/form_copy.hpp"
#include "tests/pdf/random_texts.hpp"

#include <string>
#include <vector>

namespace intake::pdf::sample {

/// A form with items of every type, answered at random: repeating and nested groups, questions
/// below answers, options, tables.
struct random_packet {
  random_packet(std::string title, random_texts& texts);

  document copy() const;

  std::vector<forms::questionnaire> forms;  ///< one; a questionnaire has no empty state
  forms::answers given;
  /// What a reader must find again, as a person reads it; hostile answers are not among them.
  std::vector<std::string> expected;
  bool hostile = false;
};

}  // namespace intake::pdf::sample
