#pragma once
#include "service/http/client/https_client.hpp"
#include "service/outgoing/outgoing.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <thread>

namespace intake::service::outgoing {

/// What is sent about a version: ids and where its answers are read by who may. Never an answer, a
/// name or a receipt.
std::string webhook_body(config const&, db::outbox_task const&, certs::utc_time received);

/// "t=1795875296,v1=…": HMAC-SHA-256, in hexadecimal, over the time in seconds, a dot and the body.
/// A receiver compares it in constant time and refuses times that are minutes away.
std::string webhook_signature(std::string_view secret, certs::utc_time now, std::string_view body);

/// Tells the clinic's own program of every version that was received. An answer of 2xx ends it, 410
/// ends the trying, anything else is tried again; the same event may come more than once, under one
/// id.
class webhooks {
 public:
  webhooks(application&, counters&);

  /// Those that are due, now. Throws what the database throws.
  void once(std::stop_token const& = {});
  /// Every so often, in a thread of its own, until this object ends.
  void keep_on(std::chrono::milliseconds every);

 private:
  void deliver(db::outbox_task const&, std::stop_token const&);

  application& app_;
  counters& counts_;
  https_client client_;
  std::jthread thread_;
};

}  // namespace intake::service::outgoing
