#pragma once
#include "forms/questionnaire.hpp"
#include "forms/value_set.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace intake::forms {

/// A file by name.
struct named_text {
  std::string_view name;
  std::string_view text;
};

/// All forms a service knows. Immutable; forms keep their addresses for the life of the library.
class library {
 public:
  library() = default;

  /// By url|version; by url alone: the newest active version, else the newest. Null where there is
  /// none.
  questionnaire const* find(std::string_view canonical) const noexcept;
  /// By resource id: the newest active version of it, else the newest.
  questionnaire const* find_by_id(std::string_view id) const noexcept;
  /// By resource id: the newest active version of which every text may be signed on that day
  /// (YYYY-MM-DD); where there is none, as `find_by_id`.
  questionnaire const* find_presentable(std::string_view id, std::string_view day) const noexcept;
  /// In the order of the files.
  std::span<std::unique_ptr<questionnaire const> const> forms() const noexcept { return forms_; }

  /// The same forms, with other days for the texts of these editions.
  library with_days(std::span<text_edition const>) const;

 private:
  friend parsed<library> load_library(std::span<named_text const>);
  std::vector<std::unique_ptr<questionnaire const>> forms_;
};

/// Loads forms and value sets: files of Questionnaire, ValueSet or a Bundle of them. The error's
/// `where` begins with the file's name. Two forms with the same url and version are an error.
parsed<library> load_library(std::span<named_text const>);

/// Orders business versions: by numeric parts where both have them ("1.9" before "1.10"), else by
/// bytes.
bool version_less(std::string_view a, std::string_view b);

}  // namespace intake::forms
