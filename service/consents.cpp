#include "service/consents.hpp"

#include "forms/editions.hpp"

namespace intake::service {

std::string edition_in_force(form_store const& store, std::string_view form_id,
                             std::string_view link_id, std::string_view day) {
  auto const* now = store.library.find_presentable(form_id, day);
  auto const* item = now == nullptr ? nullptr : now->find(link_id);
  if (item == nullptr || !forms::may_be_signed(item->edition, day)) return {};
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
      auto const current =
          edition_in_force(forms_, each.form->header().id, found.group->link_id, day_);
      if (current == found.group->edition.id) continue;
      due_.push_back(
          {head.receipt, who.family + ", " + who.given, who.birth_date,
           found.group->text.text.empty() ? found.group->link_id : found.group->text.text,
           found.group->edition.id, head.received, current});
    }
  }
}

}  // namespace intake::service
