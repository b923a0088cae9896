#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace intake::service {

/// What a template is filled with: named values, which the template escapes, and named sections,
/// each shown once for every model in it (none: not at all).
struct page_model {
  std::vector<std::pair<std::string, std::string>> values;
  std::vector<std::pair<std::string, std::vector<page_model>>> sections;

  page_model& set(std::string name, std::string value);
  /// Adds one more showing of the section and returns its model, which lives until the next one is
  /// added.
  page_model& add(std::string const& section);
  /// The showing that was added last; there must be one.
  page_model& last(std::string const& section);
  /// How many showings the section has so far.
  std::size_t count(std::string_view section) const;
};

/// The page templates, parsed once from the program itself. Every template begins with ctemplate's
/// AUTOESCAPE pragma: a value is escaped for the place where it stands, whoever typed it. Safe to
/// use from several threads.
class page_templates {
 public:
  /// Throws when a template does not parse or lacks the pragma.
  page_templates();
  ~page_templates();
  page_templates(page_templates const&) = delete;
  page_templates& operator=(page_templates const&) = delete;

  /// HTML of the template ("desk_list" is templates/desk_list.html) filled with the model.
  std::string expand(std::string_view name, page_model const&) const;

 private:
  struct parsed;
  std::unique_ptr<parsed> parsed_;
};

}  // namespace intake::service
