#include "forms/x12/coverage_response.hpp"

#include "forms/json_writer.hpp"
#include "forms/x12/money.hpp"
#include "forms/x12/plan_dates.hpp"
#include "forms/x12/verdict.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>

#include <fmt/format.h>

namespace intake::forms::x12 {
namespace {

// X12's code systems are named by data element.
constexpr std::string_view x12_benefit = "https://codesystem.x12.org/005010/1390";
constexpr std::string_view x12_service = "https://codesystem.x12.org/005010/1365";
constexpr std::string_view x12_period = "https://codesystem.x12.org/005010/615";
constexpr std::string_view x12_reject = "https://codesystem.x12.org/005010/901";
constexpr std::string_view x12_follow_up = "https://codesystem.x12.org/005010/889";
constexpr std::string_view hl7_type = "http://terminology.hl7.org/CodeSystem/benefit-type";
constexpr std::string_view hl7_network = "http://terminology.hl7.org/CodeSystem/benefit-network";
constexpr std::string_view hl7_unit = "http://terminology.hl7.org/CodeSystem/benefit-unit";
constexpr std::string_view hl7_term = "http://terminology.hl7.org/CodeSystem/benefit-term";

/// What R4 has no place for.
constexpr std::string_view remaining_url = "urn:intake:benefit-remaining";
constexpr std::string_view follow_up_url = "urn:intake:follow-up-action";

/// X12 005010X279A1, 2110C EB03: repeats 99 times at most.
constexpr std::size_t services_max = 99;

struct pair_row {
  std::string_view from;
  std::string_view to;
};

template <std::size_t N>
std::string_view find_pair(pair_row const (&rows)[N], std::string_view from) {
  auto const* const found = std::ranges::find(rows, from, &pair_row::from);
  return found == std::end(rows) ? std::string_view{} : found->to;
}

constexpr pair_row amount_types[] = {{"A", "copay-percent"}, {"B", "copay"}, {"C", "deductible"}};
constexpr pair_row terms[] = {{"7", "day"},      {"22", "annual"}, {"23", "annual"},
                              {"24", "annual"},  {"29", "annual"}, {"32", "lifetime"},
                              {"33", "lifetime"}};
constexpr pair_row networks[] = {{"N", "out"}, {"Y", "in"}};
constexpr pair_row benefit_units[] = {{"FAM", "family"}, {"IND", "individual"}};

class resource_writer {
 public:
  resource_writer(response const& all, answer const& one, coverage_response_head const& head)
      : all_{all}, one_{one}, head_{head}, said_{verdict_of(all, one, head.asked)} {}

  std::string run() {
    json_.begin_object().member("resourceType", "CoverageEligibilityResponse");
    json_.member("id", head_.id);
    if (head_.simulated) write_test_tag(json_);
    json_.member("status", "active");
    json_.key("purpose").begin_array().string("benefits").string("validation").end_array();
    write_reference("patient", head_.patient);
    if (head_.asked != 0) json_.member("servicedDate", iso_day(head_.asked));
    json_.member("created", head_.created);
    write_reference("request", head_.request);
    json_.member("outcome", outcome()).member("disposition", name_of(said_.reason));
    write_reference("insurer", head_.insurer);
    write_insurance();
    write_errors();
    json_.end_object();
    return std::move(out_);
  }

 private:
  std::string_view outcome() const {
    if (said_.status == coverage_status::could_not_check) return "error";
    bool const is_partial = all_.is_cut_off || said_.reason == verdict_reason::rejected_in_part;
    bool const is_rejected_inside = std::ranges::any_of(
        one_.benefits, [](benefit const& row) { return !row.rejections.empty(); });
    return is_partial || is_rejected_inside ? "partial" : "complete";
  }

  void write_reference(std::string_view name, std::string_view to) {
    json_.key(name).begin_object().member("reference", to).end_object();
  }

  void write_coding(std::string_view system, std::string_view code) {
    if (code.empty()) return;
    json_.begin_object().member("system", system).member("code", code).end_object();
  }

  /// A concept of one or two codings; nothing where there is none.
  void write_concept(std::string_view name, std::string_view system, std::string_view code,
                     std::string_view second_system = {}, std::string_view second_code = {}) {
    if (code.empty() && second_code.empty()) return;
    json_.key(name).begin_object().key("coding").begin_array();
    write_coding(system, code);
    write_coding(second_system, second_code);
    json_.end_array().end_object();
  }

  void write_insurance() {
    json_.key("insurance").begin_array().begin_object();
    write_reference("coverage", head_.coverage);
    bool const is_settled =
        said_.status == coverage_status::active || said_.status == coverage_status::inactive;
    if (is_settled) json_.member("inforce", said_.status == coverage_status::active);
    write_period();
    bool const has_items = std::ranges::any_of(one_.benefits, is_item);
    if (has_items) {
      json_.key("item").begin_array();
      auto const money = money_of(one_);
      for (auto const& row : money) write_items(one_.benefits[row.benefit], &row);
      for (auto const& row : one_.benefits) {
        if (is_item(row) && !is_money(row)) write_items(row, nullptr);
      }
      json_.end_array();
    }
    json_.end_object().end_array();
  }

  static bool is_money(benefit const& row) {
    constexpr std::string_view codes = "ABCFGHJKY";
    return row.code.size() == 1 && codes.find(row.code) != codes.npos;
  }

  // Everything that says something of a service: status, money, limits, what is not covered.
  static bool is_item(benefit const& row) {
    constexpr std::string_view others = "12345678EI";
    bool const is_other = row.code.size() == 1 && others.find(row.code) != others.npos;
    return is_money(row) || is_other || row.code == "CB";
  }

  /// Dates of the row the verdict rests on, else of the patient.
  void write_period() {
    std::string first;
    std::string last;
    auto take = [&](std::vector<dated> const& dates) {
      for (auto const& one : dates) {
        auto const bounds = bounds_of(one);
        if (!bounds) continue;
        if (first.empty()) first = iso_day(bounds->first);
        if (last.empty()) last = iso_day(bounds->last);
      }
    };
    for (auto const index : said_.rows) take(one_.benefits[index].dates);
    auto const* const patient = patient_of(all_, one_);
    if (first.empty() && last.empty() && patient != nullptr) take(patient->dates);
    if (first.empty() && last.empty()) return;
    json_.key("benefitPeriod").begin_object();
    if (!first.empty()) json_.member("start", first);
    if (!last.empty()) json_.member("end", last);
    json_.end_object();
  }

  /// R4: an item has one category, so a row is as many items as it has services.
  void write_items(benefit const& row, money_row const* money) {
    if (row.services.empty()) return write_item(row, {}, money);
    auto const count = std::min(row.services.size(), services_max);
    for (std::size_t i = 0; i < count; ++i) write_item(row, row.services[i], money);
  }

  void write_item(benefit const& row, std::string_view service, money_row const* money) {
    json_.begin_object();
    if (service.empty()) {
      json_.key("category").begin_object().member("text", "no service stated").end_object();
    } else {
      write_concept("category", x12_service, service);
    }
    if (row.code == "E" || row.code == "I") json_.member("excluded", true);
    if (!row.plan.empty()) json_.member("name", row.plan);
    write_description(row);
    write_concept("network", hl7_network, find_pair(networks, row.in_network));
    write_concept("unit", hl7_unit, find_pair(benefit_units, row.level));
    write_concept("term", x12_period, row.period, hl7_term, find_pair(terms, row.period));
    write_benefits(row, money);
    if (row.authorisation == "Y" || row.authorisation == "N") {
      json_.member("authorizationRequired", row.authorisation == "Y");
    }
    json_.end_object();
  }

  void write_description(benefit const& row) {
    std::string text;
    for (auto const& one : row.messages) {
      if (!text.empty()) text += '\n';
      text += one.text;
    }
    if (!text.empty()) json_.member("description", text);
  }

  void write_money(std::string_view name, std::int64_t cents) {
    auto const whole = cents < 0 ? -cents : cents;
    json_.key(name).begin_object().key("value");
    json_.number(fmt::format("{}{}.{:02}", cents < 0 ? "-" : "", whole / 100, whole % 100));
    json_.member("currency", "USD").end_object();
  }

  void write_benefits(benefit const& row, money_row const* money) {
    json_.key("benefit").begin_array().begin_object();
    if (money != nullptr && money->remaining.cents) {
      json_.key("extension").begin_array().begin_object().member("url", remaining_url);
      write_money("valueMoney", *money->remaining.cents);
      json_.end_object().end_array();
    }
    write_concept("type", x12_benefit, row.code, hl7_type, find_pair(amount_types, row.code));
    if (money != nullptr) write_figures(row, *money);
    json_.end_object().end_array();
  }

  void write_figures(benefit const& row, money_row const& money) {
    if (auto const percent = percent_of(row.fraction)) {
      json_.member("allowedString", *percent + " %");
    } else if (money.total.cents) {
      write_money("allowedMoney", *money.total.cents);
    } else {
      write_count("allowed", money.total.quantity);
    }
    if (money.used.cents) {
      write_money("usedMoney", *money.used.cents);
    } else {
      write_count("used", money.used.quantity);
    }
  }

  void write_count(std::string_view name, std::string_view quantity) {
    std::uint32_t value = 0;
    auto const* const end = quantity.data() + quantity.size();
    auto const [stop, error] = std::from_chars(quantity.data(), end, value);
    bool const is_count = error == std::errc{} && stop == end && value <= 0x7FFFFFFF;
    if (quantity.empty()) return;
    if (is_count) {
      json_.member(fmt::format("{}UnsignedInt", name), std::int64_t{value});
    } else {
      json_.member(fmt::format("{}String", name), quantity);
    }
  }

  /// Those inside benefits too.
  std::vector<placed_rejection> all_rejections() const {
    auto out = rejections_of(all_, one_);
    for (auto const& row : one_.benefits) {
      for (auto const& one : row.rejections) {
        if (out.size() < rejections_max) out.push_back({"benefit", one});
      }
    }
    return out;
  }

  void write_errors() {
    auto const rejections = all_rejections();
    bool const has_code = std::ranges::any_of(
        rejections, [](placed_rejection const& one) { return !one.what.reason.empty(); });
    if (!has_code) return;
    json_.key("error").begin_array();
    for (auto const& one : rejections) {
      if (one.what.reason.empty()) continue;
      json_.begin_object();
      if (!one.what.follow_up.empty()) {
        json_.key("extension").begin_array().begin_object().member("url", follow_up_url);
        json_.key("valueCoding");
        write_coding(x12_follow_up, one.what.follow_up);
        json_.end_object().end_array();
      }
      write_concept("code", x12_reject, one.what.reason);
      json_.end_object();
    }
    json_.end_array();
  }

  response const& all_;
  answer const& one_;
  coverage_response_head const& head_;
  verdict said_;
  std::string out_;
  json_writer json_{out_};
};

}  // namespace

void write_test_tag(json_writer& out) {
  out.key("meta").begin_object().key("tag").begin_array().begin_object();
  out.member("system", "http://terminology.hl7.org/CodeSystem/v3-ActReason");
  out.member("code", "HTEST").end_object().end_array().end_object();
}

std::string to_coverage_response(response const& all, answer const& one,
                                 coverage_response_head const& head) {
  return resource_writer{all, one, head}.run();
}

}  // namespace intake::forms::x12
