#pragma once
#include "forms/library.hpp"
#include "forms/plan/answered_form.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace intake::forms {

/// Reads the plan files beside a packet: strict about members, and about every form, question and
/// answer that they name. The first fault stays; what is read after it means nothing.
class plan_reader {
 public:
  plan_reader(json_document const& document, library const& known)
      : document_{document}, known_{known} {}

  using member_list = std::initializer_list<std::string_view>;
  /// Every member of the object is one of these.
  void only(json_value const& object, std::string const& where, member_list members);
  /// A member that must be there and not be empty.
  std::string text(json_value const& object, std::string const& where, std::string_view name);
  /// A whole number from 0 to 100,000; 0 where it is not there.
  int number(json_value const& object, std::string const& where, std::string_view name);
  bool flag(json_value const& object, std::string const& where, std::string_view name);
  std::vector<std::string> texts(json_value const& object, std::string const& where,
                                 std::string_view name);
  /// {"en": …, "es": …, "ht": …, "status": "unreviewed" | "reviewed"}
  localized_text localized(json_value const& object, std::string const& where,
                           std::string_view name);
  /// [{"question": linkId, "any_of": [codes]}]; each is asked somewhere in the library.
  std::vector<answer_condition> conditions(json_value const& object, std::string const& where,
                                           std::string_view name);
  /// Calls for each object of a list that must be there.
  void each(json_value const& object, std::string const& where, std::string_view name,
            std::function<void(json_value const&, std::string const&)> const&);

  void fail(json_value const& at, std::string where, std::string_view code, std::string message,
            std::string hint = {});
  std::optional<parse_error> const& fault() const { return fault_; }
  library const& known() const { return known_; }

 private:
  void require_answerable(json_value const& at, std::string const& where, answer_condition const&);
  json_document const& document_;
  library const& known_;
  std::optional<parse_error> fault_;
};

}  // namespace intake::forms
