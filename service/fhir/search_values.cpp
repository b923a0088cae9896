#include "service/fhir/search_values.hpp"

#include <utility>

namespace intake::service::fhir {

std::vector<std::string> alternatives_in(std::string_view text) {
  constexpr std::string_view escapable = ",|$\\";
  std::vector<std::string> values;
  std::string one;
  auto const end_one = [&] {
    if (!one.empty()) values.push_back(std::exchange(one, {}));
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool const escapes =
        text[i] == '\\' && i + 1 < text.size() && escapable.find(text[i + 1]) != escapable.npos;
    if (text[i] == ',') {
      end_one();
    } else {
      one += escapes ? text[++i] : text[i];
    }
  }
  end_one();
  if (values.size() > parameter_values_max) values.clear();
  return values;
}

std::optional<std::string_view> id_in_reference(std::string_view reference, std::string_view type,
                                                std::string_view base) {
  if (!base.empty() && reference.starts_with(base) &&
      reference.substr(base.size()).starts_with('/'))
    reference.remove_prefix(base.size() + 1);
  auto const slash = reference.find('/');
  if (slash == reference.npos) return reference;
  if (reference.substr(0, slash) != type) return std::nullopt;
  reference.remove_prefix(slash + 1);
  return reference.find('/') == reference.npos ? std::optional(reference) : std::nullopt;
}

}  // namespace intake::service::fhir
