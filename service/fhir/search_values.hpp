#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What one parameter of a search holds (http://hl7.org/fhir/R4/search.html).
namespace intake::service::fhir {

inline constexpr std::size_t parameter_values_max = 100;
inline constexpr std::string_view parameter_values_sentence = "A parameter takes 1 to 100 values.";

/// The values between the commas, of which one has to fit; a backslash takes the meaning from a
/// comma behind it (3.1.1.4.16). Empty where there is none, or more than `parameter_values_max`.
std::vector<std::string> alternatives_in(std::string_view text);

/// The id in a reference to a resource of that type: "ID", "TYPE/ID", or the address that it has
/// below `base`, this service's "https://…/fhir" (3.1.1.4.12). Nothing where it is another's.
std::optional<std::string_view> id_in_reference(std::string_view reference, std::string_view type,
                                                std::string_view base);

}  // namespace intake::service::fhir
