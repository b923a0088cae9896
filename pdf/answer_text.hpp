#pragma once
#include "forms/answers.hpp"
#include "forms/item.hpp"
#include "pdf/form_copy.hpp"

#include <string>
#include <vector>

namespace intake::pdf {

/// A value as a person reads it in the copy's language: options by their label, dates with the
/// month's name, yes and no. Decimals keep their source text.
std::string printed_value(forms::item const& question, forms::answer_value const& value,
                          std::string_view language, copy_words const& words);

/// All answers of one question, one a line.
std::string printed_answers(forms::item const& question, std::vector<forms::answer> const& given,
                            std::string_view language, copy_words const& words);

/// The same in the words the patient chose from; empty where they are the copy's.
std::string own_words_of(forms::item const& question, std::vector<forms::answer> const& given,
                         copy_facts const& about);

/// A text in the copy's language, and in the patient's where that is another one and there is a
/// translation.
std::string in_copy(forms::localized_text const& text, copy_facts const& about);
std::string in_own_words(forms::localized_text const& text, copy_facts const& about);

/// An item's text behind its prefix.
std::string question_text(forms::item const& item, copy_facts const& about);

/// What stands before a question that is asked of one of several answers: "Latex: ".
struct answer_name {
  std::string in_copy;
  std::string own;
};

/// Names that tell the answers to one question apart; empty ones where there is but one.
std::vector<answer_name> names_of(forms::item const& question,
                                  std::vector<forms::answer> const& given, copy_facts const& about);

/// "1951-08-01" as "August 1, 1951", "1951-08" as "August 1951"; anything else as it is.
std::string printed_date(std::string_view date, copy_words const& words);
/// "1951-08-01T09:14:00-05:00" as "August 1, 1951, 9:14 AM UTC-05:00": the zone stays as it was
/// sent.
std::string printed_date_time(std::string_view text, copy_words const& words);
/// "09:14:30" as "9:14:30 AM", "09:14:00" as "9:14 AM"; anything else as it is.
std::string printed_time(std::string_view time);

}  // namespace intake::pdf
