// The desk with a million submissions in its database: how long Today, the worklist, a question for
// news and each kind of search take the server, from request to answer, and whether a search still
// finds everybody; and what the database does for a client's pages of FHIR.
//
// usage: desk_bench [--rows N] [--wait]
//   --rows   1,000,000 where nothing is said; filling takes about two minutes
//   --wait   once it is filled, the database waits for a line on standard input: for psql
#include "certs/blind_index.hpp"
#include "certs/envelope.hpp"
#include "certs/random.hpp"
#include "certs/receipt.hpp"
#include "db/changes.hpp"
#include "service/appointment_book.hpp"
#include "service/record.hpp"
#include "service/search.hpp"
#include "tests/journeys/clinic.hpp"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <random>
#include <thread>

#include <fmt/format.h>

namespace intake::tests {
namespace {

using clock = std::chrono::steady_clock;

constexpr int callers = 48;
constexpr std::string_view form = "https://intake.example/fhir/Questionnaire/registration|1.0.0";
constexpr char const* syllables[] = {
    "ma",  "ri",  "gar", "lo",  "pez", "san", "che", "wil", "son", "ber", "ta",  "nov",
    "ak",  "des", "ir",  "mu",  "noz", "bro", "fer", "gon", "he",  "ja",  "kim", "la",
    "mer", "ni",  "o",   "pat", "qui", "ro",  "ste", "tho", "u",   "vi",  "wa",  "xi",
    "yo",  "za",  "dor", "el",  "fi",  "gru", "hol", "in",  "jo",  "ka",  "lin", "mo"};

struct person {
  certs::uuid id;
  std::string receipt;
  service::summary head;
  std::string member_id;
};

/// Names made of syllables; the first are common, the last rare, as names are.
std::string name_of_rank(unsigned rank) {
  std::string name;
  for (std::size_t left = rank + std::size(syllables) + 1; left > 0; left /= std::size(syllables)) {
    name += syllables[left % std::size(syllables)];
  }
  name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return name;
}

unsigned rank_of(std::mt19937_64& dice, unsigned count) {
  auto const even = std::uniform_real_distribution<>(0, 1)(dice);
  // A hundred of 20,000 surnames are a sixth of all people, a thousand are a third, as in the
  // census.
  return static_cast<unsigned>(count * even * even * even);
}

person made_person(clinic& c, std::uint64_t number) {
  std::mt19937_64 dice(number);
  auto const pick = [&](unsigned below) { return static_cast<unsigned>(dice() % below); };
  auto const received = c.now - std::chrono::seconds(60 + number * 94);
  certs::world const then{[received] { return received; }, certs::random_bytes};
  person one;
  one.id = certs::new_uuid_v7(then);
  one.receipt = certs::to_string(certs::new_receipt(c.app().world));
  one.head.family = name_of_rank(rank_of(dice, 20'000));
  one.head.given = name_of_rank(rank_of(dice, 2'000) + 20'000);
  one.head.birth_date = fmt::format("{}-{:02}-{:02}", 1930 + pick(80), 1 + pick(12), 1 + pick(28));
  one.head.phone = fmt::format("305-{:03}-{:04}", 200 + pick(700), pick(10'000));
  one.head.forms = {"registration", "coverage", "pain-history"};
  one.member_id = fmt::format("XYZ{:09}", pick(1'000'000'000));
  return one;
}

db::new_submission row_of(clinic& c, person const& one, certs::utc_time received) {
  auto const head = service::write_summary(one.head);
  certs::plain_part const parts[] = {{{certs::part_kind::summary, 0}, certs::as_bytes(head)}};
  auto sealed = certs::seal(
      c.app().world, c.app().keks,
      {.table = service::part_table, .record = one.id, .version = 1, .form = form}, parts);
  db::new_submission row;
  row.id = one.id;
  row.receipt = one.receipt;
  row.forms = {std::string(form)};
  row.received = received;
  row.key = std::move(sealed.key);
  row.parts.push_back(
      {std::string(db::summary_part), std::move(sealed.parts.front().content.value)});
  std::string_view const phones[] = {one.head.phone};
  std::string_view const ids[] = {one.member_id};
  for (auto& each : certs::search_tokens(
           c.app().keys, {one.head.family, one.head.given, one.head.birth_date, phones, ids})) {
    row.tokens.push_back({static_cast<std::int16_t>(each.field), std::move(each.value)});
  }
  row.audit.action = "submission-received";
  return row;
}

/// The newest is number 0. Gives every thousandth person back, to be looked for.
std::vector<person> fill(clinic& c, std::uint64_t rows) {
  std::vector<person> kept(rows / 1'000 + 1);
  std::atomic<std::uint64_t> next = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < callers; ++i) {
    threads.emplace_back([&] {
      for (auto number = next++; number < rows; number = next++) {
        auto one = made_person(c, number);
        auto const received = c.now - std::chrono::seconds(60 + number * 94);
        if (!std::holds_alternative<db::stored>(c.app().writer.submit(row_of(c, one, received)))) {
          fmt::print(stderr, "a row was not stored\n");
          std::exit(1);
        }
        if (number % 1'000 == 0) kept[number / 1'000] = std::move(one);
      }
    });
  }
  threads.clear();
  std::erase_if(kept, [](person const& each) { return each.receipt.empty(); });
  return kept;
}

/// Nearly all of it was worked through, most of it on the day lists of years; forty are new, and
/// forty people come today.
void make_a_day(clinic& c) {
  c.rows().sql(
      "INSERT INTO work_item (submission_id, received, state, number, at) SELECT id, received, "
      "CASE WHEN received > (SELECT max(received) FROM submission) - interval '1 hour' THEN 'new' "
      "WHEN get_byte(uuid_send(id), 15) < 192 THEN 'day' ELSE 'done' END, 1, received FROM "
      "submission");
  c.rows().sql(
      "INSERT INTO appointment_match (appointment_id, submission_id, act, how, at) SELECT "
      "gen_random_uuid(), submission_id, 'match', 'visit', at FROM work_item WHERE state = 'day' "
      "ORDER BY received");
  c.rows().sql(
      "INSERT INTO work_event (submission_id, number, state, act, at) SELECT submission_id, "
      "number, state, 'set', at FROM work_item WHERE state = 'new'");
  c.rows().sql(
      "INSERT INTO work_mark (seen, matched) SELECT max(received), (SELECT max(number) FROM "
      "appointment_match) FROM submission");
  for (int i = 0; i < 40; ++i) {
    auto const one = made_person(c, 5'000'000 + static_cast<unsigned>(i));
    certs::uuid id;
    service::book_appointment(c.app().desk, {c.app().world, c.app().keks, c.app().keys},
                              {.number = "",
                               .location = "main",
                               .starts_at = c.now + std::chrono::minutes(i),
                               .who = {.family = one.head.family,
                                       .given = one.head.given,
                                       .birth_date = one.head.birth_date,
                                       .visit_kind = "new-patient"}},
                              id);
  }
  c.rows().sql(
      "INSERT INTO appointment_match (appointment_id, submission_id, act, how, at) SELECT a.id, "
      "s.id, 'match', 'staff', now() FROM (SELECT id, row_number() OVER (ORDER BY starts_at) n "
      "FROM "
      "appointment LIMIT 30) a JOIN (SELECT id, row_number() OVER (ORDER BY received DESC) n FROM "
      "(SELECT * FROM submission ORDER BY received DESC LIMIT 200) s) s ON s.n = a.n + 100");
  c.rows().sql("ANALYZE");
}

struct measured {
  double median = 0;
  double p95 = 0;
  double most = 0;
};

template <class Act>
measured measure(int rounds, Act act) {
  std::vector<double> took;
  for (int i = 0; i < rounds; ++i) {
    auto const began = clock::now();
    act(i);
    took.push_back(std::chrono::duration<double, std::milli>(clock::now() - began).count());
  }
  std::ranges::sort(took);
  auto const at = [&](double share) {
    return took[static_cast<std::size_t>(share * static_cast<double>(took.size() - 1))];
  };
  return {at(0.5), at(0.95), took.back()};
}

void say(char const* what, measured const& m, double wanted) {
  fmt::print("{:<44} {:>8.1f} {:>8.1f} {:>8.1f}   {}\n", what, m.median, m.p95, m.most,
             m.p95 <= wanted ? "" : fmt::format("over {} ms", wanted));
  std::fflush(stdout);
}

std::string find(clinic& c, std::string const& csrf, std::string const& typed) {
  auto const answer = c.post_form("/desk/search", {{"csrf", csrf}, {"find", typed}});
  if (answer.status == 200) return body_of(answer);
  fmt::print(stderr, "a search was answered {}\n", answer.status);
  std::exit(1);
}

struct search_kind {
  char const* what;
  std::string (*typed)(person const&, int);
};

constexpr search_kind kinds[] = {
    {"search: how a common name begins",
     [](person const&, int i) { return name_of_rank(static_cast<unsigned>(i % 5)).substr(0, 5); }},
    {"search: how somebody's name begins",
     [](person const& one, int) { return one.head.family.substr(0, 4); }},
    {"search: a name that nobody has",
     [](person const&, int i) { return fmt::format("q{}zx", static_cast<char>('a' + i % 26)); }},
    {"search: last and first name",
     [](person const& one, int) { return one.head.family + " " + one.head.given; }},
    {"search: date of birth", [](person const& one, int) { return one.head.birth_date; }},
    {"search: last name and date of birth",
     [](person const& one, int) { return one.head.family + " " + one.head.birth_date; }},
    {"search: last four digits", [](person const& one, int) { return one.head.phone.substr(8); }},
    {"search: last four digits and name",
     [](person const& one, int) { return one.head.phone.substr(8) + " " + one.head.family; }},
    {"search: whole telephone number", [](person const& one, int) { return one.head.phone; }},
    {"search: member number", [](person const& one, int) { return one.member_id; }},
    {"search: receipt", [](person const& one, int) { return one.receipt; }},
};

/// What FHIR clients ask for, up to the records that are then opened; fifty a page.
struct machine_kind {
  char const* what;
  db::change_question (*asked)(clinic const&, int);
};

constexpr machine_kind machine_kinds[] = {
    {"machine: what came in the last hour",
     [](clinic const& c, int i) {
       return db::change_question{.from = c.now - std::chrono::minutes(60 + i), .until = c.now};
     }},
    {"machine: a page from the middle of all years",
     [](clinic const& c, int i) {
       auto const then = c.now - std::chrono::days(400 + i);
       return db::change_question{.from = {}, .until = then};
     }},
    {"machine: a page from the beginning on",
     [](clinic const& c, int) {
       return db::change_question{
           .from = {}, .until = c.now, .order = db::change_order::oldest_first};
     }},
    {"machine: a form that nobody answered, for a year", [](clinic const& c, int i) {
       auto const then = c.now - std::chrono::days(i);
       return db::change_question{.from = then - std::chrono::days(365),
                                  .until = then,
                                  .forms = {"https://intake.example/fhir/Questionnaire/none"}};
     }}};

/// Everybody is found by what says them, on whatever page.
int lost_people(clinic& c, std::vector<person> const& kept) {
  int lost = 0;
  for (auto const& one : kept) {
    for (auto const& typed : {one.head.family + " " + one.head.birth_date, one.head.birth_date,
                              one.head.phone.substr(8) + " " + one.head.given.substr(0, 3),
                              one.member_id, one.receipt}) {
      auto const asked = service::read_search(typed);
      std::optional<certs::uuid> below;
      bool found = false;
      do {
        auto const page =
            service::search(c.app().desk, c.app().keys, c.app().keks, asked, below, 25);
        for (auto const& each : page.found) found = found || each.head.id == one.id;
        below = page.next;
      } while (!found && below);
      if (!found) ++lost;
    }
  }
  return lost;
}

int run(std::uint64_t rows, bool waits) {
  clinic c;
  auto const began = clock::now();
  auto const kept = fill(c, rows);
  make_a_day(c);
  fmt::print("{} submissions after {:.0f} s; milliseconds of server time\n\n", rows,
             std::chrono::duration<double>(clock::now() - began).count());
  std::fflush(stdout);
  if (waits) std::getchar();
  fmt::print("{:<44} {:>8} {:>8} {:>8}\n", "", "median", "p95", "most");
  c.sign_in("front", db::account_role::front_desk);
  auto const csrf = c.csrf();
  say("Today, 40 appointments", measure(40, [&](int) { c.get("/desk/today"); }), 20);
  say("worklist, 25 rows", measure(40, [&](int) { c.get("/desk/work?state=new"); }), 20);
  say("worklist, done", measure(40, [&](int) { c.get("/desk/work?state=done"); }), 20);
  auto const tag = field_of(c.get("/desk/work/news?state=new"), "etag");
  say("worklist, is there news: 304",
      measure(100,
              [&](int) {
                c.get("/desk/work/news?state=new", {{"if-none-match", tag}});
              }),
      20);
  for (auto const& kind : kinds) {
    say(kind.what,
        measure(40,
                [&](int i) {
                  find(c, csrf, kind.typed(kept[static_cast<std::size_t>(i) * 7 % kept.size()], i));
                }),
        50);
  }
  for (auto const& kind : machine_kinds) {
    say(kind.what,
        measure(40,
                [&](int i) {
                  auto asked = kind.asked(c, i);
                  db::list_changes(c.app().desk, asked, 50);
                }),
        50);
  }
  auto const looked = std::vector<person>(
      kept.begin(),
      kept.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(kept.size(), 100)));
  auto const lost = lost_people(c, looked);
  fmt::print("\n{} people looked for in five ways each, {} not found\n", looked.size(), lost);
  return lost == 0 ? 0 : 1;
}

}  // namespace
}  // namespace intake::tests

int main(int argc, char** argv) {
  std::uint64_t rows = 1'000'000;
  bool waits = false;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--wait") == 0) waits = true;
    if (i + 1 < argc && std::strcmp(argv[i], "--rows") == 0)
      rows = std::strtoull(argv[i + 1], nullptr, 10);
  }
  return intake::tests::run(std::max<std::uint64_t>(rows, 1'000), waits);
}
