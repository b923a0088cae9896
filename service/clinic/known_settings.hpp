#pragma once
#include "service/clinic/effective.hpp"

#include <span>
#include <string>
#include <string_view>

namespace intake::service::clinic {

enum class entry_field { line, paragraph, colour, number, picture };

/// Something of the clinic that is one value. Places and editions have pages of their own.
struct known_setting {
  std::string_view key;
  std::string_view title;
  std::string_view hint;
  /// Where the configuration says it; empty: it can only be set here.
  std::string_view config_key;
  entry_field field = entry_field::line;
  /// A sentence about what is wrong with a value; empty: nothing is.
  std::string (*why_unfit)(std::string_view value);
  /// As it is shown and typed; of a picture whether there is one.
  std::string (*read)(config const&, values const&);
  void (*set)(effective&, std::string const& value);
  /// BCP 47 of what is typed; empty: the page's.
  std::string_view language{};
  /// Less than before needs a reason.
  bool explains_less = false;
};

std::span<known_setting const> known_settings();
/// Null for an unknown key.
known_setting const* find_setting(std::string_view key);

}  // namespace intake::service::clinic
