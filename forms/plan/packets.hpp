#pragma once
#include "forms/library.hpp"
#include "forms/plan/answered_form.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace intake::forms {

/// One form in a packet and when it is asked.
struct packet_entry {
  std::string form;
  /// Languages that the form may be put in; empty: all.
  std::vector<std::string> languages;
  /// The form that asks in plain questions where `languages` lacks the patient's; may be empty.
  std::string otherwise;
  /// All must hold in the packet so far.
  std::vector<answer_condition> only_if;
  /// Answers to `registration.filler` that it may be put to; empty: everybody.
  std::vector<std::string> answered_by;
  /// Years of age from which it may be put; 0: any.
  int age_min = 0;
  /// Days for which an earlier answer still counts; 0: asked every time.
  int expires_days = 0;
  /// May be left for the visit.
  bool may_wait = false;
};

/// The forms of one kind of visit, in order.
struct packet_plan {
  std::string id;
  std::vector<std::string> visit_kinds;
  localized_text title;
  /// What may not wait for the visit takes at most this of a typical patient; tests hold it.
  int answers_max = 0;
  int minutes_max = 0;
  std::vector<packet_entry> entries;
};

/// Reads `plan/packets.json`: {"packets": [...]}, explained in forms/packet/README.md. Every form,
/// question and answer that it names must be in the library, and every member must be known.
parsed<std::vector<packet_plan>> read_packets(json_document const&, library const&);

/// Who answers a packet, as far as it is known.
struct respondent {
  /// Answer to `registration.filler`: "self", "helper", "parent", …; empty while unknown.
  std::string filler;
  std::optional<int> age_years;
  /// BCP 47.
  std::string language;
};

/// A form that this patient answered before, and how long ago.
struct earlier_form {
  std::string_view form;
  int days_ago = 0;
};

/// Whom mood, substance and scored forms may be put to.
enum class proxy_rule {
  /// As the plan says (`answered_by`, `age_min`); what is not known yet counts as "no".
  as_planned,
  /// Everybody: the clinic has switched it on.
  ask_everybody,
};

struct packet_question {
  packet_plan const& plan;
  respondent const& who;
  /// The packet's answers so far.
  std::span<answered_form const> so_far;
  std::span<earlier_form const> earlier;
  proxy_rule proxies = proxy_rule::as_planned;
  /// Whether a form was finished in this packet, in whatever language; absent: none was.
  std::function<bool(std::string_view form)> is_finished{};
};

/// A form that is to be answered now.
struct asked_form {
  packet_entry const* entry = nullptr;
  questionnaire const* form = nullptr;
  /// Plain questions stand in for an instrument that is not published in this language: the
  /// clinician is told that there is no score.
  bool replaces_instrument = false;
};

/// The forms of the packet that this patient is asked, in order. Changes as answers come in. What
/// was finished before the patient's language changed stays in place of what is asked in this one.
std::vector<asked_form> asked_forms(library const&, packet_question const&);

/// The plan for a visit kind (an answer to `visit.kind`); null where there is none.
packet_plan const* plan_for(std::span<packet_plan const>, std::string_view visit_kind);

}  // namespace intake::forms
