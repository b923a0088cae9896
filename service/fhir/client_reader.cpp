#include "service/fhir/client_reader.hpp"

#include "service/audit.hpp"
#include "service/fhir/operation_outcome.hpp"

#include <algorithm>

namespace intake::service::fhir {
namespace {

/// Who is known and may not is in the trail.
response refused(application& app, call const& c, client_reader const& who,
                 std::string const& sentence) {
  auto entry = entry_of_client(c, who, "refused");
  entry.outcome = db::audit_outcome::refused;
  app.writer.append(std::move(entry));
  return outcome_response(403, sentence);
}

}  // namespace

std::variant<client_reader, response> identify_reader(application& app, call const& c,
                                                      audience_set any_of) {
  auto const client = app.clients.authenticate(c.asked);
  if (!client) return outcome_response(401, "Send a client's credentials.");
  client_reader const who{client->id, audiences_of_scopes(client->scopes)};
  if (who.audiences.has_any(any_of)) return who;
  return refused(app, c, who, "This client may not read that (scope " + scopes_of(any_of) + ").");
}

db::audit_entry entry_of_client(call const& c, client_reader const& who, std::string action) {
  auto entry = entry_of(c, std::move(action));
  entry.who = db::actor_kind::client;
  entry.actor = who.id;
  return entry;
}

std::variant<client_reader, response> identify_asker(application& app, call const& c) {
  auto const client = app.clients.authenticate(c.asked);
  if (!client) return outcome_response(401, "Send a client's credentials.");
  client_reader const who{client->id, audiences_of_scopes(client->scopes)};
  if (std::ranges::count(client->scopes, "submit:eligibility") > 0) return who;
  return refused(app, c, who, "This client may not have payers asked (scope submit:eligibility).");
}

}  // namespace intake::service::fhir
