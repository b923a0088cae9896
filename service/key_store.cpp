#include "service/key_store.hpp"

#include "certs/atomic_file.hpp"
#include "certs/escrow.hpp"
#include "certs/kek_file.hpp"
#include "certs/sealed_key_file.hpp"
#include "service/commands/exit_code.hpp"
#include "service/passphrase.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service {
namespace {

constexpr unsigned key_file_mode = 0600;

std::vector<certs::kek> copies_of(std::vector<certs::kek> const& keks) {
  std::vector<certs::kek> copies;
  for (auto const& each : keks) {
    copies.push_back(
        {each.id, each.state, each.created, certs::secret::copy_of(each.key.view()), each.home});
  }
  return copies;
}

bool is_sheet(std::string_view text) {
  auto const lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return !std::ranges::search(text, std::string_view("begin keys"), {}, lower).empty();
}

[[noreturn]] void refuse_sheet(std::string const& file, certs::escrow_error const& error) {
  throw command_failed(exit_code::usage,
                       fmt::format("{}, line {}: {}", file, error.line, error.message),
                       "type that line of the escrow sheet again");
}

[[noreturn]] void refuse_file(std::string const& file, certs::key_file_error const& error) {
  auto const place = error.line == 0 ? "" : fmt::format(", line {}", error.line);
  throw std::runtime_error(fmt::format("the key file {}{}: {}", file, place, error.message));
}

/// A file is read each time: it may hold a new passphrase by now. Nobody is asked twice.
certs::secret passphrase_for(config const& settings, key_unlocks const* known) {
  if (!settings.keys_passphrase_file.empty()) return secret_line(settings.keys_passphrase_file);
  if (known != nullptr && !known->passphrase.empty()) {
    return certs::secret::copy_of(known->passphrase.view());
  }
  return typed_unseen("Passphrase of the key file",
                      "[keys] passphrase_file names a file that holds it: with systemd, "
                      "LoadCredential=passphrase:… and "
                      "Environment=INTAKE_KEYS__PASSPHRASE_FILE=%d/passphrase");
}

certs::key_set parse(std::string const& file, std::string_view text) {
  auto set = certs::parse_key_file(text);
  if (!set) refuse_file(file, set.error());
  return std::move(*set);
}

opened_keys open_text(config const& settings, std::string const& file,
                      certs::wiped_bytes const& text, key_unlocks const* known) {
  opened_keys opened;
  if (!certs::is_sealed_key_file(certs::as_text(text))) {
    opened.set = parse(file, certs::as_text(text));
  } else {
    opened.unlocks.passphrase = passphrase_for(settings, known);
    auto const plain = certs::open_sealed_key_file(certs::as_text(text), opened.unlocks.passphrase);
    if (!plain) refuse_file(file, plain.error());
    opened.set = parse(file, certs::as_text(*plain));
  }
  return opened;
}

void attach_token(config const& settings, opened_keys& opened, key_unlocks const* known) {
  if (!certs::any_in_token(opened.set)) return;
  opened.unlocks.token = known != nullptr && known->token ? known->token : open_token(settings);
  if (opened.unlocks.token == nullptr) {
    throw std::runtime_error("a key lies in a token, and [keys] token_module names none");
  }
  certs::open_index_root(opened.set, *opened.unlocks.token);
}

certs::wiped_bytes read_text(std::string const& file) {
  return certs::read_small_file(file, certs::key_file_bytes_max, certs::readers::owner_and_group);
}

void write_keys(config const& settings, certs::world const& world, certs::key_set& set,
                key_unlocks const& unlocks, certs::if_exists policy) {
  certs::wrap_index_root(set, unlocks.token.get());
  auto text = certs::write_key_file(set);
  if (!unlocks.passphrase.empty()) text = certs::seal_key_file(world, unlocks.passphrase, text);
  certs::write_file_atomically(settings.keys_file, text, key_file_mode, policy);
}

/// What is wrong with a file is the caller's to mend.
template <class Read>
key_store as_command(Read read) {
  try {
    return key_store(read());
  } catch (command_failed const&) {
    throw;
  } catch (std::exception const& error) {
    throw command_failed(exit_code::usage, error.what());
  }
}

}  // namespace

key_store::key_store(opened_keys opened)
    : set(std::move(opened.set)),
      unlocks(std::move(opened.unlocks)),
      ring(set.index_root),
      keks(copies_of(set.keks), unlocks.token) {}

std::shared_ptr<certs::pkcs11_token const> open_token(config const& settings) {
  if (settings.keys_token_module.empty()) return nullptr;
  auto pin = settings.keys_token_pin_file.empty()
                 ? typed_unseen("PIN of the token " + settings.keys_token,
                                "[keys] token_pin_file names a file that holds it")
                 : secret_line(settings.keys_token_pin_file);
  return std::make_shared<certs::pkcs11_token const>(
      certs::token_place{settings.keys_token_module, settings.keys_token}, std::move(pin));
}

certs::kek_home home_of_new_keks(config const& settings) {
  return settings.keys_token_module.empty() ? certs::kek_home::key_file : certs::kek_home::token;
}

opened_keys open_keys(config const& settings, key_unlocks const* known) {
  auto opened = open_text(settings, settings.keys_file, read_text(settings.keys_file), known);
  attach_token(settings, opened, known);
  return opened;
}

key_store read_keys(config const& settings) {
  return as_command([&] { return open_keys(settings); });
}

key_store read_keys_from(config const& settings, std::string const& file) {
  return as_command([&] {
    auto const text = read_text(file);
    opened_keys opened;
    if (is_sheet(certs::as_text(text))) {
      auto typed = certs::read_escrow_sheet(certs::as_text(text));
      if (!typed) refuse_sheet(file, typed.error());
      opened.set = std::move(*typed);
    } else {
      opened = open_text(settings, file, text, nullptr);
    }
    attach_token(settings, opened, nullptr);
    return opened;
  });
}

void save_keys(config const& settings, certs::world const& world, certs::key_set& set,
               key_unlocks const& unlocks) {
  write_keys(settings, world, set, unlocks, certs::if_exists::replace);
}

void create_keys(config const& settings, certs::world const& world, certs::key_set& set,
                 key_unlocks const& unlocks) {
  write_keys(settings, world, set, unlocks, certs::if_exists::refuse);
}

}  // namespace intake::service
