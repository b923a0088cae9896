#include "tests/forms/fhirpath/official_suite.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace intake::forms::fhirpath::support {
namespace {

std::string decoded(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, char>, 5> entities{
      {{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}, {"&apos;", '\''}}};
  std::string result;
  while (!text.empty()) {
    auto const found = std::ranges::find_if(
        entities, [&](auto const& entity) { return text.starts_with(entity.first); });
    result += found == entities.end() ? text[0] : found->second;
    text.remove_prefix(found == entities.end() ? 1 : found->first.size());
  }
  return result;
}

struct tag {
  /// "test", "/test".
  std::string name;
  std::map<std::string, std::string> attributes;
  bool empty = false;
};

tag read_tag(std::string_view inside) {
  tag result;
  result.empty = inside.ends_with('/');
  auto const end = std::min(inside.find_first_of(" \t\r\n"), inside.size());
  result.name = inside.substr(0, end);
  while (true) {
    auto const equals = inside.find('=');
    if (equals == std::string_view::npos) return result;
    auto name = inside.substr(0, equals);
    name = name.substr(name.find_last_of(" \t\r\n") + 1);
    auto const quote = inside[equals + 1];
    auto const close = inside.find(quote, equals + 2);
    result.attributes[std::string{name}] = decoded(inside.substr(equals + 2, close - equals - 2));
    inside.remove_prefix(close + 1);
  }
}

std::string input_of(tag const& test) {
  auto const found = test.attributes.find("inputfile");
  if (found == test.attributes.end()) return {};
  return found->second.substr(0, found->second.rfind('.'));
}

std::string attribute(tag const& of, std::string const& name) {
  auto const found = of.attributes.find(name);
  return found == of.attributes.end() ? std::string{} : found->second;
}

}  // namespace

std::vector<suite_test> read_suite(std::string_view xml) {
  std::vector<suite_test> tests;
  std::string group;
  for (std::size_t at = xml.find('<'); at != std::string_view::npos; at = xml.find('<', at)) {
    auto const rest = xml.substr(at);
    if (rest.starts_with("<!--")) {
      at = xml.find("-->", at);
      continue;
    }
    auto const close = xml.find('>', at);
    auto const one = read_tag(xml.substr(at + 1, close - at - 1));
    at = close + 1;
    auto const text = [&] { return decoded(xml.substr(at, xml.find("</", at) - at)); };
    if (one.name == "group") group = attribute(one, "name");
    if (one.name == "test") {
      tests.push_back({group, attribute(one, "name"), input_of(one), {}, false, false, true, {}});
      tests.back().invalid = one.attributes.contains("invalid");
      tests.back().predicate = attribute(one, "predicate") == "true";
      tests.back().ordered = attribute(one, "ordered") != "false";
    }
    if (one.name == "expression" && !one.empty) {
      tests.back().expression = text();
      if (one.attributes.contains("invalid")) tests.back().invalid = true;
    }
    if (one.name == "output" && !one.empty) {
      tests.back().outputs.push_back({attribute(one, "type"), text()});
    }
  }
  return tests;
}

}  // namespace intake::forms::fhirpath::support
