#include "service/desk/trends.hpp"

#include "forms/answers.hpp"
#include "service/pages/chart.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace intake::service::desk {
namespace {

struct score {
  std::string_view link_id;
  std::string_view name;
  double most;
};

// What the packet's forms compute; a clinic's own form that uses the linkId is understood like
// ours.
constexpr score scores[] = {{"peg.mean", "PEG, 0 to 10", 10},
                            {"phq.two", "PHQ-2, 0 to 6", 6},
                            {"phq.nine", "PHQ-9, 0 to 27", 27},
                            {"gad.two", "GAD-2, 0 to 6", 6},
                            {"gad.seven", "GAD-7, 0 to 21", 21}};

struct visit {
  certs::utc_time at;
  opened_record const* record;
};

std::optional<double> value_in(opened_record const& record, role_view const& view,
                               std::string_view link_id) {
  for (auto const& each : record.forms) {
    auto const* const item = each.form->find(link_id);
    if (item == nullptr || !view.answers.has(item->audience)) continue;
    auto const text = forms::first_text(*each.form, each.response.answers, link_id);
    double value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (!text.empty() && error == std::errc{} && end == text.data() + text.size()) return value;
  }
  return std::nullopt;
}

void add_series(page_model& model, application const& app, role_view const& view,
                std::vector<visit> const& visits, score const& asked) {
  std::vector<plotted> points;
  for (auto const& each : visits) {
    auto const value = value_in(*each.record, view, asked.link_id);
    if (value) points.push_back({app.clock.fhir_date(each.at), *value});
  }
  if (points.size() < 2) return;
  if (model.count("TRENDS") == 0) model.add("TRENDS");
  auto& series = model.last("TRENDS").add("SERIES").set("NAME", std::string(asked.name));
  series.set("SVG", line_chart(points, {std::string(asked.name) + " over the visits", asked.most}));
  for (auto const& each : points) {
    series.add("POINT").set("DAY", each.label).set("VALUE", plot_number(each.value));
  }
}

}  // namespace

std::vector<certs::uuid> add_trends(page_model& model, application& app, role_view const& view,
                                    db::submission_head const& head, opened_record const& record,
                                    std::vector<certs::uuid> const& same_patient) {
  std::vector<certs::uuid> shown;
  if (same_patient.empty()) return shown;
  std::vector<opened_record> others;
  others.reserve(same_patient.size());
  std::vector<visit> visits{{head.first_received, &record}};
  for (auto const& stored : db::open_answers(app.desk, same_patient)) {
    auto reading = open_record(app.keks, app.forms, stored, record_files::left_alone);
    if (!reading.record || stored.void_since) continue;
    others.push_back(std::move(*reading.record));
    visits.push_back({stored.head.first_received, &others.back()});
    shown.push_back(stored.head.id);
  }
  std::ranges::sort(visits, {}, &visit::at);
  for (auto const& each : scores) add_series(model, app, view, visits, each);
  return shown;
}

}  // namespace intake::service::desk
