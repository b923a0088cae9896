#pragma once
#include "pdf/form_copy.hpp"

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace intake::pdf {

/// Looks up answers of a packet by linkId, in whichever form they were asked: a clinic's own form
/// that uses the packet's linkIds is understood like ours. What the copy's reader may not see is
/// not there.
class packet_answers {
 public:
  /// Which audiences' answers a reader gets.
  using reader_rule = bool (*)(copy_profile, forms::form_audience);

  packet_answers(std::span<filled_form const> packet, copy_facts const& about,
                 reader_rule shows = may_show)
      : packet_(packet), about_(about), shows_(shows) {}

  /// A question that was answered, and where.
  struct place {
    filled_form const* in = nullptr;
    forms::item const* item = nullptr;
    std::vector<forms::answer const*> given;
  };
  /// The first form with an answer to that question; `given` is empty where there is none.
  place find(std::string_view link_id) const;

  /// Its answers as a person reads them, joined by "; ", or empty.
  std::string text(std::string_view link_id) const;

  /// Calls for every occurrence of a group, in form order.
  using occurrence_visit =
      std::function<void(forms::questionnaire const&, forms::answered_item const&)>;
  void each(std::string_view group, occurrence_visit const& visit) const;
  /// The answers to a question below one occurrence, joined by "; ".
  std::string below(forms::questionnaire const&, forms::answered_item const& occurrence,
                    std::string_view link_id) const;
  /// The answers to a question below one answer, joined by "; ".
  std::string below(forms::questionnaire const&, forms::answer const&,
                    std::string_view link_id) const;

  std::span<filled_form const> packet() const { return packet_; }
  copy_facts const& about() const { return about_; }

 private:
  bool is_shown(forms::item const* item) const {
    return item != nullptr && shows_(about_.profile, item->audience);
  }
  std::string printed(forms::item const&, std::vector<forms::answer const*> const&) const;

  std::span<filled_form const> packet_;
  copy_facts const& about_;
  reader_rule shows_;
};

}  // namespace intake::pdf
