#include "service/eligibility/check_result.hpp"

#include "forms/json_reader.hpp"
#include "forms/json_writer.hpp"

#include <algorithm>
#include <charconv>

namespace intake::service::eligibility {
namespace {

using forms::json_kind;
using forms::json_value;
using forms::json_writer;

struct verdict_row {
  std::string_view name;
  std::string_view words;
};
constexpr verdict_row verdict_rows[] = {{"active", "Active"},
                                        {"inactive", "Inactive"},
                                        {"unclear", "Unclear"},
                                        {"could-not-check", "Could not check"}};

constexpr forms::json_limits result_limits{.bytes_max = 32U << 20U, .depth_max = 8};

template <typename Number>
Number number_of(json_value const& object, std::string_view name) {
  Number value{};
  auto const* found = object.find(name, json_kind::number);
  if (found == nullptr) return value;
  auto const text = found->text();
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::optional<std::int64_t> cents_in(json_value const& object, std::string_view name) {
  if (object.find(name, json_kind::number) == nullptr) return std::nullopt;
  return number_of<std::int64_t>(object, name);
}

/// Writes what there is; what is not there is no member.
class member_writer {
 public:
  explicit member_writer(json_writer& out) : out_(out) {}
  void text(std::string_view name, std::string const& value) {
    if (!value.empty()) out_.member(name, std::string_view(value));
  }
  template <typename Number>
  void number(std::string_view name, Number value) {
    if (value != 0) out_.member(name, static_cast<std::int64_t>(value));
  }
  void cents(std::string_view name, std::optional<std::int64_t> const& value) {
    if (value) out_.member(name, *value);
  }
  void flag(std::string_view name, bool value) {
    if (value) out_.member(name, value);
  }
  void numbers(std::string_view name, std::vector<std::uint32_t> const& values) {
    if (values.empty()) return;
    out_.key(name).begin_array();
    for (auto const each : values) out_.integer(each);
    out_.end_array();
  }
  template <typename Value, typename Each>
  void list(std::string_view name, std::vector<Value> const& values, Each each) {
    if (values.empty()) return;
    out_.key(name).begin_array();
    for (auto const& one : values) {
      out_.begin_object();
      each(*this, one);
      out_.end_object();
    }
    out_.end_array();
  }
  template <typename Value, typename Each>
  void object(std::string_view name, Value const& value, Each each) {
    out_.key(name).begin_object();
    each(*this, value);
    out_.end_object();
  }

 private:
  json_writer& out_;
};

/// The same calls, the other way round.
class member_reader {
 public:
  explicit member_reader(json_value const& object) : object_(object) {}
  void text(std::string_view name, std::string& value) { value = object_.text_of(name); }
  template <typename Number>
  void number(std::string_view name, Number& value) {
    value = number_of<Number>(object_, name);
  }
  void cents(std::string_view name, std::optional<std::int64_t>& value) {
    value = cents_in(object_, name);
  }
  void flag(std::string_view name, bool& value) {
    auto const* found = object_.find(name);
    value = found != nullptr && found->is_true();
  }
  void numbers(std::string_view name, std::vector<std::uint32_t>& values) {
    auto const* found = object_.find(name, json_kind::array);
    if (found == nullptr) return;
    for (auto const& each : *found) {
      std::uint32_t value = 0;
      auto const text = each.text();
      std::from_chars(text.data(), text.data() + text.size(), value);
      values.push_back(value);
    }
  }
  template <typename Value, typename Each>
  void list(std::string_view name, std::vector<Value>& values, Each each) {
    auto const* found = object_.find(name, json_kind::array);
    if (found == nullptr) return;
    for (auto const& one : *found) {
      member_reader inner(one);
      each(inner, values.emplace_back());
    }
  }
  template <typename Value, typename Each>
  void object(std::string_view name, Value& value, Each each) {
    auto const* found = object_.find(name, json_kind::object);
    if (found == nullptr) return;
    member_reader inner(*found);
    each(inner, value);
  }

 private:
  json_value const& object_;
};

constexpr auto each_asked = [](auto& members, auto& value) {
  members.text("payer", value.payer);
  members.text("payer_typed", value.payer_typed);
  members.text("member_id", value.member_id);
  members.text("family", value.family);
  members.text("given", value.given);
  members.text("birth_date", value.birth_date);
};

constexpr auto each_text = [](auto& members, auto& value) {
  members.number("segment", value.segment);
  members.text("text", value.text);
};

constexpr auto each_money = [](auto& members, auto& value) {
  members.text("kind", value.kind);
  members.text("where", value.where);
  members.text("whom", value.whom);
  members.text("services", value.services);
  members.text("plan", value.plan);
  members.text("period", value.period);
  members.text("unit", value.unit);
  members.text("note", value.note);
  members.cents("total_cents", value.total_cents);
  members.cents("used_cents", value.used_cents);
  members.cents("remaining_cents", value.remaining_cents);
  members.cents("exceeded_cents", value.exceeded_cents);
  members.cents("derived_cents", value.derived_cents);
  members.text("total", value.total);
  members.text("used", value.used);
  members.text("remaining", value.remaining);
  members.text("exceeded", value.exceeded);
  members.text("percent", value.percent);
  members.numbers("segments", value.segments);
};

constexpr auto each_other = [](auto& members, auto& value) {
  members.number("segment", value.segment);
  members.text("name", value.name);
  members.text("code", value.code);
  members.text("insurance_type", value.insurance_type);
};

constexpr auto each_refusal = [](auto& members, auto& value) {
  members.number("segment", value.segment);
  members.text("level", value.level);
  members.text("reason", value.reason);
  members.text("follow_up", value.follow_up);
  members.text("action", value.action);
  members.number("days", value.days);
};

constexpr auto each_row = [](auto& members, auto& value) {
  members.number("segment", value.segment);
  members.text("code", value.code);
  members.text("level", value.level);
  members.text("services", value.services);
  members.text("insurance_type", value.insurance_type);
  members.text("plan", value.plan);
  members.text("period", value.period);
  members.text("amount", value.amount);
  members.text("share", value.share);
  members.text("quantity", value.quantity);
  members.text("authorisation", value.authorisation);
  members.text("network", value.network);
  members.text("also", value.also);
};

constexpr auto each_result = [](auto& members, auto& value) {
  members.text("reason", value.reason);
  members.object("asked", value.asked, each_asked);
  members.text("payer", value.payer);
  members.object("payer_has", value.payer_has, each_asked);
  members.number("person_segment", value.person_segment);
  members.flag("somebody_else", value.somebody_else);
  members.flag("simulated", value.simulated);
  members.text("plan", value.plan);
  members.number("plan_segment", value.plan_segment);
  members.text("begins", value.begins);
  members.text("ends", value.ends);
  members.number("dates_segment", value.dates_segment);
  members.text("pays_first", value.pays_first);
  members.list("others", value.others, each_other);
  members.list("money", value.money, each_money);
  members.text("authorisation", value.authorisation);
  members.text("authorisation_number", value.authorisation_number);
  members.list("authorisations", value.authorisations, each_text);
  members.list("limits", value.limits, each_text);
  members.list("messages", value.messages, each_text);
  members.text("action", value.action);
  members.number("days", value.days);
  members.list("refusals", value.refusals, each_refusal);
  members.list("rows", value.rows, each_row);
  members.number("rows_left_out", value.rows_left_out);
  members.text("source", value.source);
  members.text("person", value.person);
  members.text("reference", value.reference);
  members.text("attached", value.attached);
};

constexpr auto each_summary = [](auto& members, auto& value) {
  members.text("ends", value.ends);
  members.text("action", value.action);
  members.number("days", value.days);
  members.text("changed", value.changed);
  members.flag("simulated", value.simulated);
  members.object("asked", value.asked, each_asked);
};

template <typename Value, typename Each>
std::string written(Value const& value, Each each) {
  std::string text;
  json_writer out(text);
  out.begin_object().member("status", name_of(value.status));
  member_writer members(out);
  each(members, value);
  out.end_object();
  return text;
}

template <typename Value, typename Each>
std::optional<Value> read_back(std::string text, Each each) {
  auto const document = forms::read_json(std::move(text), result_limits);
  if (!document) return std::nullopt;
  auto const status = verdict_from(document->root().text_of("status"));
  if (!status) return std::nullopt;
  Value value;
  value.status = *status;
  member_reader members(document->root());
  each(members, value);
  return value;
}

}  // namespace

std::string_view name_of(verdict status) {
  return verdict_rows[static_cast<std::size_t>(status)].name;
}

std::string_view words_of(verdict status) {
  return verdict_rows[static_cast<std::size_t>(status)].words;
}

std::optional<verdict> verdict_from(std::string_view name) {
  auto const* const found = std::ranges::find(verdict_rows, name, &verdict_row::name);
  if (found == std::end(verdict_rows)) return std::nullopt;
  return static_cast<verdict>(found - std::begin(verdict_rows));
}

std::string write_result(check_result const& result) {
  return written(result, each_result);
}

std::optional<check_result> read_result(std::string text) {
  return read_back<check_result>(std::move(text), each_result);
}

check_summary summary_of(check_result const& result) {
  return {.status = result.status,
          .ends = result.ends,
          .action = result.action,
          .days = result.days,
          .changed = {},
          .simulated = result.simulated,
          .asked = result.asked};
}

std::string write_summary(check_summary const& summary) {
  return written(summary, each_summary);
}

std::optional<check_summary> read_check_summary(std::string text) {
  return read_back<check_summary>(std::move(text), each_summary);
}

}  // namespace intake::service::eligibility
