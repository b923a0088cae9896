#include "service/backup/make.hpp"

#include "certs/atomic_file.hpp"
#include "service/backup/sealed_file.hpp"
#include "service/commands/exit_code.hpp"
#include "service/files.hpp"
#include "service/version.hpp"

#include <algorithm>
#include <filesystem>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

namespace intake::service::backup {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view manifest_name = "manifest";
constexpr std::string_view unfinished_name = "unfinished";
constexpr std::uint64_t report_every_bytes = 64 << 20;
/// What a clinic's forms and rules have; a film in their folder is a mistake.
constexpr std::uintmax_t configured_file_bytes_max = 64 << 20;

void refuse_folder(std::string const& sentence, std::string hint) {
  throw command_failed(exit_code::usage, sentence, std::move(hint));
}

int open_folder(fs::path const& folder) {
  fs::create_directories(folder);
  return ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

/// One backup at a time writes into a folder, whichever program it is of.
class folder_lock {
 public:
  explicit folder_lock(fs::path const& folder) : file_(open_folder(folder)) {
    if (file_ >= 0 && ::flock(file_, LOCK_EX | LOCK_NB) == 0) return;
    if (file_ >= 0) ::close(file_);
    refuse_folder("another backup is being written into " + folder.string(), "wait for it to end");
  }
  ~folder_lock() { ::close(file_); }
  folder_lock(folder_lock const&) = delete;
  folder_lock& operator=(folder_lock const&) = delete;

 private:
  int file_;
};

void prepare(fs::path const& folder) {
  if (is_finished(folder.string())) {
    refuse_folder(folder.string() + " holds a finished backup",
                  "name a new folder: a backup is never overwritten");
  }
  bool const begun = fs::exists(folder / unfinished_name);
  if (!begun && fs::exists(folder) && !fs::is_empty(folder)) {
    refuse_folder(folder.string() + " is not empty, and what is in it is no backup",
                  "name a new folder");
  }
  fs::create_directories(folder);
  fs::permissions(folder, fs::perms::owner_all);
  certs::write_file_atomically(folder / unfinished_name, certs::as_bytes("intake backup\n"), 0600,
                               certs::if_exists::replace);
  for (auto const* part : {"tables", "files"}) {
    fs::remove_all(folder / part);
    fs::create_directory(folder / part);
  }
}

/// Passes pieces on and says now and then how far it got.
class counted {
 public:
  counted(std::string_view name, progress_report const& report) : name_(name), report_(report) {}
  void add(std::size_t bytes) {
    bytes_ += bytes;
    if (bytes_ / report_every_bytes == (bytes_ - bytes) / report_every_bytes) return;
    report_({name_, bytes_, false});
  }
  void done() { report_({name_, bytes_, true}); }

 private:
  std::string_view name_;
  progress_report const& report_;
  std::uint64_t bytes_ = 0;
};

class maker {
 public:
  maker(backup_source const& from, fs::path const& folder, progress_report const& report)
      : from_(from), folder_(folder), report_(report) {
    made_.program = version;
    made_.instance = from.settings.server_instance;
    made_.recipient = certs::x25519_public_of(from.keys.key(certs::key_role::backup_recipient));
  }

  manifest make() {
    copy_tables();
    copy_file("files/intake.toml", from_.config_file);
    if (!from_.settings.clinic_logo_file.empty()) {
      copy_file("files/" + fs::path(from_.settings.clinic_logo_file).filename().string(),
                from_.settings.clinic_logo_file);
    }
    copy_folder("files/forms", from_.settings.forms_folder);
    copy_folder("files/rules", from_.settings.rules_folder);
    finish();
    return std::move(made_);
  }

 private:
  void copy_tables() {
    db::snapshot view(from_.settings.database_backup);
    made_.facts = view.facts();
    for (auto& table : made_.facts.tables) {
      auto const name = table_file(table.name);
      sealed_file out(from_.world, made_.recipient, folder_.string(), name);
      counted count(table.name, report_);
      table.rows = view.copy(table, [&](certs::bytes_view rows) {
        out.write(rows);
        count.add(rows.size());
      });
      made_.files.push_back(out.finish());
      count.done();
    }
  }

  void copy_file(std::string const& name, fs::path const& path) {
    if (fs::file_size(path) > configured_file_bytes_max) {
      throw std::runtime_error(path.string() + " is larger than 64 MiB; is it part of the forms?");
    }
    auto const content = read_file(path.string());
    sealed_file out(from_.world, made_.recipient, folder_.string(), name);
    out.write(certs::as_bytes(content));
    made_.files.push_back(out.finish());
  }

  void copy_folder(std::string const& name, fs::path const& folder) {
    std::vector<fs::path> inside;
    for (auto const& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.is_regular_file()) inside.push_back(entry.path());
    }
    std::ranges::sort(inside);
    counted count(name, report_);
    for (auto const& path : inside) {
      auto const target = name + "/" + path.lexically_relative(folder).generic_string();
      if (target.find('\n') != target.npos) continue;
      fs::create_directories((folder_ / target).parent_path());
      copy_file(target, path);
      count.add(made_.files.back().bytes);
    }
    count.done();
  }

  void finish() {
    for (auto const& entry : fs::recursive_directory_iterator(folder_)) {
      if (entry.is_directory()) sync_folder(entry.path().string());
    }
    certs::write_file_atomically(folder_ / manifest_name,
                                 certs::as_bytes(write_manifest(made_, from_.keys)), 0600,
                                 certs::if_exists::refuse);
    fs::remove(folder_ / unfinished_name);
    sync_folder(folder_.string());
  }

  backup_source const& from_;
  fs::path folder_;
  progress_report const& report_;
  manifest made_;
};

}  // namespace

bool is_finished(std::string const& folder) {
  return fs::exists(fs::path(folder) / manifest_name);
}

manifest make_backup(backup_source const& from, std::string const& folder,
                     progress_report const& report) {
  folder_lock const alone(folder);
  prepare(folder);
  return maker(from, folder, report).make();
}

}  // namespace intake::service::backup
