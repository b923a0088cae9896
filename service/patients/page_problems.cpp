#include "service/patients/page_problems.hpp"

#include "forms/link_path.hpp"
#include "service/texts/clinic_time.hpp"

namespace intake::service::patients {
namespace {

using forms::item_index;

/// Calls `use(path)` for the questions of a group that everybody is asked; `wanted` says which.
template <class Wanted, class Use>
void for_each_question(forms::questionnaire const& form, forms::link_path const& group,
                       Wanted wanted, Use use) {
  for (auto const index : form.children_of(group.back().item)) {
    auto const& each = form.at(index);
    if (each.hidden || !each.enable_when.empty()) continue;
    auto path = group;
    path.push_back({index, 0});
    if (each.type == forms::item_type::group) {
      if (wanted(each)) for_each_question(form, path, wanted, use);
    } else if (forms::is_question(each) && wanted(each)) {
      use(path);
    }
  }
}

std::vector<forms::link_path> questions_to_name(forms::questionnaire const& form,
                                                forms::link_path const& group) {
  std::vector<forms::link_path> found;
  auto const keep = [&](forms::link_path const& path) { found.push_back(path); };
  for_each_question(
      form, group, [](forms::item const& each) { return each.required; }, keep);
  if (!found.empty()) return found;
  for_each_question(
      form, group, [](forms::item const&) { return true; }, keep);
  if (found.size() > 1) found.resize(1);
  return found;
}

/// Limits that are dates, as each language writes them; the argument itself stays FHIR's.
void write_dates(forms::problem& one) {
  bool const is_limit = one.code == forms::problem_code::below_minimum ||
                        one.code == forms::problem_code::above_maximum;
  if (!is_limit) return;
  for (auto const& limit : std::vector(one.arguments)) {
    auto const add = [&](std::string_view name, language spoken) {
      one.arguments.push_back({name, written_date(limit.value, spoken)});
    };
    bool const is_least = limit.name == "min";
    add(is_least ? "min:en" : "max:en", language::en);
    add(is_least ? "min:es" : "max:es", language::es);
    add(is_least ? "min:ht" : "max:ht", language::ht);
  }
}

}  // namespace

std::vector<forms::problem> at_questions(forms::questionnaire const& form,
                                         std::vector<forms::problem> const& problems) {
  std::vector<forms::problem> said;
  for (auto const& each : problems) {
    auto const path = forms::read_link_path(form, each.link_path);
    bool const is_date =
        path && !path->empty() && form.at(path->back().item).type == forms::item_type::date;
    bool const of_a_group = path && !path->empty() &&
                            each.code == forms::problem_code::required_missing &&
                            form.at(path->back().item).type == forms::item_type::group;
    auto const questions =
        of_a_group ? questions_to_name(form, *path) : std::vector<forms::link_path>{};
    if (questions.empty()) said.push_back(each);
    if (questions.empty() && is_date) write_dates(said.back());
    for (auto const& question : questions) {
      auto one = each;
      one.link_path = forms::write_link_path(form, question);
      said.push_back(std::move(one));
    }
  }
  return said;
}

}  // namespace intake::service::patients
