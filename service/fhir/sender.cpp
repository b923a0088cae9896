#include "service/fhir/sender.hpp"

#include "service/audit.hpp"
#include "service/form_token.hpp"
#include "service/guards.hpp"

#include <algorithm>

namespace intake::service::fhir {
namespace {

constexpr std::string_view bearer = "Bearer ";

db::audit_entry entry_for(call const& c, db::actor_kind who, std::string actor) {
  auto entry = entry_of(c, {});
  entry.who = who;
  entry.actor = std::move(actor);
  return entry;
}

bool is_bearer(std::optional<std::string_view> const& authorization) {
  return authorization && authorization->starts_with(bearer);
}

}  // namespace

bool sender_is_known(application& app, request const& asked) {
  return is_bearer(asked.field("authorization")) || app.clients.knows(asked);
}

std::variant<db::audit_entry, sender_refusal> identify_sender(application& app, call const& c) {
  auto const authorization = c.asked.field("authorization");
  if (is_bearer(authorization)) {
    auto const reading =
        read_form_token(app.keys, c.asked.received, authorization->substr(bearer.size()));
    if (reading.token) {
      if (auto const wait = too_many(app, c.asked, reading.token->submission)) {
        return sender_refusal{
            "Too many submissions in a short time. Wait, then send the same again.", 429, *wait};
      }
      return entry_for(c, db::actor_kind::patient, "");
    }
    if (reading.fault == token_fault::expired) {
      return sender_refusal{
          "The form token is too old. Read the form again; its Intake-Form-Token is a new one."};
    }
    return sender_refusal{"That is not a form token of this service."};
  }
  auto const client = app.clients.authenticate(c.asked);
  if (!client) {
    return sender_refusal{
        "Send the form's Intake-Form-Token as Authorization: Bearer, or a client's credentials."};
  }
  if (std::ranges::find(client->scopes, "submit") == client->scopes.end()) {
    return sender_refusal{"This client may not send submissions (scope submit)."};
  }
  return entry_for(c, db::actor_kind::client, client->id);
}

}  // namespace intake::service::fhir
