#include "service/patients/live_rules.hpp"

#include "forms/canonical.hpp"
#include "forms/json_writer.hpp"

#include <algorithm>
#include <vector>

namespace intake::service::patients {
namespace {

using forms::item_index;

/// The part of a form that decides what a page shows.
class deciding_part {
 public:
  explicit deciding_part(form_view const& view)
      : form_(view.form), page_(view.page), needed_(view.form.items().size()) {
    for (auto const& each : form_.items()) {
      if (is_on_page(each) && !each.enable_when.empty()) need(each.index);
    }
  }

  bool is_empty() const { return std::ranges::find(needed_, true) == needed_.end(); }

  void write_items(forms::json_writer& out, item_index parent) const {
    out.begin_array();
    for (auto const index : form_.children_of(parent)) {
      if (needed_[index]) write_item(out, form_.at(index));
    }
    out.end_array();
  }

  /// The answers of other pages that are looked at, and no others.
  forms::answers elsewhere(forms::answers all) const {
    std::erase_if(all.items, [&](auto const& each) { return is_on_page(form_.at(each.item)); });
    keep_needed(all.items);
    return all;
  }

 private:
  bool is_on_page(forms::item const& each) const {
    if (page_ == nullptr) return true;
    auto top = each.index;
    while (form_.at(top).parent != forms::no_item) top = form_.at(top).parent;
    return page_->has(top);
  }

  void keep_needed(std::vector<forms::answered_item>& items) const {
    std::erase_if(items, [&](auto const& each) { return !needed_[each.item]; });
    for (auto& each : items) {
      keep_needed(each.items);
      for (auto& given : each.answers) keep_needed(given.items);
    }
  }

  void need(item_index index) {
    if (index == forms::no_item || needed_[index]) return;
    needed_[index] = true;
    need(form_.at(index).parent);
    for (auto const& condition : form_.at(index).enable_when) need(condition.target);
  }

  void write_item(forms::json_writer& out, forms::item const& each) const {
    out.begin_object().member("linkId", each.link_id).member("type", code_of(each.type));
    if (!each.enable_when.empty()) {
      if (each.behavior == forms::enable_behavior::any) out.member("enableBehavior", "any");
      out.key("enableWhen").begin_array();
      for (auto const& condition : each.enable_when) {
        out.begin_object().member("question", condition.question);
        out.member("operator", code_of(condition.operation));
        write_value(out, "answer", condition.answer);
        out.end_object();
      }
      out.end_array();
    }
    bool const encloses = std::ranges::any_of(each.children, [&](auto i) { return needed_[i]; });
    if (encloses) {
      out.key("item");
      write_items(out, each.index);
    }
    out.end_object();
  }

  forms::questionnaire const& form_;
  page_items const* page_;
  std::vector<bool> needed_;
};

}  // namespace

bool comes_and_goes(forms::questionnaire const& form, forms::item const& item) {
  for (auto at = item.index; at != forms::no_item; at = form.at(at).parent) {
    if (!form.at(at).enable_when.empty()) return true;
  }
  return false;
}

std::string live_rules(form_view const& view) {
  deciding_part const part(view);
  if (part.is_empty()) return {};
  std::string text;
  forms::json_writer out(text);
  out.begin_object().key("items");
  part.write_items(out, forms::no_item);
  out.key("elsewhere").raw(forms::write_canonical(view.form, part.elsewhere(view.answers), {}));
  out.end_object();
  return text;
}

}  // namespace intake::service::patients
