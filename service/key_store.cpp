#include "service/key_store.hpp"

#include "certs/atomic_file.hpp"
#include "certs/escrow.hpp"
#include "certs/kek_file.hpp"
#include "service/commands/exit_code.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service {
namespace {

std::vector<certs::kek> copies_of(std::vector<certs::kek> const& keks) {
  std::vector<certs::kek> copies;
  for (auto const& each : keks) {
    copies.push_back({each.id, each.state, each.created, certs::secret::copy_of(each.key.view())});
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

}  // namespace

key_store::key_store(certs::key_set keys)
    : set(std::move(keys)), ring(set.index_root), keks(copies_of(set.keks)) {}

key_store read_keys(std::string const& file) {
  try {
    auto const text =
        certs::read_small_file(file, certs::key_file_bytes_max, certs::readers::owner_and_group);
    if (!is_sheet(certs::as_text(text))) return key_store(certs::read_key_file(file));
    auto typed = certs::read_escrow_sheet(certs::as_text(text));
    if (typed) return key_store(std::move(*typed));
    refuse_sheet(file, typed.error());
  } catch (command_failed const&) {
    throw;
  } catch (std::runtime_error const& error) {
    throw command_failed(exit_code::usage, error.what());
  }
}

}  // namespace intake::service
