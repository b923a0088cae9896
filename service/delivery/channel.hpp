#pragma once
#include "db/deliveries.hpp"
#include "service/config.hpp"

#include <memory>
#include <optional>
#include <string>

/// How a message leaves: by a program of the operator's, or by a mail server.
namespace intake::service::delivery {

struct message {
  /// Names the message, the same at every try: who takes it twice can tell.
  std::string id;
  db::delivery_way way = db::delivery_way::mail;
  /// A mail address, or the digits of a telephone number ("+" and country first, where it is not
  /// North American).
  std::string to;
  /// BCP 47.
  std::string language;
  std::string subject;
  std::string text;
  /// When it is sent.
  certs::utc_time at{};
};

/// Why a message was not taken over, in words that hold no address.
struct not_taken {
  std::string reason;
  /// Nothing will be otherwise the next time.
  bool for_good = false;
};

class channel {
 public:
  virtual ~channel() = default;
  /// Nothing: it was taken over. Blocks for as long as the way out takes, at most a minute.
  virtual std::optional<not_taken> send(message const&) = 0;
};

/// Null where the clinic has not set that way up.
std::unique_ptr<channel> open_channel(config const&, db::delivery_way);
bool has_channel(config const&, db::delivery_way);

/// Whether a text is a mail address that may stand in a message's head: ASCII, one "@", no space,
/// sign of syntax or control, at most 254 bytes (RFC 5321 4.5.3.1.3).
bool is_mail_address(std::string_view);

}  // namespace intake::service::delivery
