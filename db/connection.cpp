#include "db/connection.hpp"

#include "db/errors.hpp"

#include <algorithm>
#include <memory>
#include <string_view>

#include <fmt/format.h>
#include <libpq-fe.h>
#include <pqxx/except.hxx>
#include <sys/socket.h>

namespace intake::db {
namespace {

using options = std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)>;

options parse(std::string const& conninfo) {
  char* reason = nullptr;
  options parsed(PQconninfoParse(conninfo.c_str(), &reason), &PQconninfoFree);
  PQfreemem(reason);
  if (!parsed) throw unavailable("the connection string of the database cannot be read");
  return parsed;
}

void add(std::string& out, std::string_view keyword, std::string_view value) {
  fmt::format_to(std::back_inserter(out), "{}='", keyword);
  for (char const c : value) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  out += "' ";
}

/// libpq's sentence without its line ends; it names hosts and users, never values of rows.
std::string one_line(std::string_view text) {
  std::string line(text.substr(0, 300));
  std::replace(line.begin(), line.end(), '\n', ' ');
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

void note(void* log, PGresult const* notice) {
  auto& notices = *static_cast<notice_log*>(log);
  char const* state = PQresultErrorField(notice, PG_DIAG_SQLSTATE);
  ++notices.count;
  notices.last_sqlstate = state == nullptr ? "" : state;
}

}  // namespace

std::string with_defaults(connection_settings const& settings) {
  auto const seconds = std::max<long long>(2, (settings.connect_timeout.count() + 999) / 1000);
  // A dead host is noticed by TCP itself: an unacknowledged statement ends after tcp_user_timeout.
  std::string text = fmt::format(
      "connect_timeout={} tcp_user_timeout={} keepalives_idle=10 keepalives_interval=5 "
      "keepalives_count=3 ",
      seconds,
      settings.statement_timeout.count() == 0 ? 0 : settings.statement_timeout.count() + 1000);
  add(text, "application_name", settings.application_name);
  std::string session = fmt::format(
      "-c search_path=intake,pg_temp -c statement_timeout={} -c client_min_messages=warning",
      settings.statement_timeout.count());
  auto const parsed = parse(settings.conninfo);
  for (auto const* option = parsed.get(); option->keyword != nullptr; ++option) {
    if (option->val == nullptr) continue;
    if (std::string_view(option->keyword) == "options") {
      session = fmt::format("{} {}", session, option->val);
    } else {
      add(text, option->keyword, option->val);
    }
  }
  add(text, "options", session);
  return text;
}

connection::noting_policy::noting_policy(std::string const& options, notice_log& notices)
    : pqxx::connect_direct(options), notices_(notices) {}

connection::noting_policy::handle connection::noting_policy::do_completeconnect(handle raw) {
  auto* const complete = pqxx::connect_direct::do_completeconnect(raw);
  if (complete != nullptr) PQsetNoticeReceiver(complete, &note, &notices_);
  return complete;
}

connection::connection(connection_settings const& settings)
    : pqxx::connection_base(policy_), policy_(with_defaults(settings), notices_) {
  try {
    init();
  } catch (std::exception const& error) {
    close();
    throw unavailable(
        fmt::format("PostgreSQL does not take a connection: {}", one_line(error.what())));
  }
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
  // The only way that libpqxx 6 offers; version 7 never reconnects.
  inhibit_reactivation(true);
#pragma GCC diagnostic pop
  socket_ = sock();
}

connection::~connection() noexcept {
  close();
}

void connection::break_off() noexcept {
  if (socket_ >= 0) ::shutdown(socket_, SHUT_RDWR);
}

}  // namespace intake::db
