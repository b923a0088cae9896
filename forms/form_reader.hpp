#pragma once
#include "forms/finding.hpp"
#include "forms/form_rules.hpp"
#include "forms/questionnaire.hpp"
#include "forms/value_set.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace intake::forms {

/// A form as far as it could be read, and everything its author should know.
struct form_reading {
  /// Absent where a finding refuses the form.
  std::optional<questionnaire> form;
  /// In the order of the document.
  std::vector<finding> findings;
};

/// Reads a Questionnaire with every check there is. `known` are value sets from elsewhere.
/// `path` is where the resource stands in its file, for the findings.
form_reading read_form(json_document const&, json_value const& resource,
                       std::span<value_set const> known = {},
                       std::string const& path = "Questionnaire");

/// Collects findings while a form is read; knows the document for line numbers.
class finding_log {
 public:
  explicit finding_log(json_document const& document) : document_{document} {}

  /// Adds what the rule's row says; `detail` names the part of the form that is meant.
  void add(form_rule, std::string path, json_value const& at, std::string_view detail = {});
  bool refused() const { return refused_; }
  std::vector<finding> take() && { return std::move(findings_); }

 private:
  json_document const& document_;
  std::vector<finding> findings_;
  bool refused_ = false;
};

}  // namespace intake::forms
