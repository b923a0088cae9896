#include "forms/plan/packet_effort.hpp"

#include "forms/response.hpp"

#include <map>

namespace intake::forms {
namespace {

void add(packet_cost& cost, packet_entry const& entry, effort const& more) {
  cost.all += more;
  if (!entry.may_wait) cost.before += more;
}

std::map<std::string_view, effort> efforts_in(json_value const& bundle, library const& known) {
  std::map<std::string_view, effort> efforts;
  auto const* entries = bundle.find("entry", json_kind::array);
  if (entries == nullptr) return efforts;
  for (auto const& entry : *entries) {
    auto const* resource = entry.find("resource", json_kind::object);
    auto const* form =
        resource == nullptr ? nullptr : known.find(resource->text_of("questionnaire"));
    if (form == nullptr) continue;
    efforts[form->header().id] = effort_of(*form, read_response(*form, *resource).answers);
  }
  return efforts;
}

}  // namespace

packet_cost least_cost(packet_plan const& plan, library const& known) {
  packet_cost cost;
  for (auto const& entry : plan.entries) {
    if (!entry.only_if.empty()) continue;
    add(cost, entry, least_effort(*known.find_by_id(entry.form)));
  }
  return cost;
}

packet_cost greatest_cost(packet_plan const& plan, library const& known) {
  packet_cost cost;
  for (auto const& entry : plan.entries) {
    add(cost, entry, greatest_effort(*known.find_by_id(entry.form)));
  }
  return cost;
}

packet_cost cost_of(packet_plan const& plan, library const& known,
                    json_document const& answered_bundle) {
  auto const efforts = efforts_in(answered_bundle.root(), known);
  packet_cost cost;
  for (auto const& entry : plan.entries) {
    for (auto const& id : {entry.form, entry.otherwise}) {
      if (auto const found = efforts.find(id); found != efforts.end()) {
        add(cost, entry, found->second);
      }
    }
  }
  return cost;
}

}  // namespace intake::forms
