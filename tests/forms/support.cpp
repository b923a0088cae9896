#include "tests/forms/support.hpp"

#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace intake::forms::support {

std::string contents(std::string const& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

questionnaire form_of(std::string_view items) {
  auto form = read_questionnaire(
      fmt::format(R"({{"resourceType":"Questionnaire","url":"urn:test","version":"1",)"
                  R"("status":"active","item":[{}]}})",
                  items));
  if (form.has_error()) {
    ADD_FAILURE() << sentence(form.error());
    return {form_header{}, {}};
  }
  return std::move(form).value();
}

std::string response_text(std::string_view items) {
  if (items.empty()) {
    return R"({"resourceType":"QuestionnaireResponse","questionnaire":"urn:test|1",)"
           R"("status":"completed"})";
  }
  return fmt::format(R"({{"resourceType":"QuestionnaireResponse","questionnaire":"urn:test|1",)"
                     R"("status":"completed","item":[{}]}})",
                     items);
}

std::vector<problem> problems_of(questionnaire const& form, std::string const& text,
                                 item_order order) {
  auto const document = read_json(text);
  if (document.has_error()) {
    ADD_FAILURE() << sentence(document.error()) << "\n" << text;
    return {};
  }
  auto const read = read_response(form, document->root());
  return validate(form, read, {"2026-11-23", response_status::completed, order});
}

std::vector<std::string> summaries(std::vector<problem> const& problems) {
  std::vector<std::string> result;
  for (auto const& one : problems) {
    result.push_back(
        fmt::format("{} @{} {}", row_of(one.code).name, one.expression, one.link_path));
  }
  return result;
}

}  // namespace intake::forms::support
