#include "service/billing/check_form.hpp"

#include "forms/insurance/calendar.hpp"
#include "forms/x12/values.hpp"
#include "service/eligibility/stored_checks.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

namespace intake::service::billing {
namespace {

using eligibility::money_line;

constexpr std::size_t line_bytes_max = 200;
constexpr std::size_t text_bytes_max = 4000;
constexpr std::chrono::minutes clocks_differ{5};

struct choice {
  std::string_view value;
  std::string_view words;
};
constexpr choice verdicts[] = {{"active", "Active"},
                               {"inactive", "Inactive"},
                               {"unclear", "Unclear: the payer did not settle it"},
                               {"could-not-check", "Could not check"}};
constexpr choice sources[] = {{"portal", "Payer's website"},
                              {"telephone", "Telephone"},
                              {"letter", "Letter or fax"},
                              {"other", "Another way"}};
constexpr choice orders[] = {{"", "Not said"}, {"this", "This plan"}, {"another", "Another plan"}};
constexpr choice authorisations[] = {{"", "Not asked, or not said"},
                                     {"needed", "Needed"},
                                     {"not-needed", "Not needed"},
                                     {"unknown", "The payer does not know"}};

struct choice_field {
  std::string_view name;
  std::string_view section;
  std::span<choice const> choices;
};
constexpr choice_field choice_fields[] = {{"status", "STATUS", verdicts},
                                          {"source", "SOURCE", sources},
                                          {"pays_first", "PAYS_FIRST", orders},
                                          {"authorisation", "AUTHORISATION", authorisations}};

constexpr std::string_view text_names[] = {
    "plan", "begins", "ends",        "service_date",         "person", "reference",
    "date", "time",   "other_payer", "authorisation_number", "limits", "messages"};

enum class money_part : std::uint8_t { total, used, remaining, percent };
struct money_row {
  std::string_view kind;
  money_part part;
  std::string_view word;  ///< in the name of its fields
  std::string_view label;
};
constexpr money_row money_rows[] = {
    {"deductible", money_part::total, "total", "Deductible"},
    {"deductible", money_part::used, "used", "Deductible, met so far"},
    {"deductible", money_part::remaining, "remaining", "Deductible, remaining"},
    {"out-of-pocket", money_part::total, "total", "Out-of-pocket maximum"},
    {"out-of-pocket", money_part::used, "used", "Out-of-pocket, met so far"},
    {"out-of-pocket", money_part::remaining, "remaining", "Out-of-pocket, remaining"},
    {"copay", money_part::total, "total", "Copay for a visit"},
    {"coinsurance", money_part::percent, "percent", "Coinsurance, in %"}};

struct money_column {
  std::string_view where;
  std::string_view whom;
  std::string_view label;
};
constexpr money_column money_columns[] = {{"in", "individual", "In network, individual"},
                                          {"in", "family", "In network, family"},
                                          {"out", "individual", "Out of network, individual"},
                                          {"out", "family", "Out of network, family"},
                                          {"not-stated", "individual", "Network not stated"}};

std::string field_name(money_row const& row, money_column const& column) {
  return fmt::format("m-{}-{}-{}-{}", row.kind, row.word, column.where, column.whom);
}

std::string trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n";
  auto const begin = text.find_first_not_of(blank);
  if (begin == text.npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(blank) - begin + 1));
}

std::string value_of(typed_fields const& fields, std::string_view name) {
  auto const found = std::ranges::find(fields, name, &form_field::name);
  return found == fields.end() ? std::string() : trimmed(found->value);
}

class form_reader {
 public:
  form_reader(application const& app, typed_fields const& fields) : app_(app), fields_(fields) {}

  std::string text(std::string_view name, std::size_t bytes_max = line_bytes_max) {
    auto value = value_of(fields_, name);
    if (value.size() > bytes_max) wrong(name, fmt::format("Write at most {} letters", bytes_max));
    return value;
  }

  std::string choice_in(choice_field const& field) {
    auto value = value_of(fields_, field.name);
    bool const known =
        std::ranges::find(field.choices, value, &choice::value) != field.choices.end();
    if (!known)
      wrong(field.name,
            field.name == "status" ? "Say what the check came to" : "Say how you checked");
    return value;
  }

  std::string day(std::string_view name) {
    auto const value = value_of(fields_, name);
    if (value.empty()) return {};
    auto const read = forms::insurance::read_table_date(value);
    if (read) return forms::insurance::write_date(read->day);
    wrong(name, "Write a date like 12/31/2026");
    return {};
  }

  std::optional<certs::utc_time> time(certs::utc_time now) {
    auto const date = forms::insurance::read_table_date(value_of(fields_, "date"));
    if (!date) wrong("date", "Write the date of the check like 11/28/2026");
    auto const minutes = minutes_of(value_of(fields_, "time"));
    if (!minutes) wrong("time", "Write the time of the check like 14:05");
    if (!date || !minutes) return std::nullopt;
    auto const at = app_.clock.instant(date->day, *minutes);
    if (!at) wrong("time", "The clocks skip this hour on that day");
    if (at && *at > now + clocks_differ) wrong("date", "The check can't be in the future");
    return at;
  }

  std::vector<money_line> money() {
    std::vector<money_line> lines;
    for (auto const& column : money_columns) {
      for (auto const& row : money_rows) read_money(row, column, lines);
    }
    for (auto& line : lines) derive(line);
    return lines;
  }

  void wrong(std::string_view field, std::string message) {
    errors_.push_back({std::string(field), std::move(message)});
  }
  std::vector<field_error> take_errors() { return std::move(errors_); }

 private:
  static std::optional<std::chrono::minutes> minutes_of(std::string const& text) {
    auto const digit = [&](std::size_t n) { return text[n] >= '0' && text[n] <= '9'; };
    bool const good =
        text.size() == 5 && text[2] == ':' && digit(0) && digit(1) && digit(3) && digit(4);
    if (!good) return std::nullopt;
    int const hours = (text[0] - '0') * 10 + text[1] - '0';
    int const minutes = (text[3] - '0') * 10 + text[4] - '0';
    if (hours > 23 || minutes > 59) return std::nullopt;
    return std::chrono::minutes(hours * 60 + minutes);
  }

  void read_money(money_row const& row, money_column const& column,
                  std::vector<money_line>& lines) {
    auto const name = field_name(row, column);
    auto const value = value_of(fields_, name);
    if (value.empty()) return;
    auto& line = line_for(row, column, lines);
    if (row.part == money_part::percent) {
      line.percent = percent(name, value);
      return;
    }
    auto const cents = read_dollars(value);
    if (!cents) wrong(name, "Write dollars like 1250 or 1,250.00: a point before the cents");
    auto& place = row.part == money_part::total  ? line.total_cents
                  : row.part == money_part::used ? line.used_cents
                                                 : line.remaining_cents;
    place = cents;
  }

  std::string percent(std::string const& name, std::string value) {
    if (value.ends_with('%')) value = trimmed(value.substr(0, value.size() - 1));
    auto const hundredths = forms::x12::read_cents(value);
    if (!hundredths || *hundredths < 0 || *hundredths > 10'000) {
      wrong(name, "Write the patient's share from 0 to 100");
    }
    return value;
  }

  static money_line& line_for(money_row const& row, money_column const& column,
                              std::vector<money_line>& lines) {
    auto const found = std::ranges::find_if(lines, [&](money_line const& each) {
      return each.kind == row.kind && each.where == column.where && each.whom == column.whom;
    });
    if (found != lines.end()) return *found;
    return lines.emplace_back(money_line{.kind = std::string(row.kind),
                                         .where = std::string(column.where),
                                         .whom = std::string(column.whom)});
  }

  static void derive(money_line& line) {
    if (line.remaining_cents || !line.total_cents || !line.used_cents) return;
    if (*line.used_cents >= 0 && *line.total_cents >= *line.used_cents) {
      line.derived_cents = *line.total_cents - *line.used_cents;
    }
  }

  application const& app_;
  typed_fields const& fields_;
  std::vector<field_error> errors_;
};

std::vector<eligibility::said_text> said(std::string text) {
  if (text.empty()) return {};
  return {{0, std::move(text)}};
}

std::string error_of(std::vector<field_error> const& errors, std::string_view field) {
  auto const found = std::ranges::find(errors, field, &field_error::field);
  return found == errors.end() ? std::string() : found->message;
}

void add_choices(page_model& model, choice_field const& field, typed_fields const& fields,
                 std::vector<field_error> const& errors) {
  auto const value = value_of(fields, field.name);
  auto& block = model.add(std::string(field.section));
  if (auto const text = error_of(errors, field.name); !text.empty()) {
    block.add("WRONG").set("TEXT", text);
  }
  int number = 0;
  for (auto const& each : field.choices) {
    auto& shown = block.add("CHOICE");
    // The first one has the field's own id: a link of the error summary leads to it.
    shown
        .set("ID", number == 0 ? std::string(field.name) : fmt::format("{}-{}", field.name, number))
        .set("NAME", std::string(field.name))
        .set("VALUE", std::string(each.value))
        .set("WORDS", std::string(each.words));
    if (each.value == value) shown.add("CHOSEN");
    ++number;
  }
}

void add_money_table(page_model& model, typed_fields const& fields,
                     std::vector<field_error> const& errors) {
  auto& table = model.add("MONEY");
  for (auto const& column : money_columns) {
    table.add("COLUMN").set("LABEL", std::string(column.label));
  }
  for (auto const& row : money_rows) {
    auto& shown = table.add("ROW").set("LABEL", std::string(row.label));
    for (auto const& column : money_columns) {
      auto const name = field_name(row, column);
      auto& cell = shown.add("CELL");
      cell.set("NAME", name)
          .set("VALUE", value_of(fields, name))
          .set("ABOUT", fmt::format("{}: {}", row.label, column.label));
      auto const wrong = error_of(errors, name);
      if (!wrong.empty()) cell.add("WRONG").set("TEXT", wrong);
    }
  }
}

/// "1,250,000" as "1250000"; empty where a comma stands anywhere but before three digits: "12,50"
/// is twelve and a half to who writes so, and "1,25" a slip.
std::string without_commas(std::string_view whole) {
  std::string digits;
  for (std::size_t begin = 0; begin <= whole.size();) {
    auto const end = std::min(whole.find(',', begin), whole.size());
    auto const group = whole.substr(begin, end - begin);
    bool const fits = begin == 0 ? !group.empty() && group.size() <= 3 : group.size() == 3;
    if (!fits) return {};
    digits += group;
    begin = end + 1;
  }
  return digits;
}

}  // namespace

std::optional<std::int64_t> read_dollars(std::string_view text) {
  auto written = trimmed(text);
  if (written.starts_with('$')) written = trimmed(std::string_view(written).substr(1));
  auto const whole = std::string_view(written).substr(0, written.find('.'));
  if (whole.find(',') != whole.npos) {
    auto const digits = without_commas(whole);
    if (digits.empty()) return std::nullopt;
    written.replace(0, whole.size(), digits);
  }
  auto const cents = forms::x12::read_cents(written);
  return cents && *cents >= 0 ? cents : std::nullopt;
}

check_reading read_check(application const& app, typed_fields const& fields,
                         eligibility::work_row const& row, certs::utc_time now) {
  form_reader in(app, fields);
  check_reading made;
  auto& result = made.result;
  auto const status = eligibility::verdict_from(in.choice_in(choice_fields[0]));
  result.status = status.value_or(eligibility::verdict::unclear);
  result.source = in.choice_in(choice_fields[1]);
  made.service_date = in.day("service_date");
  if (made.service_date.empty() && value_of(fields, "service_date").empty()) {
    in.wrong("service_date", "Say for which date of service you asked");
  }
  made.as_of = in.time(now).value_or(now);
  result.person = in.text("person");
  result.reference = in.text("reference");
  result.asked = eligibility::asked_of(row.told);
  result.plan = in.text("plan");
  result.begins = in.day("begins");
  result.ends = in.day("ends");
  if (!result.begins.empty() && !result.ends.empty() && result.ends < result.begins) {
    in.wrong("ends", "The plan can't end before it begins");
  }
  result.pays_first = in.choice_in(choice_fields[2]);
  if (auto other = in.text("other_payer"); !other.empty()) {
    result.others.push_back({.name = std::move(other)});
  }
  result.money = in.money();
  result.authorisation = in.choice_in(choice_fields[3]);
  result.authorisation_number = in.text("authorisation_number");
  result.limits = said(in.text("limits", text_bytes_max));
  result.messages = said(in.text("messages", text_bytes_max));
  made.errors = in.take_errors();
  return made;
}

typed_fields empty_check(application const& app, eligibility::work_row const& row,
                         certs::utc_time now) {
  // FHIR's dateTime is the date and the time on the clinic's wall.
  auto const wall = app.clock.fhir_date_time(now);
  return {{"service_date", forms::insurance::write_date(row.day)},
          {"date", wall.substr(0, 10)},
          {"time", wall.substr(11, 5)}};
}

void add_check_form(page_model& model, typed_fields const& fields,
                    std::vector<field_error> const& errors) {
  if (!errors.empty()) {
    auto& summary = model.add("ERRORS");
    for (auto const& each : errors) {
      summary.add("ERROR_ROW").set("FIELD", each.field).set("TEXT", each.message);
    }
  }
  for (auto const& field : choice_fields) add_choices(model, field, fields, errors);
  for (auto const name : text_names) {
    std::string upper(name);
    std::ranges::transform(upper, upper.begin(), [](char c) {
      return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    model.set(upper + "_VALUE", value_of(fields, name));
    if (auto const text = error_of(errors, name); !text.empty()) {
      model.add(upper + "_WRONG").set("TEXT", text);
    }
  }
  add_money_table(model, fields, errors);
  if (auto const text = error_of(errors, "attachment"); !text.empty()) {
    model.add("ATTACHMENT_WRONG").set("TEXT", text);
  }
}

}  // namespace intake::service::billing
