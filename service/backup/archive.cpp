#include "service/backup/archive.hpp"

#include "service/commands/exit_code.hpp"
#include "service/files.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

namespace intake::service::backup {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view files_prefix = "files/";

[[noreturn]] void refuse(std::string const& sentence, std::string hint = {}) {
  throw command_failed(exit_code::input_bad, sentence, std::move(hint));
}

std::string read_list(std::string const& folder) {
  if (!is_finished(folder)) {
    refuse(folder + " holds no finished backup",
           "a backup that was interrupted has no file `manifest`; make another one");
  }
  return read_file(folder + "/manifest");
}

manifest parse(std::string const& folder, std::string_view text) {
  auto contents = read_manifest(text);
  if (!contents) refuse(folder + "/manifest is not whole, or of a later program");
  return std::move(*contents);
}

/// A name in the list leads to a file inside the backup and nowhere else.
bool stays_inside(std::string const& name) {
  fs::path const path(name);
  return !path.is_absolute() && path == path.lexically_normal() &&
         !path.generic_string().starts_with("..");
}

void require_own(std::string_view text, manifest const& contents, certs::keyring const& keys) {
  auto const own = certs::x25519_public_of(keys.key(certs::key_role::backup_recipient));
  if (own != contents.recipient) {
    refuse("this backup was sealed for other keys than these",
           "use the key file, or the typed-in escrow sheet, of the installation that made it");
  }
  if (!is_sealed_by(text, keys)) {
    refuse("the backup's list of contents was changed after it was written",
           "use another backup, and find out who can write where this one lies");
  }
}

void require_keks(manifest const& contents, certs::key_set const& set) {
  for (auto const& id : contents.facts.keks) {
    if (certs::find_kek(set, id) != nullptr) continue;
    refuse("the key " + id + " is missing: some of the backup's forms would never open",
           "use a key file or an escrow sheet that was printed after that key was made");
  }
}

}  // namespace

own_list read_own_list(std::string const& folder, certs::keyring const& keys) {
  auto const text = read_list(folder);
  auto contents = parse(folder, text);
  require_own(text, contents, keys);
  if (!std::ranges::all_of(contents.files, stays_inside, &stored_file::name)) {
    refuse("the backup names files outside its folder");
  }
  return {std::move(contents), certs::sha256(certs::as_bytes(text))};
}

archive::archive(std::string folder, certs::key_set const& set, certs::keyring const& keys)
    : folder_(std::move(folder)),
      recipient_key_(keys.key(certs::key_role::backup_recipient)),
      list_(read_own_list(folder_, keys)) {
  require_keks(contents(), set);
}

void archive::check(progress_report const& report) const {
  for (auto const& file : contents().files) {
    read(file, [](certs::bytes_view) {});
    report({file.name, file.bytes, true});
  }
}

void archive::check_files() const {
  for (auto const& file : contents().files) {
    if (file.name.starts_with(files_prefix)) read(file, [](certs::bytes_view) {});
  }
}

void archive::read(stored_file const& file, certs::byte_sink const& out) const {
  open_sealed_file(folder_, file, recipient_key_, out);
}

stored_file const& archive::file_of(db::snapshot_table const& table) const {
  auto const found =
      std::ranges::find(contents().files, table_file(table.name), &stored_file::name);
  if (found == contents().files.end()) {
    throw archive_damaged("the backup's list names no file for the table " + table.name);
  }
  return *found;
}

void require_new_folder(std::string const& folder) {
  std::error_code failed;
  bool const is_new = !fs::exists(folder) || fs::is_empty(folder, failed);
  if (failed || !is_new) {
    throw command_failed(exit_code::usage, folder + " is not an empty folder",
                         "--files takes a new folder: nothing is overwritten");
  }
}

void archive::unpack_files(std::string const& folder) const {
  require_new_folder(folder);
  for (auto const& file : contents().files) {
    if (!file.name.starts_with(files_prefix)) continue;
    auto const target = fs::path(folder) / file.name.substr(files_prefix.size());
    fs::create_directories(target.parent_path());
    std::ofstream out(target, std::ios::binary);
    fs::permissions(target, fs::perms::owner_read | fs::perms::owner_write);
    read(file, [&out](certs::bytes_view some) {
      out.write(reinterpret_cast<char const*>(some.data()),
                static_cast<std::streamsize>(some.size()));
    });
    if (!out.flush()) throw std::runtime_error("can't write " + target.string());
  }
}

}  // namespace intake::service::backup
