#include "tests/journeys/line_day.hpp"

#include <fmt/format.h>

namespace intake::tests {

using namespace std::chrono_literals;
using db::account_role;

scripted_line::outcome scripted_line::operator()(std::string const& x12) {
  std::scoped_lock const lock(mutex);
  asked.push_back(x12);
  return answer(x12);
}

scripted_line::outcome says_active(std::string const& question) {
  return file_of(set_of("0001", {{.trace = trace_in(question)}}),
                 std::stoi(between(question, "*00501*", "*")));
}

line_day::line_day(std::vector<insured_patient> patients)
    : day(std::move(patients), "https://clearinghouse.example/core") {}

service::response line_day::press(std::size_t which, int coverage) {
  return day.c.post_form(fmt::format("/desk/coverages/{}/{}/ask", day.submissions[which], coverage),
                         {{"csrf", day.c.csrf()}});
}

bool line_day::ask() {
  return service::eligibility::ask_next(
      day.c.billing(), [this](std::string const& x12, std::stop_token const&) { return line(x12); },
      {});
}

void line_day::wait(std::chrono::seconds time) {
  day.c.now += time;
  if (time < 10min) return;
  day.c.sign_out();
  day.c.sign_in("bills" + std::to_string(++people), account_role::billing);
}

std::string line_day::requests(std::string const& column) {
  return day.c.rows().value("SELECT string_agg((" + column +
                            ")::text, ' ' ORDER BY number) FROM eligibility_request");
}

}  // namespace intake::tests
