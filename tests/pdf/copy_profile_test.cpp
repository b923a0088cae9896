#include "pdf/render.hpp"
#include "tests/pdf/document_text.hpp"
#include "tests/pdf/packet_sample.hpp"
#include "tests/pdf/sample.hpp"
#include "tests/pdf/viewer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::pdf {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

sample::packet const& packet() {
  static sample::packet const made;
  return made;
}

std::string text_of(copy_profile profile) {
  return sample::document_text(packet().copy(profile));
}

template <typename T>
std::vector<T> blocks_of(document const& from) {
  std::vector<T> out;
  for (auto const& each : from.sections.front().blocks) {
    if (auto const* found = std::get_if<T>(&each)) out.push_back(*found);
  }
  return out;
}

TEST(DeskCopy, HoldsNothingOfABehaviouralForm) {
  auto const text = text_of(copy_profile::desk);
  int behavioural = 0;
  for (auto const& each : packet().filled()) {
    if (each.form->header().audience != forms::form_audience::behavioural) continue;
    ++behavioural;
    EXPECT_THAT(text, Not(HasSubstr(std::string(each.form->header().title.in("en")))));
    EXPECT_THAT(text, Not(HasSubstr(each.form->canonical())));
    for (auto const& item : each.form->items()) {
      if (item.text.in("en").size() < 20) continue;
      EXPECT_THAT(text, Not(HasSubstr(std::string(item.text.in("en"))))) << item.link_id;
    }
  }
  EXPECT_EQ(behavioural, 4);
  EXPECT_THAT(text, HasSubstr("This copy leaves out behavioural answers"));
}

TEST(DeskCopy, SaysTheSameLineWhereNothingWasLeftOut) {
  auto all = packet().filled();
  std::erase_if(all, [](filled_form const& each) {
    return each.form->header().audience == forms::form_audience::behavioural;
  });
  auto const about = packet().facts(copy_profile::desk);
  EXPECT_EQ(sample::document_text(form_copy(all, about)), text_of(copy_profile::desk));
}

TEST(ClinicalCopy, HoldsEveryQuestionThatWasAnswered) {
  auto const text = text_of(copy_profile::clinical);
  EXPECT_THAT(text, HasSubstr("Little interest or pleasure in doing things"));
  EXPECT_THAT(text, HasSubstr("PHQ-2 sum\n\n2\n"));
  EXPECT_THAT(text, Not(HasSubstr("leaves out")));
}

TEST(PatientsCopy, HoldsAnswersAndAgreementsWithoutScoresAlertsOrRules) {
  auto about = packet().facts(copy_profile::patient);
  about.alerts = {"Takes a blood thinner"};
  auto const text = sample::document_text(form_copy(packet().filled(), about));
  EXPECT_THAT(text, HasSubstr("Little interest or pleasure in doing things"));
  EXPECT_THAT(text, HasSubstr("treatment-2026-01"));
  for (auto const* staff_only : {"PHQ-2 sum", "Takes a blood thinner", "of rule set",
                                 "For a prior authorization", "Eligibility"}) {
    EXPECT_THAT(text, Not(HasSubstr(staff_only)));
  }
}

TEST(BillingCopy, HoldsWhatBillingNeedsAndNothingClinical) {
  auto const text = text_of(copy_profile::billing);
  for (auto const& each : packet().filled()) {
    auto const audience = each.form->header().audience;
    bool const shown = audience == forms::form_audience::demographic ||
                       audience == forms::form_audience::coverage ||
                       audience == forms::form_audience::consent;
    auto const title = std::string(each.form->header().title.in("en"));
    if (shown) {
      EXPECT_THAT(text, HasSubstr(title));
      continue;
    }
    EXPECT_THAT(text, Not(HasSubstr(title)));
    for (auto const& item : each.form->items()) {
      if (item.text.in("en").size() < 20 || may_show(copy_profile::billing, item.audience))
        continue;
      EXPECT_THAT(text, Not(HasSubstr(std::string(item.text.in("en"))))) << item.link_id;
    }
  }
  for (auto const* clinical : {"Apixaban", "Penicillin", "Low back", "Pain, 0 to 10"}) {
    EXPECT_THAT(text, Not(HasSubstr(clinical)));
  }
  EXPECT_THAT(text, HasSubstr("1EG4-TE5-MK73"));
  EXPECT_THAT(text, HasSubstr("This copy leaves out clinical and behavioural answers"));
}

TEST(BillingCopy, HasTheTreatmentsThatAPriorAuthorizationAsksFor) {
  auto const tables = blocks_of<table>(packet().copy(copy_profile::billing));
  auto const found = std::find_if(tables.begin(), tables.end(), [](table const& each) {
    return each.caption == "Treatments tried";
  });
  ASSERT_NE(found, tables.end());
  EXPECT_EQ(found->rows.size(), 5U);
}

/// What each block of the summary is, as a reader would call it.
std::vector<std::string> parts_of_summary(document const& from) {
  auto const& blocks = from.sections.front().blocks;
  auto at = std::find_if(blocks.begin(), blocks.end(), [](block const& each) {
    auto const* title = std::get_if<heading>(&each);
    return title != nullptr && title->anchor == "summary";
  });
  std::vector<std::string> out;
  for (; at != blocks.end() && !std::holds_alternative<page_break>(*at); ++at) {
    if (auto const* box = std::get_if<notice>(&*at)) out.push_back(box->title);
    if (auto const* list = std::get_if<facts>(&*at)) out.push_back(list->entries[0].label);
    if (auto const* rows = std::get_if<table>(&*at)) out.push_back(rows->columns[0].title);
    if (auto const* map = std::get_if<body_map>(&*at)) {
      out.push_back(map->title);
      for (auto const& each : map->beside) out.push_back(each.label);
    }
  }
  return out;
}

TEST(ClinicalCopy, SumsUpInTheOrderThatStaffAsk) {
  EXPECT_THAT(parts_of_summary(packet().copy(copy_profile::clinical)),
              testing::ElementsAre("The patient asks", "Visit", "Insurer",
                                   "Insurance: Accepted, with conditions",
                                   "Eligibility: Active, Medicare Part B", "Pain, 0 to 10",
                                   "Where it hurts", "Medicines", "Allergies"));
}

TEST(BillingCopy, SumsUpWhoPays) {
  EXPECT_THAT(parts_of_summary(packet().copy(copy_profile::billing)),
              testing::ElementsAre("Visit", "Insurer", "Insurance: Accepted, with conditions",
                                   "Eligibility: Active, Medicare Part B"));
}

TEST(Copies, SumUpOnOnePage) {
  INTAKE_NEEDS("pdftotext");
  for (auto const profile : {copy_profile::desk, copy_profile::clinical, copy_profile::billing}) {
    auto const text = viewer::text(render(packet().copy(profile), sample::plain_faces()).bytes);
    auto const second = text.substr(text.find('\f') + 1);
    auto const third = second.substr(second.find('\f') + 1);
    EXPECT_THAT(second.substr(0, second.find('\f')), HasSubstr("\nSummary\n"));
    EXPECT_THAT(third.substr(0, third.find('\f')), HasSubstr("\nAbout you\n"));
  }
}

TEST(Copies, SayThatEligibilityWasNotChecked) {
  auto about = packet().facts(copy_profile::desk);
  about.eligibility.clear();
  EXPECT_THAT(sample::document_text(form_copy(packet().filled(), about)),
              HasSubstr("Eligibility: Not checked\n"));
}

struct verdict_case {
  cover_verdict verdict;
  notice_kind drawn_as;
};

TEST(Copies, SayWhatAPayerSaidWhenToWhomAndThatItIsNoPromise) {
  for (auto const& [verdict, drawn_as] :
       {verdict_case{cover_verdict::active, notice_kind::accepted},
        verdict_case{cover_verdict::inactive, notice_kind::refused},
        verdict_case{cover_verdict::unclear, notice_kind::open}}) {
    auto about = packet().facts(copy_profile::desk);
    about.eligibility[0].verdict = verdict;
    about.eligibility[0].remarks = {"Simulated"};
    auto const notices = blocks_of<notice>(form_copy(packet().filled(), about));
    auto const found = std::find_if(notices.begin(), notices.end(), [](notice const& each) {
      return each.title.starts_with("Eligibility");
    });
    ASSERT_NE(found, notices.end());
    EXPECT_EQ(found->kind, drawn_as);
    EXPECT_THAT(found->lines,
                testing::ElementsAre(
                    "As of Nov 23, 2026, 9:20 AM EST, by hand: Ana Example, payer's portal. "
                    "Not a guarantee of payment.",
                    "Plan from January 1, 2026 on; for a visit on November 24, 2026",
                    "Deductible: $257.00 · Left of it: $0.00 · Coinsurance: 20 %", "Simulated"));
  }
}

TEST(ClinicalCopy, SumsUpPainMedicinesAndAllergies) {
  auto const made = packet().copy(copy_profile::clinical);
  auto const maps = blocks_of<body_map>(made);
  ASSERT_EQ(maps.size(), 1U);
  ASSERT_EQ(maps[0].marks.size(), 4U);
  EXPECT_EQ(maps[0].marks[0].region, "back-low");
  EXPECT_EQ(maps[0].marks[0].label, "Low back, center");
  EXPECT_EQ(maps[0].marks[0].strength, "7");
  auto const text = sample::document_text(made);
  EXPECT_THAT(text, HasSubstr("Pain, 0 to 10\nnow 6 · worst 8 · least 3 · most days 5\n"));
  EXPECT_THAT(text, HasSubstr("Apixaban: 5 mg, two times a day\nAcetaminophen: "));
  EXPECT_THAT(text, HasSubstr("Penicillin: Rash or itching"));
}

TEST(ClinicalCopy, TellsPreferNotToSayFromNotAnswered) {
  for (auto const& each : blocks_of<answer>(packet().copy(copy_profile::clinical))) {
    if (each.key == "substance/substance.past-problem") {
      EXPECT_EQ(each.state, answer_state::not_told);
      return;
    }
  }
  ADD_FAILURE() << "The question is not there.";
}

TEST(ClinicalCopy, ListsTreatmentsForAPriorAuthorization) {
  auto const tables = blocks_of<table>(packet().copy(copy_profile::clinical));
  auto const found = std::find_if(tables.begin(), tables.end(), [](table const& each) {
    return each.caption == "Treatments tried";
  });
  ASSERT_NE(found, tables.end());
  ASSERT_EQ(found->rows.size(), 5U);
  EXPECT_EQ(found->rows[2][1].text, "No, I stopped");
  EXPECT_EQ(found->rows[2][3].text, "5");
  EXPECT_EQ(found->rows[2][4].text, "Side effects");
}

TEST(ClinicalCopy, SaysHowEachAgreementWasSigned) {
  auto const text = text_of(copy_profile::clinical);
  EXPECT_THAT(text,
              HasSubstr("treatment-2026-01\n\ncccccccccccccccc\n\nSigned by hand on a screen\n"));
  EXPECT_THAT(text, HasSubstr("benefits-2026-01\n\n\n\nSigned by typing the name\n"));
  EXPECT_THAT(text, HasSubstr("messages-2026-01\n\n\n\nNot signed\n"));
  auto const signatures = blocks_of<signature>(packet().copy(copy_profile::clinical));
  ASSERT_EQ(signatures.size(), 4U);
  EXPECT_EQ(signatures[0].printed_name, "Nora Mae O’Brien-Muñoz");
  EXPECT_EQ(signatures[0].relation, "The patient");
}

TEST(Copies, AreWholeForEveryReader) {
  for (auto const profile : {copy_profile::desk, copy_profile::clinical, copy_profile::patient}) {
    EXPECT_THAT(render(packet().copy(profile), sample::plain_faces()).defects, IsEmpty());
  }
}

TEST(Copies, PutAllTheyKnowOfTheRecordOnEveryPage) {
  INTAKE_NEEDS("pdftotext");
  auto const copy = render(packet().copy(copy_profile::clinical), sample::plain_faces());
  auto text = viewer::text(copy.bytes);
  for (std::size_t number = 1; number <= copy.pages; ++number) {
    auto const page = text.substr(0, text.find('\f'));
    text.erase(0, page.size() + 1);
    for (auto const* each :
         {"O’Brien-Muñoz, Nora", "March 8, 1951, age 75", "7K3QX-94MZ2",
          "0190a1b2-0000-7000-8000-000000000001, version 1", "Nov 23, 2026, 9:14 AM EST", "English",
          "Clinical copy · as of Nov 23, 2026, 9:14 AM EST"}) {
      EXPECT_THAT(page, HasSubstr(each)) << "page " << number;
    }
    EXPECT_THAT(page, HasSubstr("Page " + std::to_string(number) + " of "));
  }
}

TEST(Copies, WithoutFormsToShowAreStillACopy) {
  auto all = packet().filled();
  std::erase_if(all, [](filled_form const& each) {
    return each.form->header().audience != forms::form_audience::behavioural;
  });
  auto const made = form_copy(all, packet().facts(copy_profile::desk));
  EXPECT_THAT(render(made, sample::plain_faces()).defects, IsEmpty());
  EXPECT_THAT(sample::document_text(made), HasSubstr("leaves out behavioural answers"));
}

}  // namespace
}  // namespace intake::pdf
