#pragma once
#include "forms/answers.hpp"

#include <string_view>
#include <vector>

namespace intake::forms {

/// Whether a text may be signed on a calendar day (YYYY-MM-DD): both of its days are included, and
/// a text without an edition may always be signed. An empty day: nobody asks.
bool may_be_signed(text_edition const&, std::string_view day);

/// Whether every text of the form may be signed that day.
bool may_be_signed(questionnaire const&, std::string_view day);

/// A text that was signed, or not: a group with an edition that holds an answer.
struct edition_answered {
  item const* group = nullptr;
  answered_item const* occurrence = nullptr;
  /// Drawn or typed here (item GROUP.choice is "draw" or "type"); "desk" and "decline" are no
  /// signature. A group without such an item counts as signed.
  bool was_signed = false;
};

/// Takes out what was answered under a text that is another now: answers that go over to another
/// version of their form. `before` is the version they were given to; null: it is not known any
/// more, and every signature goes. Returns the groups that lost answers, to be signed again.
std::vector<item const*> drop_replaced_texts(questionnaire const& now, questionnaire const* before,
                                             answers&);

/// In form order.
std::vector<edition_answered> answered_editions(questionnaire const&, answers const&);

}  // namespace intake::forms
