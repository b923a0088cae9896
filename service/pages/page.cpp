#include "service/pages/page.hpp"

#include "embedded_templates.hpp"

#include <map>
#include <stdexcept>

#include <ctemplate/template.h>
#include <ctemplate/template_dictionary.h>

namespace intake::service {
namespace {

constexpr std::string_view escape_pragma = R"({{%AUTOESCAPE context="HTML"}})";

void fill(ctemplate::TemplateDictionary& dictionary, page_model const& model) {
  // The model outlives the expansion; a copy would lie in memory that ctemplate gives back unwiped.
  for (auto const& [name, value] : model.values) dictionary.SetValueWithoutCopy(name, value);
  for (auto const& [name, showings] : model.sections) {
    for (auto const& each : showings) fill(*dictionary.AddSectionDictionary(name), each);
  }
}

}  // namespace

struct page_templates::parsed {
  std::map<std::string, std::unique_ptr<ctemplate::Template>, std::less<>> by_name;
};

page_model& page_model::set(std::string name, std::string value) {
  values.emplace_back(std::move(name), std::move(value));
  return *this;
}

page_model& page_model::add(std::string const& section) {
  for (auto& [name, showings] : sections) {
    if (name == section) return showings.emplace_back();
  }
  return sections.emplace_back(section, std::vector<page_model>(1)).second.back();
}

page_model& page_model::last(std::string const& section) {
  for (auto& [name, showings] : sections) {
    if (name == section) return showings.back();
  }
  throw std::logic_error("page: nothing was shown yet in " + section);
}

std::size_t page_model::count(std::string_view section) const {
  for (auto const& [name, showings] : sections) {
    if (name == section) return showings.size();
  }
  return 0;
}

page_templates::page_templates() : parsed_(std::make_unique<parsed>()) {
  for (auto const& file : embedded_templates()) {
    auto const name = file.name.substr(0, file.name.rfind('.'));
    if (!file.bytes.starts_with(escape_pragma)) {
      throw std::logic_error("template " + std::string(name) + " does not begin with AUTOESCAPE");
    }
    std::unique_ptr<ctemplate::Template> made(ctemplate::Template::StringToTemplate(
        file.bytes.data(), file.bytes.size(), ctemplate::DO_NOT_STRIP));
    if (!made) throw std::logic_error("template " + std::string(name) + " does not parse");
    parsed_->by_name.emplace(name, std::move(made));
  }
  for (auto const& [name, unused] : parsed_->by_name) expand(name, {});
}

page_templates::~page_templates() = default;

std::string page_templates::expand(std::string_view name, page_model const& model) const {
  auto const found = parsed_->by_name.find(name);
  if (found == parsed_->by_name.end()) {
    throw std::logic_error("no page template is called " + std::string(name));
  }
  ctemplate::TemplateDictionary dictionary("page");
  fill(dictionary, model);
  std::string html;
  if (!found->second->Expand(&html, &dictionary)) {
    throw std::logic_error("page template " + std::string(name) + " does not expand");
  }
  return html;
}

}  // namespace intake::service
