#include "service/passphrase.hpp"

#include "certs/atomic_file.hpp"
#include "certs/sealed_key_file.hpp"
#include "service/commands/exit_code.hpp"

#include <algorithm>
#include <optional>

#include <fcntl.h>
#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

namespace intake::service {
namespace {

constexpr char control_c = 3;
constexpr char control_d = 4;
constexpr char backspace = 8;
constexpr char delete_key = 127;

/// The terminal of whoever called, without echo and without signals until this object ends: Ctrl-C
/// would leave it mute.
class quiet_terminal {
 public:
  quiet_terminal() : file_(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)) {
    if (file_ < 0 || ::tcgetattr(file_, &before_) != 0) return;
    auto quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO | ECHOE | ECHOK | ECHONL | ISIG | ICANON);
    quiet.c_cc[VMIN] = 1;
    quiet.c_cc[VTIME] = 0;
    is_quiet_ = ::tcsetattr(file_, TCSAFLUSH, &quiet) == 0;
  }
  quiet_terminal(quiet_terminal const&) = delete;
  quiet_terminal& operator=(quiet_terminal const&) = delete;
  ~quiet_terminal() {
    if (is_quiet_) ::tcsetattr(file_, TCSAFLUSH, &before_);
    if (file_ >= 0) ::close(file_);
  }

  bool is_there() const { return is_quiet_; }
  void say(std::string_view text) const {
    // What can't be shown is asked for all the same.
    [[maybe_unused]] auto const shown = ::write(file_, text.data(), text.size());
  }
  std::optional<char> next() const {
    char c = 0;
    if (::read(file_, &c, 1) != 1) return std::nullopt;
    return c;
  }

 private:
  int file_;
  termios before_{};
  bool is_quiet_ = false;
};

/// A character that was typed wrong may be several bytes of UTF-8.
void drop_last_character(std::span<std::uint8_t const> typed, std::size_t& size) {
  while (size > 0 && (typed[size - 1] & 0xc0) == 0x80) --size;
  if (size > 0) --size;
}

std::optional<certs::secret> read_line(quiet_terminal const& terminal) {
  certs::secret typed(certs::passphrase_bytes_max);
  std::size_t size = 0;
  for (auto c = terminal.next(); c && *c != '\n' && *c != '\r'; c = terminal.next()) {
    if (*c == control_c || *c == control_d) return std::nullopt;
    if (*c == backspace || *c == delete_key) {
      drop_last_character(typed.view(), size);
    } else if (size < typed.size()) {
      typed.writable()[size++] = static_cast<std::uint8_t>(*c);
    }
  }
  return certs::secret::copy_of(typed.view().first(size));
}

void require_long_enough(certs::secret const& passphrase) {
  if (passphrase.size() >= certs::passphrase_bytes_min) return;
  throw command_failed(
      exit_code::usage,
      fmt::format("the passphrase has fewer than {} characters", certs::passphrase_bytes_min),
      "six words chosen by dice are good and can be remembered");
}

}  // namespace

certs::secret secret_line(std::string const& file) {
  try {
    auto const text = certs::read_small_file(file, certs::passphrase_bytes_max + 2,
                                             certs::readers::owner_and_group);
    auto const end = std::find_if(text.begin(), text.end(),
                                  [](std::uint8_t c) { return c == '\n' || c == '\r'; });
    return certs::secret::copy_of({text.begin(), end});
  } catch (std::runtime_error const& error) {
    throw command_failed(exit_code::usage, error.what());
  }
}

certs::secret typed_unseen(std::string_view prompt, std::string const& hint) {
  quiet_terminal const terminal;
  if (!terminal.is_there()) {
    throw command_failed(exit_code::usage,
                         fmt::format("{} is asked for, and there is no terminal", prompt), hint);
  }
  terminal.say(fmt::format("{}: ", prompt));
  auto typed = read_line(terminal);
  terminal.say("\r\n");
  if (typed) return std::move(*typed);
  throw command_failed(exit_code::usage, "given up; nothing was changed");
}

certs::secret new_passphrase(std::string const& file, std::string const& hint) {
  if (!file.empty()) {
    auto given = secret_line(file);
    require_long_enough(given);
    return given;
  }
  auto first = typed_unseen("New passphrase", hint);
  require_long_enough(first);
  if (typed_unseen("The same again", hint) == first) return first;
  throw command_failed(exit_code::usage, "the two are not the same; nothing was changed",
                       "call the command again");
}

}  // namespace intake::service
