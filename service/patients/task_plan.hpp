#pragma once
#include "forms/plan/packets.hpp"
#include "service/patients/page_list.hpp"
#include "service/patients/visit.hpp"

#include <string>
#include <vector>

namespace intake::service::patients {

enum class task_state { not_started, started, done };

/// One form of the packet, as far as it got.
struct task {
  forms::questionnaire const* form = nullptr;
  task_state state = task_state::not_started;
  bool may_wait = false;
  /// Asks for the patient's name and date of birth.
  bool says_who = false;
  std::vector<page_items> pages;
  std::vector<bool> asked;
  /// By page: gone through, and nothing in it is wrong.
  std::vector<bool> done;
  double minutes_left = 0;
};

/// What a visit asks for now; changes as answers come in.
struct task_plan {
  std::vector<task> tasks;
  task const* find(std::string_view form_id) const;
  /// Every form that may not wait is done.
  bool ready() const;
  /// Something is done, and with it who the patient is: forms without a name help nobody.
  bool sendable() const;
  /// Of the forms that may not wait, rounded up.
  int minutes_left() const;
};

task_plan plan_visit(application const&, visit const&, language, certs::utc_time now);

}  // namespace intake::service::patients
