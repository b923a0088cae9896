#include "forms/plan/packets.hpp"

#include "tests/forms/packet_files.hpp"
#include "tests/forms/support.hpp"

#include <algorithm>
#include <memory>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace intake::forms {
namespace {

std::vector<packet_plan> const& plans() {
  static auto const read =
      read_packets(read_json(tests::source_text("forms/packet/plan/packets.json")).value(),
                   tests::packet())
          .value();
  return read;
}

/// What was answered so far: codes by question, each in a form of its own.
class so_far {
 public:
  so_far& give(std::string_view form_id, std::string_view question, std::string_view code) {
    auto const* form = tests::packet().find_by_id(form_id);
    auto const* item = form->find(question);
    auto& given = *given_.emplace_back(std::make_shared<answers>());
    auto* siblings = &given.items;
    std::vector<item_index> way;
    for (auto const* outer = form->parent_of(*item); outer != nullptr;
         outer = form->parent_of(*outer)) {
      way.push_back(outer->index);
    }
    for (auto index = way.rbegin(); index != way.rend(); ++index) {
      siblings = &add_occurrence(*siblings, *index).items;
    }
    answer chosen;
    chosen.value = coding{{}, {}, std::string{code}, {}};
    add_occurrence(*siblings, item->index).answers.push_back(std::move(chosen));
    packet_.push_back({form, &given});
    return *this;
  }
  std::span<answered_form const> packet() const { return packet_; }

 private:
  std::vector<std::shared_ptr<answers>> given_;  // copies share what packet_ points to
  std::vector<answered_form> packet_;
};

std::vector<std::string> names(std::vector<asked_form> const& asked) {
  std::vector<std::string> found;
  for (auto const& one : asked) found.push_back(one.form->header().id);
  return found;
}

std::vector<std::string> ask(std::string_view plan, respondent const& who,
                             so_far const& answered = so_far{},
                             proxy_rule rule = proxy_rule::as_planned) {
  auto const& found = *std::ranges::find(plans(), plan, &packet_plan::id);
  return names(asked_forms(tests::packet(), {found, who, answered.packet(), {}, rule}));
}

bool has(std::vector<std::string> const& list, std::string_view name) {
  return std::ranges::find(list, name) != list.end();
}

respondent const adult{"self", 60, "en"};

TEST(packets, every_visit_kind_has_its_plan) {
  for (auto const* kind : {"new-patient", "home-therapy", "procedure-referral", "auto-accident",
                           "work-injury", "follow-up", "opioid-follow-up", "procedure", "annual"}) {
    EXPECT_NE(plan_for(plans(), kind), nullptr) << kind;
  }
  EXPECT_EQ(plan_for(plans(), "a-walk-in-the-park"), nullptr);
}

TEST(packets, begin_with_who_and_how_paid) {
  auto const asked = ask("new-patient", adult);
  ASSERT_GE(asked.size(), 4U);
  EXPECT_EQ((std::vector<std::string>{asked[0], asked[1], asked[2]}),
            (std::vector<std::string>{"registration", "coverage", "consent"}));
}

struct answer_case {
  char const* form;
  char const* question;
  char const* code;
  char const* brings;
};

TEST(packets, answers_bring_their_forms) {
  for (auto const& [form, question, code, brings] :
       {answer_case{"coverage", "accident.kind", "auto", "accident-auto"},
        {"coverage", "accident.kind", "work", "accident-work"},
        {"coverage", "coverage.plan.payer", "medicare", "medicare-secondary"},
        {"coverage", "coverage.have", "self-pay", "self-pay"},
        {"registration", "registration.filler", "parent", "representative"}}) {
    EXPECT_FALSE(has(ask("new-patient", adult), brings)) << brings;
    auto const answered = so_far{}.give(form, question, code);
    EXPECT_TRUE(has(ask("new-patient", adult, answered), brings)) << brings;
  }
}

struct person_case {
  char const* name;
  respondent who;
  bool asked;
};

TEST(packets, mood_is_put_to_grown_patients_themselves) {
  for (auto const& [name, who, asked] : {person_case{"an adult", {"self", 18, "en"}, true},
                                         {"seventeen", {"self", 17, "en"}, false},
                                         {"a parent answers", {"parent", 40, "en"}, false},
                                         {"a helper types", {"helper", 40, "en"}, false},
                                         {"nobody knows yet who answers", {"", 40, "en"}, false},
                                         {"nobody knows the age yet", {"self", {}, "en"}, false}}) {
    EXPECT_EQ(has(ask("new-patient", who), "phq"), asked) << name;
    EXPECT_TRUE(has(ask("new-patient", who, {}, proxy_rule::ask_everybody), "phq")) << name;
  }
}

TEST(packets, plain_questions_stand_in_where_no_translation_was_published) {
  auto const& plan = plans().front();
  for (std::string_view const language : {"en", "es", "ht", "es-MX"}) {
    respondent const who{"self", 60, std::string{language}};
    auto const asked = asked_forms(tests::packet(), {plan, who, {}, {}, {}});
    auto const found =
        std::ranges::find_if(asked, [](asked_form const& one) { return one.entry->form == "phq"; });
    ASSERT_NE(found, asked.end()) << language;
    bool const published = language != "ht";
    EXPECT_EQ(found->form->header().id, published ? "phq" : "sadness") << language;
    EXPECT_EQ(found->replaces_instrument, !published) << language;
  }
}

TEST(packets, what_was_finished_stays_in_place_of_what_another_language_asks) {
  struct finished_case {
    char const* name;
    std::string language;
    std::vector<std::string> finished;
    char const* asked;
  };
  finished_case const cases[] = {
      {"an instrument, then a language without it", "ht", {"phq"}, "phq"},
      {"plain questions, then a language with the instrument", "en", {"sadness"}, "sadness"},
      {"both", "ht", {"phq", "sadness"}, "sadness"},
      {"neither", "ht", {}, "sadness"}};
  for (auto const& [name, language, finished, wanted] : cases) {
    auto const asked = asked_forms(
        tests::packet(),
        {plans().front(), {"self", 60, language}, {}, {}, {}, [&](std::string_view form) {
           return std::ranges::count(finished, form) > 0;
         }});
    auto const found =
        std::ranges::find_if(asked, [](asked_form const& one) { return one.entry->form == "phq"; });
    ASSERT_NE(found, asked.end()) << name;
    EXPECT_EQ(found->form->header().id, wanted) << name;
    EXPECT_EQ(found->replaces_instrument, found->form->header().id == "sadness") << name;
  }
}

TEST(packets, an_answer_that_still_counts_is_not_asked_for_again) {
  std::size_t with_expiry = 0;
  for (auto const& plan : plans()) {
    for (auto const& entry : plan.entries) {
      if (entry.expires_days == 0 || !entry.only_if.empty()) continue;
      ++with_expiry;
      for (int const days : {0, entry.expires_days - 1, entry.expires_days}) {
        earlier_form const before[] = {{entry.form, days}};
        auto const asked = names(asked_forms(tests::packet(), {plan, adult, {}, before, {}}));
        EXPECT_EQ(has(asked, entry.form), days >= entry.expires_days) << plan.id << entry.form;
      }
    }
  }
  EXPECT_GT(with_expiry, 0U);
}

struct refused_packet_case {
  char const* name;
  std::string text;
  char const* code;
  char const* where;
};

std::string one_plan(std::string const& entry) {
  return R"({"packets":[{"id":"a","visit_kinds":[],"title":{"en":"A","es":"B","ht":"C",)"
         R"("status":"unreviewed"},"forms":[)" +
         entry + "]}]}";
}

TEST(packets, refuses_plans_that_cannot_be_meant) {
  std::string const registration = R"({"form":"registration"})";
  for (auto const& [name, text, code, where] :
       {refused_packet_case{"no list", "{}", "missing-list", ""},
        {"not an object", "[]", "wrong-type", ""},
        {"a form that is not there", one_plan(R"({"form":"nowhere"})"), "unknown-form",
         "packets[0].forms[0]"},
        {"a misspelt member", one_plan(R"({"form":"registration","maywait":true})"),
         "unknown-member", "packets[0].forms[0]"},
        {"a question nobody asks",
         one_plan(R"({"form":"registration","only_if":[{"question":"x","any_of":["y"]}]})"),
         "unknown-question", "packets[0].forms[0].only_if[0]"},
        {"an answer that is not offered",
         one_plan(R"({"form":"coverage","only_if":[{"question":"accident.kind","any_of":["y"]}]})"),
         "unknown-answer", "packets[0].forms[0].only_if[0]"},
        {"a condition without answers",
         one_plan(R"({"form":"coverage","only_if":[{"question":"accident.kind"}]})"),
         "missing-answers", "packets[0].forms[0].only_if[0]"},
        {"an age of half a year", one_plan(R"({"form":"registration","age_min":0.5})"),
         "bad-number", "packets[0].forms[0].age_min"},
        {"a stand-in that is never asked", one_plan(R"({"form":"phq","otherwise":"sadness"})"),
         "otherwise-never", "packets[0].forms[0]"},
        {"a title without Creole",
         R"({"packets":[{"id":"a","title":{"en":"A","es":"B","status":"unreviewed"},"forms":[]}]})",
         "missing-text", "packets[0].title"},
        {"a review that nobody signed",
         R"({"packets":[{"id":"a","title":{"en":"A","es":"B","ht":"C","status":"reviewed"},)"
         R"("forms":[]}]})",
         "bad-status", "packets[0].title"}}) {
    auto const read = read_packets(read_json(text).value(), tests::packet());
    ASSERT_TRUE(read.has_error()) << name;
    EXPECT_EQ(read.error().code, code) << name;
    EXPECT_EQ(read.error().where, where) << name;
    EXPECT_GT(read.error().line, 0U) << name;
  }
  auto const twice = one_plan(registration);
  auto const plan = twice.substr(12, twice.size() - 14);
  auto const read =
      read_packets(read_json("{\"packets\":[" + plan + "," + plan + "]}").value(), tests::packet());
  ASSERT_TRUE(read.has_error());
  EXPECT_EQ(read.error().code, "named-twice");
}

}  // namespace
}  // namespace intake::forms
