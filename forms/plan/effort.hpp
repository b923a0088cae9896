#pragma once
#include "forms/answers.hpp"

#include <cstddef>

namespace intake::forms {

/// What a form costs the person who fills it in: words ÷ 130 a minute, 5 s a choice, 12 s a short
/// text, 30 s a long text or photo, 60 s a signature. Answers to questions that are filled in
/// already cost nothing.
struct effort {
  std::size_t answers = 0;
  std::size_t words = 0;
  std::size_t seconds = 0;

  double minutes() const {
    return static_cast<double>(words) / 130 + static_cast<double>(seconds) / 60;
  }
  effort& operator+=(effort const& more) {
    answers += more.answers;
    words += more.words;
    seconds += more.seconds;
    return *this;
  }
};

/// Of somebody who gave these answers: reads what they see, answers what they answered.
effort effort_of(questionnaire const&, answers const&);
/// Of the shortest way through: answers each question that is asked of everybody, and none of these
/// answers opens another.
effort least_effort(questionnaire const&);
/// Of the longest way through: every question applies, repeating groups are there once.
effort greatest_effort(questionnaire const&);

}  // namespace intake::forms
