#include "service/eligibility/folders.hpp"

#include "certs/atomic_file.hpp"
#include "forms/x12/segments.hpp"
#include "service/eligibility/answers.hpp"
#include "service/files.hpp"

#include <chrono>
#include <filesystem>
#include <vector>

namespace intake::service::eligibility {
namespace {

namespace fs = std::filesystem;

constexpr unsigned owner_and_group = 0640;
/// Who copies a file into a folder writes it for a while.
constexpr std::chrono::seconds still_written{5};
constexpr std::size_t files_at_once = 50;

bool is_whole(fs::directory_entry const& entry) {
  std::error_code error;
  if (!entry.is_regular_file(error) || error) return false;
  if (entry.path().filename().string().starts_with('.')) return false;
  auto const written = entry.last_write_time(error);
  return !error && fs::file_time_type::clock::now() - written >= still_written;
}

std::vector<fs::path> whole_files(std::string const& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (auto const& entry : fs::directory_iterator(folder, error)) {
    if (files.size() < files_at_once && is_whole(entry)) files.push_back(entry.path());
  }
  if (error) throw std::runtime_error("can't read the folder " + folder + ": " + error.message());
  return files;
}

void audit(application& app, taken_file const& taken) {
  db::audit_entry entry;
  entry.action = "eligibility-file-taken";
  entry.purpose = "eligibility";
  entry.shown = taken.submissions;
  app.writer.append(std::move(entry));
}

void put_aside(fs::path const& file) {
  auto const aside = file.parent_path() / "refused";
  fs::create_directories(aside);
  fs::rename(file, aside / file.filename());
}

}  // namespace

void put_into_folder(config const& settings, std::string const& file_name,
                     std::string const& text) {
  if (settings.eligibility_outbox_folder.empty()) return;
  certs::write_file_atomically(fs::path(settings.eligibility_outbox_folder) / file_name,
                               certs::as_bytes(text), owner_and_group, certs::if_exists::replace);
}

picked_up pick_up_files(application& app, certs::utc_time now) {
  picked_up counts;
  auto const& folder = app.settings.eligibility_inbox_folder;
  if (folder.empty()) return counts;
  for (auto const& file : whole_files(folder)) {
    if (fs::file_size(file) > forms::x12::file_bytes_max) {
      ++counts.refused;
      put_aside(file);
      continue;
    }
    auto const taken = take_file(app, read_file(file.string()),
                                 {.how = db::file_way::folder, .actor = {}, .now = now});
    if (!taken.refused.empty()) {
      ++counts.refused;
      put_aside(file);
      continue;
    }
    ++(taken.is_new ? counts.taken : counts.again);
    if (taken.is_new) audit(app, taken);
    fs::remove(file);
  }
  return counts;
}

}  // namespace intake::service::eligibility
