#include "service/rules.hpp"

#include "certs/hash_chain.hpp"
#include "certs/hex.hpp"
#include "service/files.hpp"

#include <stdexcept>
#include <vector>

namespace intake::service {

std::string rule_set_name(forms::insurance::rule_set const& set) {
  std::string name;
  certs::append_hex(name, certs::sha256(certs::as_bytes(forms::insurance::canonical_rows(set))));
  return name;
}

std::shared_ptr<named_rule_set const> load_rules(std::string const& folder) {
  auto const files = read_folder(folder, ".csv");
  std::vector<forms::insurance::named_text> tables;
  for (auto const& file : files) tables.push_back({file.name, file.text});
  auto reading = forms::insurance::read_rule_set(tables);
  if (!reading.set) {
    std::string text = "the insurance rules in " + folder + " can't be used:";
    for (auto const& each : reading.problems) {
      if (each.level != forms::insurance::severity::error) continue;
      text += "\n  " + forms::insurance::place_of(each) + ": " + each.message;
      if (!each.hint.empty()) text += " (" + each.hint + ")";
    }
    throw std::runtime_error(text);
  }
  auto name = rule_set_name(*reading.set);
  return std::make_shared<named_rule_set const>(
      named_rule_set{std::move(*reading.set), std::move(name)});
}

}  // namespace intake::service
