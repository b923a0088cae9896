#include "service/patients/form_view.hpp"

#include "forms/editions.hpp"
#include "forms/enablement.hpp"
#include "forms/fhirpath/hooks.hpp"
#include "forms/link_path.hpp"
#include "service/patients/answer_words.hpp"
#include "service/patients/components.hpp"
#include "service/patients/live_rules.hpp"

#include <algorithm>
#include <deque>

namespace intake::service::patients {
namespace {

using forms::item_control;
using forms::item_type;

/// A question that is put below an answer.
struct below_answer {
  forms::item const& question;
  forms::link_path const& path;
  forms::item const& parent;
  forms::answer const& given;
};

/// Finds the questions below the answers of a page.
class answer_walk {
 public:
  answer_walk(forms::questionnaire const& form, forms::enablement const& enabled,
              page_items const* page)
      : form_(form), enabled_(enabled), page_(page) {}

  template <class Use>
  void below(std::vector<forms::answered_item> const& given, Use use,
             forms::link_path const& path = {}, forms::answer_scope const* outer = nullptr) const {
    forms::answer_scope const scope{.siblings = &given, .outer = outer};
    std::uint32_t repetition = 0;
    for (std::size_t i = 0; i < given.size(); ++i) {
      auto const& each = given[i];
      repetition = i > 0 && given[i - 1].item == each.item ? repetition + 1 : 0;
      if (path.empty() && page_ != nullptr && !page_->has(each.item)) continue;
      auto here = path;
      here.push_back({each.item, repetition});
      below(each.items, use, here, &scope);
      for (std::size_t k = 0; k < each.answers.size(); ++k) {
        here.back().repetition = static_cast<std::uint32_t>(k);
        below_one(form_.at(each.item), each.answers[k], here, scope, use);
      }
    }
  }

 private:
  template <class Use>
  void below_one(forms::item const& parent, forms::answer const& given,
                 forms::link_path const& path, forms::answer_scope const& outer, Use& use) const {
    forms::answer_scope const scope{
        .siblings = &given.items, .outer = &outer, .owner = parent.index, .within = &given};
    for (auto const index : parent.children) {
      auto const& question = form_.at(index);
      if (!forms::is_question(question) || question.hidden) continue;
      if (!enabled_.is_enabled(question, scope)) continue;
      auto here = path;
      here.push_back({index, 0});
      use(below_answer{question, here, parent, given});
    }
  }

  forms::questionnaire const& form_;
  forms::enablement const& enabled_;
  page_items const* page_;
};

class painter {
 public:
  painter(page_model& page, form_view const& view, component_kit const& kit)
      : page_(page),
        view_(view),
        kit_(kit),
        sink_(view, kit),
        expressions_(forms::fhirpath::hooks_for({view.today, {}})),
        enabled_(view.form, view.answers, &expressions_) {}

  void paint() {
    sink_.add_summary(page_);
    if (view_.shows == form_view::part::questions_below_answers) {
      carry_along();
      answer_walk(view_.form, enabled_, view_.page).below(view_.answers.items, [&](auto const& at) {
        sink_.stand_below(answer_words(at.parent, at.given.value, view_.spoken, kit_.words));
        paint_item(sink_, at.question, at.path, true, nullptr);
      });
    } else {
      paint_edge(item_control::header);
      paint_children({}, {.siblings = &view_.answers.items});
      paint_edge(item_control::footer);
      if (auto rules = live_rules(view_); !rules.empty()) {
        page_.add("RULES").set("JSON", std::move(rules));
      }
    }
    page_.set("ITEMS", sink_.take());
    if (sink_.sends_files) page_.add("FILES");
  }

 private:
  void paint_children(forms::link_path const& path, forms::answer_scope const& scope) {
    for (auto const index : view_.form.children_of(scope.owner)) {
      auto const& item = view_.form.at(index);
      if (path.empty() && view_.page != nullptr && !view_.page->has(index)) continue;
      if (item.hidden || is_help(item) || is_edge(item) || !is_wanted(index)) continue;
      if (!forms::may_be_signed(item.edition, view_.today)) continue;
      // What speaks to some patients only ("call 911") is said once their answers ask for it.
      // Questions stay: without script nobody could reach them otherwise, and the answers of those
      // that do not apply are dropped.
      if (item.type == item_type::group) {
        paint_group(item, path, scope);
        continue;
      }
      auto here = path;
      here.push_back({index, 0});
      bool const applies = enabled_.is_enabled(item, scope);
      if (item.type != item_type::display) {
        auto const given = forms::occurrences(*scope.siblings, index);
        paint_item(sink_, item, here, applies, given.empty() ? nullptr : given.begin());
      } else if (applies || comes_and_goes(view_.form, item)) {
        paint_display(sink_, item, here, applies);
      }
    }
  }

  /// Displays at the top of the form that stand on every page, above or below all else.
  void paint_edge(item_control which) {
    for (auto const index : view_.form.children_of(forms::no_item)) {
      auto const& item = view_.form.at(index);
      if (item.hidden || !is_edge(item) || item.shown.control != which) continue;
      paint_display(sink_, item, {{index, 0}}, true);
    }
  }

  bool is_wanted(forms::item_index index) const {
    return view_.only == forms::no_item || view_.form.contains(index, view_.only) ||
           view_.form.contains(view_.only, index);
  }

  /// What was answered on the page before, in fields that nobody sees.
  void carry_along() {
    for (auto const& [name, value] : view_.typed) {
      auto const path = forms::read_link_path(view_.form, name.substr(0, name.find(':')));
      if (!path || lies_below_answer(view_.form, *path)) continue;
      page_.add("CARRIED").set("NAME", name).set("VALUE", value);
    }
  }

  void paint_group(forms::item const& group, forms::link_path const& path,
                   forms::answer_scope const& scope) {
    auto const given = forms::occurrences(*scope.siblings, group.index);
    auto const filled = static_cast<std::size_t>(given.end() - given.begin());
    std::size_t shown = 1;
    if (group.repeats) {
      shown = std::min<std::size_t>(filled + 1, group.limits.occurs_max.value_or(1'000));
      shown = std::max({shown, filled, std::size_t{1}});
    }
    for (std::size_t i = 0; i < shown; ++i) {
      auto here = path;
      here.push_back({group.index, static_cast<std::uint32_t>(i)});
      forms::answer_scope const inside{
          .siblings = i < filled ? &(given.begin() + i)->items : &absent_.emplace_back(),
          .outer = &scope,
          .owner = group.index};
      paint_occurrence(group, here, inside, shown > 1 ? i + 1 : 0);
      if (group.repeats && i < filled) add_remove(group, here, shown > 1 ? i + 1 : 0);
    }
  }

  /// In rows the questions of an occurrence stand beside each other, where there is room.
  void paint_occurrence(forms::item const& group, forms::link_path const& here,
                        forms::answer_scope const& inside, std::size_t number) {
    bool const in_row = group.shown.control == item_control::grid_table ||
                        group.shown.control == item_control::table;
    add_heading(group, here, number);
    if (!in_row) return paint_children(here, inside);
    auto before = sink_.take();
    paint_children(here, inside);
    page_model row;
    row.set("CELLS", sink_.take());
    row.set("CLASS", group.shown.control == item_control::table ? "intake-matrix" : "intake-row");
    sink_.put(std::move(before));
    sink_.add("item_row", row);
  }

  std::string heading_of(forms::item const& group, std::size_t number) const {
    auto text = std::string(forms::text_in(group, tag(view_.spoken)));
    if (number > 0) text += (text.empty() ? "" : " ") + std::to_string(number);
    return text;
  }

  void add_heading(forms::item const& group, forms::link_path const& path, std::size_t number) {
    auto const text = heading_of(group, number);
    if (text.empty() || (number == 0 && text == view_.title)) return;
    page_model heading;
    sink_.set_text(heading, group.text);
    auto& level = heading.add(group.depth == 0 ? "SECOND" : "THIRD");
    level.set("TEXT", text).set("ID", forms::write_link_path(view_.form, path));
    sink_.mark_live(level, group, path);
    if (heading.count("FOREIGN") > 0) {
      level.add("FOREIGN").set("LANG", view_.form.header().language);
    }
    if (number > 1) {
      heading.add("MORE").set("MORE_TEXT", kit_.words.say(view_.spoken, "form.add_another"));
    }
    sink_.add("item_heading", heading);
  }

  void add_remove(forms::item const& group, forms::link_path const& path, std::size_t number) {
    page_model model;
    model.set("PATH", forms::write_link_path(view_.form, path))
        .set("REMOVE", kit_.words.say(view_.spoken, "map.remove"))
        .set("WHAT", heading_of(group, number));
    sink_.mark_live(model, group, path);
    sink_.add("item_remove", model);
  }

  static bool is_help(forms::item const& item) {
    using enum item_control;
    return item.type == item_type::display &&
           (item.shown.control == help || item.shown.control == lower ||
            item.shown.control == upper || item.shown.control == unit ||
            item.shown.control == prompt || item.shown.control == flyover);
  }

  page_model& page_;
  form_view const& view_;
  component_kit const& kit_;
  component_sink sink_;
  forms::expression_hooks expressions_;
  forms::enablement enabled_;
  /// What an occurrence that is not there holds. Each has a place of its own, because the evaluator
  /// remembers by place.
  std::deque<std::vector<forms::answered_item>> absent_;
};

}  // namespace

bool asks_below_answers(forms::questionnaire const& form, page_items const& page,
                        forms::answers const& given) {
  forms::enablement const enabled(form, given);
  bool asked = false;
  answer_walk(form, enabled, &page).below(given.items, [&](auto const&) { asked = true; });
  return asked;
}

bool lies_below_answer(forms::questionnaire const& form, forms::link_path const& path) {
  return !path.empty() && std::any_of(path.begin(), path.end() - 1, [&](auto const& step) {
    return form.at(step.item).type != item_type::group;
  });
}

void add_form_items(page_model& page, form_view const& view, component_kit const& kit) {
  painter(page, view, kit).paint();
}

bool may_add_another(forms::questionnaire const& form, page_items const& page) {
  return std::ranges::any_of(form.items(), [&](forms::item const& each) {
    bool const on_page =
        std::ranges::any_of(page.items, [&](auto top) { return form.contains(top, each.index); });
    bool const in_places = each.type == item_type::group || !forms::has_options(each);
    return on_page && each.repeats && in_places && !each.hidden;
  });
}

}  // namespace intake::service::patients
