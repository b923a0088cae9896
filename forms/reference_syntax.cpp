#include "forms/reference_syntax.hpp"

#include <algorithm>

namespace intake::forms {
namespace {

bool is_type_name(std::string_view name) {
  return !name.empty() && name[0] >= 'A' && name[0] <= 'Z' && std::ranges::all_of(name, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  });
}

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.';
  });
}

}  // namespace

bool is_reference(std::string_view target) {
  if (std::ranges::any_of(target, [](char c) { return static_cast<unsigned char>(c) <= 0x20; })) {
    return false;
  }
  if (target.starts_with('#')) return target.size() == 1 || is_id(target.substr(1));
  if (target.starts_with("urn:uuid:") || target.starts_with("urn:oid:")) return target.size() > 9;
  auto const scheme = target.find("://");
  if (scheme != std::string_view::npos) return scheme > 0 && target.size() > scheme + 3;
  target = target.substr(0, target.find("/_history/"));
  auto const slash = target.find('/');
  return slash != std::string_view::npos && is_type_name(target.substr(0, slash)) &&
         is_id(target.substr(slash + 1));
}

std::string_view resource_type_of(reference const& value) {
  if (!value.type.empty()) return value.type;
  std::string_view target = value.target;
  target = target.substr(0, target.find("/_history/"));
  auto const id = target.rfind('/');
  if (id == std::string_view::npos) return {};
  target = target.substr(0, id);
  target = target.substr(target.rfind('/') + 1);
  return is_type_name(target) ? target : std::string_view{};
}

}  // namespace intake::forms
