#include "service/delivery/channel.hpp"

#include "forms/json_writer.hpp"
#include "service/delivery/mail_text.hpp"
#include "service/filter_command.hpp"
#include "service/http/client/smtp_client.hpp"

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <vector>

namespace intake::service::delivery {
namespace {

constexpr std::chrono::seconds command_max{30};
constexpr std::size_t address_bytes_max = 254;

/// One line of JSON on its standard input; ending with 0 says that it has taken the message over.
class command_channel final : public channel {
 public:
  command_channel(std::vector<std::string> command, std::string from)
      : command_(std::move(command)), from_(std::move(from)) {}

  std::optional<not_taken> send(message const& what) override {
    std::string line;
    forms::json_writer out(line);
    out.begin_object()
        .member("id", what.id)
        .member("way", db::to_string(what.way))
        .member("from", from_)
        .member("to", what.to)
        .member("language", what.language)
        .member("subject", what.subject)
        .member("text", what.text)
        .end_object();
    line += '\n';
    try {
      feed_command(command_, line, command_max);
    } catch (std::runtime_error const& error) {
      // Its sentences name the program and nothing of what it was given.
      return not_taken{error.what(), false};
    }
    return std::nullopt;
  }

 private:
  std::vector<std::string> command_;
  std::string from_;
};

/// Mail, handed to a server by ourselves.
class smtp_channel final : public channel {
 public:
  explicit smtp_channel(config const& settings)
      : peer_{.url = settings.delivery_smtp_url,
              .user = settings.delivery_smtp_user,
              .password = settings.delivery_smtp_password,
              .authority_file = settings.delivery_smtp_authority_file},
        from_(settings.delivery_mail_from) {}

  std::optional<not_taken> send(message const& what) override {
    if (!is_mail_address(from_)) {
      return not_taken{"[delivery] mail_from is no mail address", true};
    }
    auto const fault = send_mail(peer_, from_, what.to, write_mail(what, from_));
    if (!fault) return std::nullopt;
    return not_taken{std::string(words_of(*fault)), *fault == smtp_fault::message_refused};
  }

 private:
  smtp_peer peer_;
  std::string from_;
};

std::vector<std::string> const& command_of(config const& settings, db::delivery_way way) {
  return way == db::delivery_way::mail ? settings.delivery_mail_command
                                       : settings.delivery_phone_command;
}

bool is_address_letter(char c) {
  constexpr std::string_view syntax = "\"(),:;<>@[\\]";
  return c > ' ' && c < 0x7f && syntax.find(c) == syntax.npos;
}

}  // namespace

std::unique_ptr<channel> open_channel(config const& settings, db::delivery_way way) {
  if (!has_channel(settings, way)) return nullptr;
  if (command_of(settings, way).empty()) return std::make_unique<smtp_channel>(settings);
  return std::make_unique<command_channel>(command_of(settings, way), settings.delivery_mail_from);
}

bool has_channel(config const& settings, db::delivery_way way) {
  bool const by_server = way == db::delivery_way::mail && !settings.delivery_smtp_url.empty();
  return by_server || !command_of(settings, way).empty();
}

bool is_mail_address(std::string_view text) {
  auto const at = text.find('@');
  if (at == text.npos || text.size() > address_bytes_max) return false;
  auto const name = text.substr(0, at);
  auto const host = text.substr(at + 1);
  return !name.empty() && name.front() != '-' && host.find('.') != host.npos &&
         host.front() != '-' && host.front() != '.' && host.back() != '.' &&
         std::ranges::all_of(name, is_address_letter) &&
         std::ranges::all_of(host, is_address_letter);
}

}  // namespace intake::service::delivery
