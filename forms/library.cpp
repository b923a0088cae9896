#include "forms/library.hpp"

#include "forms/editions.hpp"
#include "forms/resource_files.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace intake::forms {
namespace {

struct open_file {
  std::string_view name;
  json_document document;
};

parse_error in_file(std::string_view name, parse_error error) {
  error.where = error.where.empty() ? std::string{name} : fmt::format("{}: {}", name, error.where);
  return error;
}

/// The leading number of a version's part and whatever follows it.
std::optional<unsigned long> take_number(std::string_view& text) {
  unsigned long value = 0;
  auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

bool is_better(questionnaire const& candidate, questionnaire const& best) {
  auto const active = [](questionnaire const& form) {
    return form.header().status == publication_status::active;
  };
  if (active(candidate) != active(best)) return active(candidate);
  return version_less(best.header().version, candidate.header().version);
}

template <class Matches>
questionnaire const* best_of(std::span<std::unique_ptr<questionnaire const> const> forms,
                             Matches matches) {
  questionnaire const* best = nullptr;
  for (auto const& form : forms) {
    if (matches(*form) && (best == nullptr || is_better(*form, *best))) best = form.get();
  }
  return best;
}

}  // namespace

bool version_less(std::string_view a, std::string_view b) {
  while (!a.empty() && !b.empty()) {
    auto const x = take_number(a);
    auto const y = take_number(b);
    if (x.has_value() != y.has_value()) return !x.has_value();
    if (x && *x != *y) return *x < *y;
    if (x) continue;
    if (a[0] != b[0]) return a[0] < b[0];
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  return a.empty() && !b.empty();
}

questionnaire const* library::find(std::string_view canonical) const noexcept {
  auto const bar = canonical.find('|');
  if (bar == std::string_view::npos) {
    return best_of(forms(), [&](questionnaire const& form) {
      return !form.header().url.empty() && form.header().url == canonical;
    });
  }
  return best_of(forms(), [&](questionnaire const& form) {
    return !form.header().url.empty() && form.header().url == canonical.substr(0, bar) &&
           form.header().version == canonical.substr(bar + 1);
  });
}

questionnaire const* library::find_by_id(std::string_view id) const noexcept {
  return best_of(forms(), [&](questionnaire const& form) {
    return !form.header().id.empty() && form.header().id == id;
  });
}

questionnaire const* library::find_presentable(std::string_view id,
                                               std::string_view day) const noexcept {
  auto const* found = best_of(forms(), [&](questionnaire const& form) {
    return !form.header().id.empty() && form.header().id == id &&
           form.header().status == publication_status::active && may_be_signed(form, day);
  });
  return found == nullptr ? find_by_id(id) : found;
}

library library::with_days(std::span<text_edition const> set) const {
  library changed;
  for (auto const& form : forms_) {
    std::vector<item> items(form->items().begin(), form->items().end());
    for (auto& each : items) {
      auto const found = std::ranges::find(set, each.edition.id, &text_edition::id);
      if (!each.edition.id.empty() && found != set.end()) each.edition = *found;
    }
    changed.forms_.push_back(
        std::make_unique<questionnaire const>(form->header(), std::move(items)));
  }
  return changed;
}

parsed<library> load_library(std::span<named_text const> files) {
  std::vector<open_file> open;
  std::vector<value_set> known;
  for (auto const& file : files) {
    auto document = read_json(std::string{file.text}, form_file_limits);
    if (!document) return in_file(file.name, document.error());
    open.push_back({file.name, std::move(document).value()});
    for (auto const& one : find_resources(open.back().document, "ValueSet")) {
      auto set = read_value_set(open.back().document, *one.resource);
      if (!set) return in_file(file.name, set.error());
      known.push_back(std::move(set).value());
    }
  }
  library result;
  for (auto const& file : open) {
    for (auto const& one : find_resources(file.document, "Questionnaire")) {
      auto form = read_questionnaire(file.document, *one.resource, known);
      if (!form) return in_file(file.name, form.error());
      auto const same = std::ranges::any_of(result.forms_, [&](auto const& other) {
        return !form->header().url.empty() && other->canonical() == form->canonical();
      });
      if (same) {
        return in_file(file.name, parse_error::of("form-twice",
                                                  "Another file has a form with the "
                                                  "same url and version."));
      }
      result.forms_.push_back(std::make_unique<questionnaire const>(std::move(form).value()));
    }
  }
  return result;
}

}  // namespace intake::forms
