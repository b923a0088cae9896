#include "forms/insurance/plan_list.hpp"
#include "forms/insurance/sentences.hpp"
#include "service/guards.hpp"
#include "service/http/fields.hpp"
#include "service/pages/shell.hpp"
#include "service/patients/insurance.hpp"
#include "service/patients/visit_frame.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

namespace intake::service::patients {
namespace {

namespace insurance = forms::insurance;

constexpr std::size_t search_bytes_max = 200;

struct outcome_text {
  insurance::outcome outcome;
  std::string_view key;
};

constexpr std::array outcome_texts{
    outcome_text{insurance::outcome::accept, "insurance.accepted"},
    outcome_text{insurance::outcome::accept_with_conditions, "insurance.conditions"},
    outcome_text{insurance::outcome::review, "insurance.review"},
    outcome_text{insurance::outcome::not_accepted, "insurance.not_accepted"}};

struct choice {
  std::string_view value;
  std::string_view key;
};

struct question {
  std::string_view name;
  std::string_view key;
  std::span<choice const> choices;
};

constexpr choice referral_choices[] = {
    {"yes", "form.yes"}, {"no", "form.no"}, {"", "insurance.unknown"}};
constexpr choice accident_choices[] = {{"none", "form.no"},
                                       {"auto", "insurance.accident_auto"},
                                       {"work", "insurance.accident_work"},
                                       {"other", "insurance.accident_other"}};
constexpr question questions[] = {{"referral", "insurance.referral", referral_choices},
                                  {"accident_kind", "insurance.accident", accident_choices}};

/// The fields of "check my plan", as `insurance::coverage_from_values` and `visit_from_values` name
/// them.
constexpr std::string_view asked_facts[] = {"payer", "plan_name", "referral", "accident_kind"};

/// A page under way, with the rules it speaks of: they may be replaced while it is made.
class page_builder {
 public:
  page_builder(application const& app, call const& c)
      : app_(app),
        call_(c),
        rules_(app.rules.current()),
        today_(std::chrono::sys_days{app.clock.date(c.asked.received)}) {
    auto const& meta = rules_->set.tables().meta;
    model_.set("TITLE", say("insurance.title"))
        .set("LEAD", say("insurance.lead"))
        .set("NOT_A_PROMISE", spoken(insurance::not_a_promise_sentence(meta)))
        .set("LANGUAGE", language_tag())
        .set("SEARCH_LABEL", say("insurance.search"))
        .set("SEARCH", say("insurance.search_button"));
  }

  void list(std::string const& words) {
    model_.set("WORDS", words);
    auto const plans = insurance::search_plans(
        insurance::listed_plans(rules_->set, today_, app_.places.open_ids()), words);
    bool const searching = words.find_first_not_of(' ') != std::string::npos;
    for (auto const& [outcome, key] : outcome_texts) {
      // Without a search the page says what we take; whoever looks for a plan hears of it anyway.
      if (!searching && outcome > insurance::outcome::accept_with_conditions) continue;
      add_group(plans, outcome, key);
    }
    if (plans.empty()) model_.add("NOTHING").set("NOTHING_TEXT", say("insurance.nothing"));
    if (searching) {
      model_.add("ALL")
          .set("ALL_URL", "/insurance?lang=" + language_tag())
          .set("ALL_TEXT", say("insurance.all"));
    }
  }

  void answer(insurance::named_values const& told) {
    auto const coverage = insurance::coverage_from_values(told).facts;
    auto const visit = insurance::visit_from_values(told, today_).facts;
    auto const [decided, only_at] =
        insurance::decide_at_places(rules_->set, coverage, visit, app_.places.open_ids());
    auto const text = std::ranges::find(outcome_texts, decided.result, &outcome_text::outcome);
    auto& shown = model_.add("ANSWER");
    shown.set("OUTCOME", say(text->key))
        .set("PLAN", decided.payer_name)
        .set("SENTENCE", spoken(decided.patient));
    add_where(shown, only_at);
    if (decided.requires_.empty()) return;
    auto& needs = shown.add("NEEDS").set("NEEDS_TITLE", say("insurance.needs"));
    for (auto const& id : decided.requires_) {
      if (auto const* const asked = rules_->set.find_requirement(id)) {
        needs.add("NEED").set("LABEL", spoken(asked->label));
      }
    }
  }

  void ask_to_wait() { model_.add("NOTICE").set("NOTICE_TEXT", say("form.too_often")); }

  response show(insurance::named_values const& told, int status = 200) {
    add_check_form(told);
    return show_page(app_,
                     {.status = status,
                      .title = say("insurance.title"),
                      .spoken = call_.spoken,
                      .form_id = "answers"},
                     "insurance", model_);
  }

 private:
  std::string say(std::string_view key) const { return app_.words.say(call_.spoken, key); }
  std::string language_tag() const { return std::string(tag(call_.spoken)); }
  std::string spoken(insurance::sentence_text const& text) const {
    return text.in(tag(call_.spoken));
  }

  void add_group(std::vector<insurance::listed_plan> const& plans, insurance::outcome outcome,
                 std::string_view key) {
    page_model group;
    for (auto const& plan : plans) {
      if (plan.decided.result != outcome) continue;
      auto name = plan.of->name;
      if (plan.row != nullptr && !plan.row->plan_name.empty()) name += ": " + plan.row->plan_name;
      auto& shown = group.add("PLAN").set("NAME", name);
      if (outcome != insurance::outcome::accept) {
        shown.add("SAID").set("SENTENCE", spoken(plan.decided.patient));
      }
      add_where(shown, plan.only_at);
      if (plan.some_providers) shown.add("WHO").set("WHO_TEXT", say("insurance.some_providers"));
    }
    if (group.sections.empty()) return;
    model_.add("GROUP") = std::move(group.set("HEADING", say(key)));
  }

  void add_where(page_model& shown, std::vector<std::string> const& only_at) const {
    if (only_at.empty()) return;
    std::string names;
    for (auto const& id : only_at) {
      if (!names.empty()) names += "; ";
      names += app_.places.of(id).name;
    }
    shown.add("WHERE").set("WHERE_TEXT",
                           app_.words.say(call_.spoken, "insurance.only_at", {{"places", names}}));
  }

  void add_check_form(insurance::named_values const& told) {
    auto const said = [&told](std::string_view name) {
      auto const found = told.find(name);
      return found == told.end() ? std::string{} : found->second;
    };
    model_.set("ACTION", "/insurance?lang=" + language_tag())
        .set("CHECK_TITLE", say("insurance.check_title"))
        .set("CHECK_LEAD", say("insurance.check_lead"))
        .set("PAYER_LABEL", say("insurance.payer"))
        .set("PAYER_UNKNOWN", say("insurance.payer_unknown"))
        .set("PLAN_LABEL", say("insurance.plan"))
        .set("PLAN_NAME", said("plan_name"))
        .set("CHECK", say("insurance.check_button"));
    for (auto const& each : rules_->set.tables().payers) {
      auto& option = model_.add("PAYER").set("VALUE", each.id).set("LABEL", each.name);
      if (each.id == said("payer")) option.add("CHOSEN");
    }
    for (auto const& asked : questions) {
      auto& shown = model_.add("QUESTION").set("TEXT", say(asked.key));
      for (auto const& [value, key] : asked.choices) {
        auto& option = shown.add("OPTION");
        option.set("ID", std::string(asked.name) + "-" + std::string(value))
            .set("NAME", std::string(asked.name))
            .set("VALUE", std::string(value))
            .set("LABEL", say(key));
        if (told.contains(asked.name) && said(asked.name) == value) option.add("CHOSEN");
      }
    }
  }

  application const& app_;
  call const& call_;
  std::shared_ptr<named_rule_set const> rules_;
  insurance::date today_;
  page_model model_;
};

}  // namespace

response insurance_page(application& app, call const& c) {
  std::string words;
  for (auto& [name, value] : read_form(c.asked.query).value_or(std::vector<form_field>{})) {
    if (name == "q") words = value.substr(0, search_bytes_max);
  }
  page_builder page(app, c);
  page.list(words);
  return page.show({});
}

response insurance_check(application& app, call const& c) {
  insurance::named_values told;
  for (auto& [name, value] : read_form(c.asked.body).value_or(std::vector<form_field>{})) {
    bool const asked = std::ranges::find(asked_facts, name) != std::end(asked_facts);
    if (asked) told.insert_or_assign(name, value);
  }
  if (auto const other = in_other_language(app, c)) {
    page_builder page(app, *other);
    page.list({});
    return page.show(told);
  }
  page_builder page(app, c);
  if (auto const wait = too_often(app, c.asked)) {
    page.ask_to_wait();
    return slowed(page.show(told, 429), *wait);
  }
  page.answer(told);
  return page.show(told);
}

}  // namespace intake::service::patients
