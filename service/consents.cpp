#include "service/consents.hpp"

#include "forms/editions.hpp"

namespace intake::service {

std::string consent_search::edition_in_force(forms::questionnaire const& form,
                                             forms::item const& group) const {
  auto const* now = forms_.library.find_presentable(form.header().id, day_);
  auto const* item = now == nullptr ? nullptr : now->find(group.link_id);
  if (item == nullptr || !forms::may_be_signed(item->edition, day_)) return {};
  return item->edition.id;
}

void consent_search::add(db::submission_head const& head, opened_record const& record) {
  auto const& who = record.head;
  for (auto const& each : record.forms) {
    for (auto const& found : forms::answered_editions(*each.form, each.response.answers)) {
      if (!found.was_signed) continue;
      auto const key =
          who.family + '\n' + who.given + '\n' + who.birth_date + '\n' + found.group->link_id;
      if (!seen_.emplace(key, true).second) continue;
      auto const current = edition_in_force(*each.form, *found.group);
      if (current == found.group->edition.id) continue;
      due_.push_back(
          {head.receipt, who.family + ", " + who.given, who.birth_date,
           found.group->text.text.empty() ? found.group->link_id : found.group->text.text,
           found.group->edition.id, head.received, current});
    }
  }
}

}  // namespace intake::service
