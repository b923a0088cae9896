#include "tests/tidy/code.hpp"
#include "tests/tidy/rules.hpp"

#include <map>
#include <set>

namespace intake::tidy {
namespace {

std::string folder_around(std::string const& path) {
  return path.substr(0, path.rfind('/') + 1);
}

bool is_free(function_size const& each) {
  return !each.is_member && !each.name.empty() && each.name.find(':') == each.name.npos;
}

}  // namespace

breaches templates_share_no_name(tree const& files) {
  std::map<std::string, std::set<std::string>> sources_of;  // by folder and name
  for (auto const& file : files.files) {
    if (!file.path.ends_with(".cpp")) continue;
    for (auto const& each : functions_of(file.text)) {
      if (is_free(each)) sources_of[folder_around(file.path) + each.name].insert(file.path);
    }
  }
  breaches found;
  for (auto const& file : files.files) {
    if (!file.path.ends_with(".cpp")) continue;
    for (auto const& each : functions_of(file.text)) {
      auto const& sources = sources_of[folder_around(file.path) + each.name];
      if (!each.is_template || !is_free(each) || sources.size() < 2) continue;
      found.push_back({file.path, each.first_line,
                       "the template " + each.name +
                           ": another source of the folder has a function of this name, which is "
                           "taken for it, unsaid, where both are compiled as one"});
    }
  }
  return found;
}

}  // namespace intake::tidy
