#include "forms/lint.hpp"

#include "forms/form_reader.hpp"
#include "forms/json_writer.hpp"
#include "forms/resource_files.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace intake::forms {
namespace {

/// Texts that a patient reads, with the path of the element they belong to.
struct shown_text {
  std::string path;
  localized_text const* text;
};

std::vector<shown_text> shown_texts(questionnaire const& form, std::string const& path) {
  std::vector<shown_text> texts;
  auto const add = [&](std::string place, localized_text const& text) {
    if (!text.empty()) texts.push_back({std::move(place), &text});
  };
  add(path + ".title", form.header().title);
  for (auto const& one : form.items()) {
    auto const place = fmt::format("{}.item({})", path, one.link_id);
    if (one.hidden) continue;
    add(place + ".text", one.text);
    for (std::size_t i = 0; i < one.options.size(); ++i) {
      add(fmt::format("{}.answerOption[{}]", place, i), one.options[i].label);
    }
    for (auto const& constraint : one.constraints) add(place + ".constraint", constraint.human);
  }
  return texts;
}

std::set<std::string> languages_of(std::vector<shown_text> const& texts) {
  std::set<std::string> languages;
  for (auto const& one : texts) {
    for (auto const& translated : one.text->translations) languages.insert(translated.language);
  }
  return languages;
}

// A number or a name of one sign is the same in every language.
bool needs_translation(std::string_view text) {
  return std::ranges::any_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           static_cast<unsigned char>(c) >= 0x80;
  });
}

void check_translations(questionnaire const& form, std::string const& path,
                        lint_options const& options, std::vector<finding>& findings) {
  auto const texts = shown_texts(form, path);
  auto wanted = std::set<std::string>{options.languages.begin(), options.languages.end()};
  if (wanted.empty()) wanted = languages_of(texts);
  wanted.erase(form.header().language);
  auto const& row = row_of(form_rule::translation_missing);
  for (auto const& one : texts) {
    if (!needs_translation(one.text->text)) continue;
    for (auto const& language : wanted) {
      if (one.text->translation_in(language) != nullptr) continue;
      finding missing;
      missing.severity = options.languages.empty() ? row.severity : finding_severity::error;
      missing.code = row.code;
      missing.path = one.path;
      missing.message = fmt::format("{} [{}]", row.message, language);
      missing.hint = row.hint;
      findings.push_back(std::move(missing));
    }
  }
}

lint_verdict verdict_of(std::vector<finding> const& findings) {
  auto const any = [&](finding_effect effect) {
    return std::ranges::find(findings, effect, &finding::effect) != findings.end();
  };
  if (any(finding_effect::refused)) return lint_verdict::refused;
  return any(finding_effect::repaired) ? lint_verdict::loads_with_repairs : lint_verdict::loads;
}

finding from_error(parse_error const& error) {
  finding one;
  one.effect = finding_effect::refused;
  one.code = error.code;
  one.path = error.where;
  one.line = error.line;
  one.message = error.message;
  one.hint = error.hint;
  return one;
}

/// Value sets of the same file, then those known elsewhere.
std::vector<value_set> sets_for(json_document const& document, lint_options const& options) {
  std::vector<value_set> sets;
  for (auto const& one : find_resources(document, "ValueSet")) {
    if (auto set = read_value_set(document, *one.resource)) sets.push_back(std::move(set).value());
  }
  sets.insert(sets.end(), options.known.begin(), options.known.end());
  return sets;
}

}  // namespace

std::string_view code_of(lint_verdict verdict) {
  constexpr std::array<std::string_view, 4> names{"loads", "loads-with-repairs", "refused",
                                                  "unreadable"};
  return names[static_cast<std::size_t>(verdict)];
}

int exit_code_of(lint_verdict verdict) {
  constexpr std::array<int, 4> codes{0, 0, 1, 2};
  return codes[static_cast<std::size_t>(verdict)];
}

lint_report lint_form(std::string file, std::string text, lint_options const& options) {
  lint_report report;
  report.file = std::move(file);
  auto const document = read_json(std::move(text), form_file_limits);
  if (!document) {
    report.findings.push_back(from_error(document.error()));
    report.verdict = lint_verdict::unreadable;
    return report;
  }
  auto const sets = sets_for(*document, options);
  auto forms = find_resources(*document, "Questionnaire");
  // What is no form is told by the form's own reader.
  bool const only_sets = forms.empty() && !find_resources(*document, "ValueSet").empty();
  if (forms.empty() && !only_sets) forms.push_back({&document->root(), "Questionnaire"});
  for (auto const& one : forms) {
    auto reading = read_form(*document, *one.resource, sets, one.path);
    std::ranges::move(reading.findings, std::back_inserter(report.findings));
    if (reading.form) check_translations(*reading.form, one.path, options, report.findings);
  }
  report.verdict = verdict_of(report.findings);
  return report;
}

std::string render_text(lint_report const& report) {
  std::string text;
  for (auto const& one : report.findings) {
    auto const line = one.line == 0 ? "" : fmt::format(":{}", one.line);
    text += fmt::format("{}{}: {}: {} [{}] {}\n", report.file, line, code_of(one.severity),
                        one.message, one.code, one.path);
    if (!one.hint.empty()) text += fmt::format("    {}\n", one.hint);
  }
  return text + fmt::format("{}: {}\n", report.file, code_of(report.verdict));
}

std::string render_json(lint_report const& report, std::string_view version) {
  std::string text;
  json_writer out{text};
  out.begin_object().member("tool", "form lint").member("version", version);
  out.member("file", report.file).member("verdict", code_of(report.verdict));
  out.key("findings").begin_array();
  for (auto const& one : report.findings) {
    out.begin_object().member("severity", code_of(one.severity)).member("code", one.code);
    out.member("path", one.path).member("line", static_cast<std::int64_t>(one.line));
    out.member("message", one.message).member("hint", one.hint).end_object();
  }
  out.end_array().end_object();
  return text;
}

}  // namespace intake::forms
