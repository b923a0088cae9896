#include "forms/x12/benefits.hpp"

#include "forms/x12/money.hpp"
#include "forms/x12/verdict.hpp"
#include "tests/forms/x12/sample_files.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace intake::forms::x12 {
namespace {

using samples::answer_with;
using samples::only_response;

TEST(X12Benefits, KeepEverythingThatIsSaidOfAPerson) {
  auto const text = samples::full_271();
  auto const read = read_tolerant(text);
  auto const& all = only_response(read);
  EXPECT_EQ(all.reference, "REQ0017");
  ASSERT_EQ(all.answers.size(), 1U);
  EXPECT_EQ(all.sources.at(0).name, "EXAMPLE MUTUAL");
  EXPECT_EQ(all.sources.at(0).contacts.at(0).channels.at(1).number, "EXAMPLE.ORG");
  EXPECT_EQ(all.receivers.at(0).role.taxonomy, "208VP0014X");
  auto const& subscriber = all.subscribers.at(0);
  EXPECT_EQ(subscriber.id, "EX0000017");
  EXPECT_EQ(subscriber.suffix, "JR");
  EXPECT_EQ(subscriber.references.at(0).description, "EXAMPLE EMPLOYER");
  EXPECT_EQ(subscriber.where.city, "SAMPLETOWN");
  EXPECT_EQ(subscriber.maintenance_reason, "25");
  EXPECT_EQ(subscriber.diagnoses.at(1).code, "7242");
  EXPECT_EQ(subscriber.service.rank, "A1");
  EXPECT_EQ(subscriber.service.when.first, 20100101);
  EXPECT_EQ(subscriber.traces.at(1).more, "MORE");
  auto const& patient = *patient_of(all, all.answers.at(0));
  EXPECT_EQ(patient.first, "SIMON");
  EXPECT_EQ(patient.birth.first, 20100404);
  EXPECT_EQ(patient.relationship, "19");
  EXPECT_EQ(patient.traces.at(0).number, "TRACE0018");
  EXPECT_EQ(patient.dates.at(0).last, 20261231);
}

TEST(X12Benefits, KeepEverythingThatIsSaidOfABenefit) {
  auto const text = samples::full_271();
  auto const read = read_tolerant(text);
  auto const& rows = only_response(read).answers.at(0).benefits;
  ASSERT_EQ(rows.size(), 6U);
  EXPECT_EQ(rows[0].services, (std::vector<std::string_view>{"30", "98"}));
  EXPECT_EQ(rows[0].plan, "EXAMPLE PPO");
  EXPECT_EQ(rows[0].references.at(0).value, "PLAN7");
  EXPECT_EQ(rows[2].amount_cents, 42055);
  EXPECT_EQ(rows[3].amount_cents, std::nullopt);
  EXPECT_EQ(rows[3].in_network, "N");
  auto const& limit = rows[4];
  EXPECT_EQ(limit.deliveries.at(0).period, "23");
  EXPECT_EQ(limit.rejections.at(0).reason, "52");
  EXPECT_EQ(limit.messages.at(0).text, "PHYSICAL THERAPY ONLY");
  EXPECT_EQ(limit.informations.at(1).code, "22");
  EXPECT_EQ(limit.related.at(0).name, "EXAMPLE SECOND PAYER");
  EXPECT_EQ(limit.related.at(0).contacts.at(0).channels.at(0).number, "8005550101");
  EXPECT_EQ(limit.related.at(0).where.postal_code, "33602");
}

TEST(X12Benefits, SeparatorsInTheWrongPlaceLoseNothing) {
  auto const text = answer_with("EB*1^C**30^^33^98~");
  auto const read = read_tolerant(text);
  auto const& row = only_response(read).answers.at(0).benefits.at(0);
  EXPECT_EQ(row.code, "1");
  EXPECT_EQ(row.other_codes, std::vector<std::string_view>{"C"});
  EXPECT_EQ(row.services, (std::vector<std::string_view>{"30", "33", "98"}));
}

TEST(X12Benefits, EveryRowKnowsItsSegment) {
  auto const text = samples::full_271();
  auto const read = read_tolerant(text);
  for (auto const& row : only_response(read).answers.at(0).benefits) {
    EXPECT_EQ(read.file.segments.at(row.segment - 1).name, tag::eb);
    for (auto const& one : row.messages) {
      EXPECT_EQ(read.file.segments.at(one.segment - 1)[1], one.text);
    }
  }
}

TEST(X12Benefits, AnyOrderInsideAnEbLoopSaysTheSame) {
  auto const first = answer_with(
      "EB*F*IND*33***23***VS*35**Y~HSD*VS*35~REF*18*P7~DTP*348*D8*20260101~MSG*A~MSG*B~III*ZZ*11~"
      "LS*2120~NM1*PRP*2*EXAMPLE TWO~LE*2120~");
  auto const second = answer_with(
      "EB*F*IND*33***23***VS*35**Y~LS*2120~NM1*PRP*2*EXAMPLE TWO~LE*2120~III*ZZ*11~MSG*A~"
      "DTP*348*D8*20260101~REF*18*P7~MSG*B~HSD*VS*35~");
  auto const a = read_tolerant(first);
  auto const b = read_tolerant(second);
  EXPECT_TRUE(a.found.empty());
  EXPECT_FALSE(b.found.deviations().empty());
  EXPECT_TRUE(b.found.errors().empty());
  auto const& x = only_response(a).answers.at(0).benefits.at(0);
  auto const& y = only_response(b).answers.at(0).benefits.at(0);
  EXPECT_EQ(x.deliveries.at(0).quantity, y.deliveries.at(0).quantity);
  EXPECT_EQ(x.references.at(0).value, y.references.at(0).value);
  EXPECT_EQ(x.dates.at(0).first, y.dates.at(0).first);
  EXPECT_EQ(x.messages.at(1).text, y.messages.at(1).text);
  EXPECT_EQ(x.informations.at(0).code, y.informations.at(0).code);
  EXPECT_EQ(x.related.at(0).name, y.related.at(0).name);
}

TEST(X12Benefits, DependentsGoToTheSubscriberThatHlNames) {
  auto const text = samples::file_of(
      "271",
      "HL*1**20*1~NM1*PR*2*EXAMPLE MUTUAL~HL*2*1*21*1~NM1*1P*2*EXAMPLE PAIN CENTER~"
      "HL*3*2*22*1~NM1*IL*1*FIRST*A~HL*4*2*22*1~NM1*IL*1*SECOND*B~"
      "HL*5*3*23*0~NM1*03*1*FIRST*C~EB*1**30~HL*6*4*23*0~NM1*03*1*SECOND*D~EB*6**30~");
  auto const read = read_tolerant(text);
  auto const& all = only_response(read);
  std::vector<std::string> people;
  for (auto const& one : all.answers) {
    people.push_back(fmt::format("{}/{} {}", all.subscribers.at(one.subscriber).name,
                                 patient_of(all, one)->first, one.benefits.size()));
  }
  EXPECT_EQ(people, (std::vector<std::string>{"FIRST/C 1", "SECOND/D 1"}));
}

TEST(X12Benefits, ARejectionAboveThePatientIsAnAnswerToo) {
  auto const text =
      samples::file_of("271", "HL*1**20*0~NM1*PR*2*EXAMPLE MUTUAL*****PI*EXM01~AAA*Y**42*R~");
  auto const read = read_tolerant(text);
  auto const& all = only_response(read);
  ASSERT_EQ(all.answers.size(), 1U);
  EXPECT_EQ(patient_of(all, all.answers[0]), nullptr);
  auto const rejections = rejections_of(all, all.answers[0]);
  ASSERT_EQ(rejections.size(), 1U);
  EXPECT_EQ(rejections[0].level, "source");
  EXPECT_EQ(rejections[0].what.reason, "42");
  EXPECT_EQ(verdict_of(all, all.answers[0], 0).status, coverage_status::could_not_check);
}

std::string cents_text(std::optional<std::int64_t> cents) {
  return cents ? std::to_string(*cents) : "-";
}

std::string figure_text(figure const& one) {
  if (one.segment == 0) return "none";
  return fmt::format("{}{}{}@{}", one.cents ? cents_text(one.cents) : "", one.quantity,
                     !one.cents && one.quantity.empty() ? "unknown" : "", one.segment);
}

/// "deductible in individual total=150000@13 used=none remaining=42055@14 derived=-".
std::vector<std::string> money_text(std::string_view segments) {
  auto const text = answer_with(segments);
  auto const read = read_tolerant(text);
  std::vector<std::string> out;
  for (auto const& row : money_of(only_response(read).answers.at(0))) {
    auto line = (fmt::format("{} {} {} total={} used={} remaining={} derived={}", name_of(row.kind),
                             name_of(row.where), name_of(row.whom), figure_text(row.total),
                             figure_text(row.used), figure_text(row.remaining),
                             cents_text(row.derived_remaining_cents)));
    if (row.exceeded.segment != 0) line += " exceeded=" + figure_text(row.exceeded);
    out.push_back(std::move(line));
  }
  return out;
}

struct money_case {
  std::string_view name;
  std::string_view segments;
  std::vector<std::string> wanted;
};

money_case const money_cases[] = {
    {"total and remaining are one row",
     "EB*C*IND*30***23*1500*****Y~EB*C*IND*30***29*420.55*****Y~",
     {"deductible in individual total=150000@13 used=none remaining=42055@14 derived=-"}},
    {"in any order",
     "EB*C*FAM*30***29*0*****N~EB*C*FAM*30***23*10.5*****N~",
     {"deductible out family total=1050@14 used=none remaining=0@13 derived=-"}},
    {"remaining is derived only from both",
     "EB*G*IND*30***23*100~EB*G*IND*30***24*40.01~",
     {"out-of-pocket not-stated individual total=10000@13 used=4001@14 remaining=none "
      "derived=5999"}},
    {"no amount is unknown, not nothing",
     "EB*B*IND*98***27******Y~",
     {"copay in individual total=unknown@13 used=none remaining=none derived=-"}},
    {"an amount nobody can read is unknown",
     "EB*B*IND*98***27*1.005*****Y~",
     {"copay in individual total=unknown@13 used=none remaining=none derived=-"}},
    {"zero that is said is zero",
     "EB*B*IND*98***27*0*****Y~",
     {"copay in individual total=0@13 used=none remaining=none derived=-"}},
    {"two payments told apart by messages",
     "EB*B*IND*98***27*35*****Y~MSG*PRIMARY CARE~EB*B*IND*98***27*65*****Y~MSG*SPECIALIST~",
     {"copay in individual total=3500@13 used=none remaining=none derived=-",
      "copay in individual total=6500@15 used=none remaining=none derived=-"}},
    {"two totals: what remains of which is not guessed",
     "EB*C*IND*30***23*100~EB*C*IND*30***25*200~EB*C*IND*30***29*50~",
     {"deductible not-stated individual total=10000@13 used=none remaining=none derived=-",
      "deductible not-stated individual total=20000@14 used=none remaining=none derived=-",
      "deductible not-stated individual total=none used=none remaining=5000@15 derived=-"}},
    {"a year and a life are two rows",
     "EB*C*IND*30***23*100~EB*C*IND*30***32*900~EB*C*IND*30***33*800~EB*C*IND*30***29*50~",
     {"deductible not-stated individual total=10000@13 used=none remaining=5000@16 derived=-",
      "deductible not-stated individual total=90000@14 used=none remaining=80000@15 derived=-"}},
    {"what is used of a year is no part of a visit's",
     "EB*B*IND*98***27*100*****Y~EB*B*IND*98***24*40*****Y~",
     {"copay in individual total=10000@13 used=none remaining=none derived=-",
      "copay in individual total=none used=4000@14 remaining=none derived=-"}},
    {"what remains of a year is no part of a visit's",
     "EB*B*IND*98***29*500*****Y~EB*B*IND*98***27*100*****Y~",
     {"copay in individual total=none used=none remaining=50000@13 derived=-",
      "copay in individual total=10000@14 used=none remaining=none derived=-"}},
    {"nor of a day's, nor of an admission's",
     "EB*C*IND*30***7*100~EB*C*IND*30***36*300~EB*C*IND*30***24*40~",
     {"deductible not-stated individual total=10000@13 used=none remaining=none derived=-",
      "deductible not-stated individual total=30000@14 used=none remaining=none derived=-",
      "deductible not-stated individual total=none used=4000@15 remaining=none derived=-"}},
    {"nor of what is said for no time at all",
     "EB*C*IND*30****100~EB*C*IND*30***24*40~",
     {"deductible not-stated individual total=10000@13 used=none remaining=none derived=-",
      "deductible not-stated individual total=none used=4000@14 remaining=none derived=-"}},
    {"a visit's amount beside a year's with its parts",
     "EB*B*IND*98***27*20~EB*B*IND*98***23*500~EB*B*IND*98***24*60~",
     {"copay not-stated individual total=2000@13 used=none remaining=none derived=-",
      "copay not-stated individual total=50000@14 used=6000@15 remaining=none derived=44000"}},
    {"a service year",
     "EB*C*IND*30***22*100~EB*C*IND*30***24*40~",
     {"deductible not-stated individual total=10000@13 used=4000@14 remaining=none derived=6000"}},
    {"a contract",
     "EB*C*IND*30***25*100~EB*C*IND*30***24*40~",
     {"deductible not-stated individual total=10000@13 used=4000@14 remaining=none derived=6000"}},
    {"of a correction below nothing no remaining is derived",
     "EB*C*IND*30***23*100~EB*C*IND*30***24*-40~",
     {"deductible not-stated individual total=10000@13 used=-4000@14 remaining=none derived=-"}},
    {"networks stay as they are said",
     "EB*B**98***27*1*****W~EB*B**98***27*2*****U~EB*B**98***27*3~EB*B**98***27*4*****Z~",
     {"copay either not-stated total=100@13 used=none remaining=none derived=-",
      "copay unknown not-stated total=200@14 used=none remaining=none derived=-",
      "copay not-stated not-stated total=300@15 used=none remaining=none derived=-",
      "copay unknown not-stated total=400@16 used=none remaining=none derived=-"}},
    {"what went beyond is no total",
     "EB*C*IND*30***23*1500~EB*C*IND*30***30*40~",
     {"deductible not-stated individual total=150000@13 used=none remaining=none derived=- "
      "exceeded=4000@14"}},
    {"what went beyond alone",
     "EB*F*IND*33***30***VS*3~",
     {"limit not-stated individual total=none used=none remaining=none derived=- exceeded=3@13"}},
    {"an amount of a row that says two things is nobody's", "EB*B^C**98***27*20~", {}},
    {"a limit of visits",
     "EB*F*IND*33***23***VS*35**Y~EB*F*IND*33***29***VS*12**Y~",
     {"limit in individual total=35@13 used=none remaining=12@14 derived=-"}},
    {"dates tell rows apart",
     "EB*C*IND*30***23*100~DTP*292*RD8*20250101-20251231~EB*C*IND*30***29*50~"
     "DTP*292*RD8*20260101-20261231~",
     {"deductible not-stated individual total=10000@13 used=none remaining=none derived=-",
      "deductible not-stated individual total=none used=none remaining=5000@15 derived=-"}},
    {"levels of other people keep their code",
     "EB*C*EMP*30***23*100~",
     {"deductible not-stated other total=10000@13 used=none remaining=none derived=-"}},
};

TEST(X12Money, PutsTogetherWhatBelongsTogether) {
  for (auto const& one : money_cases) {
    EXPECT_EQ(money_text(one.segments), one.wanted) << one.name;
  }
}

struct message_case {
  std::string_view name;
  std::string segments;
  std::vector<std::string> wanted;  ///< "15 in 0: its text"
};

TEST(X12Messages, AreKeptWhereverTheyStand) {
  std::string const levels{samples::levels_271()};
  std::string const top = levels.substr(0, levels.find("HL*3"));
  message_case const cases[] = {
      {"in a benefit", levels + "EB*1**30~MSG*IN A ROW~", {"14 in 13: IN A ROW"}},
      {"of the subscriber, after a rejection",
       levels + "AAA*N**75*C~MSG*CALL THE PLAN~",
       {"14 in 0: CALL THE PLAN"}},
      {"of the subscriber, and in a benefit",
       levels + "MSG*OF THE PLAN~EB*1**30~MSG*IN A ROW~",
       {"13 in 0: OF THE PLAN", "15 in 14: IN A ROW"}},
      {"of the dependent",
       top + "HL*3*2*22*1~NM1*IL*1*SAMPLE*SALLY~MSG*OF HER~HL*4*3*23*0~NM1*03*1*SAMPLE*SIMON~"
             "AAA*N**75*C~MSG*OF HIM~",
       {"11 in 0: OF HER", "15 in 0: OF HIM"}},
      {"of the payer, who answers nothing",
       "HL*1**20*0~NM1*PR*2*EXAMPLE MUTUAL*****PI*EXM01~AAA*N**42*R~MSG*CLOSED TODAY~",
       {"8 in 0: CLOSED TODAY"}},
  };
  for (auto const& one : cases) {
    auto const text = samples::file_of("271", one.segments);
    auto const read = read_tolerant(text);
    auto const& all = only_response(read);
    std::vector<std::string> said;
    for (auto const& each : messages_of(all, all.answers.back())) {
      said.push_back(
          fmt::format("{} in {}: {}", each.what.segment, each.benefit_segment, each.what.text));
    }
    EXPECT_EQ(said, one.wanted) << one.name;
  }
}

TEST(X12Values, AmountsAreWholeCentsOrNothing) {
  struct amount_case {
    std::string_view text;
    std::optional<std::int64_t> cents;
  };
  constexpr amount_case cases[] = {
      {"0", 0},
      {"35", 3500},
      {"35.", 3500},
      {".5", 50},
      {"420.55", 42055},
      {"10.500", 1050},
      {"-3", -300},
      {"007", 700},
      {"", {}},
      {".", {}},
      {"-", {}},
      {"1.005", {}},
      {"1,000", {}},
      {"1e3", {}},
      {" 1", {}},
      {"1.2.3", {}},
      {"--1", {}},
      {"+1", {}},
      {"$5", {}},
      {"10000000000000", 1'000'000'000'000'000},
      {"10000000000000.01", {}},
      {"99999999999999999999", {}},
  };
  for (auto const& one : cases) EXPECT_EQ(read_cents(one.text), one.cents) << one.text;
}

TEST(X12Values, SharesAreDecimalText) {
  struct share_case {
    std::string_view text;
    std::optional<std::string> percent;
  };
  share_case const cases[] = {{".4", "40"}, {"0.40", "40"},   {".2", "20"}, {"0.125", "12.5"},
                              {".05", "5"}, {"0.005", "0.5"}, {"0", "0"},   {"0.00", "0"},
                              {"1", "100"}, {"1.0", "100"},   {"40", {}},   {"1.1", {}},
                              {"-.2", {}},  {"", {}},         {"x", {}}};
  for (auto const& one : cases) EXPECT_EQ(percent_of(one.text), one.percent) << one.text;
}

TEST(X12Values, TimesAreTimesOfTheDay) {
  for (auto const* const text : {"0000", "2359", "235959", "2359599", "23595999"}) {
    EXPECT_TRUE(is_time(text)) << text;
  }
  for (auto const* const text :
       {"", "095", "2400", "0960", "09586", "095860", "09:58", "095812345"}) {
    EXPECT_FALSE(is_time(text)) << text;
  }
  EXPECT_TRUE(is_short_day("000229"));
  for (auto const* const text : {"", "261328", "260229", "260100", "20261128", "26112A"}) {
    EXPECT_FALSE(is_short_day(text)) << text;
  }
}

TEST(X12Values, DaysAreDaysOfTheCalendar) {
  EXPECT_EQ(read_day("20261128"), 20261128);
  EXPECT_EQ(read_day("2026-11-28"), 20261128);
  EXPECT_EQ(read_day("20240229"), 20240229);
  for (auto const* const text : {"", "20260229", "20261301", "2026112", "202611281", "2026/11/28",
                                 "00000101", "2026-1-128", "20260001", "abcdefgh"}) {
    EXPECT_EQ(read_day(text), 0) << text;
  }
  EXPECT_EQ(iso_day(20261128), "2026-11-28");
  EXPECT_EQ(iso_day(0), "");
}

}  // namespace
}  // namespace intake::forms::x12
