#include "service/patients/page_files.hpp"

#include "forms/attachment_checks.hpp"
#include "forms/from_fields.hpp"
#include "service/limits.hpp"
#include "service/patients/visit_files.hpp"

#include <algorithm>
#include <deque>
#include <iterator>

#include <fmt/format.h>

namespace intake::service::patients {
namespace {

using forms::item_type;
using forms::problem_code;

bool takes_file(forms::item const& item) {
  return item.type == item_type::attachment && !is_drawn(item) && !item.hidden;
}

/// The question that a field of a page belongs to; empty where it takes no file.
forms::link_path question_of(forms::questionnaire const& form, page_items const& page,
                             std::string_view field) {
  auto path = forms::read_link_path(form, field);
  bool const is_ours = path && !path->empty() && page.has(path->front().item) &&
                       takes_file(form.at(path->back().item));
  return is_ours ? std::move(*path) : forms::link_path{};
}

std::vector<forms::problem> problem_at(forms::questionnaire const& form,
                                       forms::link_path const& path, problem_code code,
                                       forms::problem_log::arguments arguments = {}) {
  std::deque<forms::place> steps;
  for (auto const& step : path) {
    forms::place const* outer = steps.empty() ? nullptr : &steps.back();
    steps.push_back({outer, step.item, step.repetition});
  }
  forms::problem_log log(form);
  log.add(code, &steps.back(), std::move(arguments));
  return std::move(log).take();
}

void name_in(page_body& body, std::string const& field, std::string value) {
  std::erase_if(body.fields, [&](auto const& each) { return each.name == field; });
  body.fields.push_back({field, std::move(value)});
}

template <class Unwanted>
void take_out_of(std::vector<forms::answered_item>& items, Unwanted const& unwanted) {
  for (auto& each : items) {
    std::erase_if(each.answers, [&](forms::answer const& given) {
      auto const* file = std::get_if<forms::attachment>(&given.value);
      return file != nullptr && forms::is_held(*file) && unwanted(*file);
    });
    for (auto& given : each.answers) take_out_of(given.items, unwanted);
    take_out_of(each.items, unwanted);
  }
  std::erase_if(items, [](auto const& each) { return each.answers.empty() && each.items.empty(); });
}

}  // namespace

bool takes_files(forms::questionnaire const& form, page_items const& page) {
  return std::ranges::any_of(form.items(), [&](forms::item const& each) {
    return takes_file(each) && std::ranges::any_of(page.items, [&](auto top) {
             return top == each.index || form.contains(top, each.index);
           });
  });
}

std::vector<forms::problem> problems_of_file(forms::questionnaire const& form,
                                             forms::link_path const& path, std::string_view bytes) {
  if (bytes.size() > attachment_bytes_max) {
    return problem_at(form, path, problem_code::attachment_too_detailed);
  }
  auto const& limits = form.at(path.back().item).limits;
  if (limits.bytes_max && bytes.size() > *limits.bytes_max) {
    return problem_at(form, path, problem_code::attachment_too_large,
                      {{"max", std::to_string(*limits.bytes_max)}});
  }
  auto const type = type_of_file(bytes);
  if (type.empty()) return problem_at(form, path, problem_code::attachment_unknown);
  if (!forms::permits_type(limits.mime_types, type)) {
    return problem_at(form, path, problem_code::attachment_type,
                      {{"types", fmt::format("{}", fmt::join(limits.mime_types, ", "))}});
  }
  return {};
}

std::vector<forms::problem> keep_page_files(application& app, visit const& v,
                                            forms::questionnaire const& form,
                                            page_items const& page, page_body& body) {
  // A script that keeps what is typed has no file to send, only the name of its field.
  std::erase_if(body.fields, [&](form_field const& each) {
    return !forms::names_held(each.value) && !question_of(form, page, each.name).empty();
  });
  std::vector<forms::problem> all;
  for (auto const& file : body.files) {
    auto const path = question_of(form, page, file.name);
    if (path.empty()) continue;
    auto wrong = problems_of_file(form, path, file.content);
    if (wrong.empty()) {
      auto const kept = attach(app, v, file.content, file.title);
      if (auto const* held = std::get_if<forms::attachment>(&kept)) {
        name_in(body, file.name, forms::held_field(*held));
      } else {
        wrong = problem_at(form, path, std::get<problem_code>(kept));
      }
    }
    all.insert(all.end(), wrong.begin(), wrong.end());
  }
  return all;
}

void take_out(forms::answers& all, page_items const& page, std::string_view hash) {
  auto const of_page = std::stable_partition(
      all.items.begin(), all.items.end(), [&](auto const& each) { return !page.has(each.item); });
  std::vector<forms::answered_item> ours(std::make_move_iterator(of_page),
                                         std::make_move_iterator(all.items.end()));
  all.items.erase(of_page, all.items.end());
  take_out_of(ours, [hash](forms::attachment const& file) { return file.hash == hash; });
  all = with_page(std::move(all), page, {std::move(ours)});
}

void take_out_files(forms::answers& all) {
  take_out_of(all.items, [](forms::attachment const&) { return true; });
}

}  // namespace intake::service::patients
