#include "service/eligibility/folders.hpp"

#include "certs/atomic_file.hpp"
#include "forms/x12/segments.hpp"
#include "service/eligibility/answers.hpp"
#include "service/files.hpp"

#include <chrono>
#include <filesystem>
#include <vector>

#include <fmt/format.h>

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

/// Why it could not be; empty: it lies there.
std::string write_batch(application& app, certs::uuid id, std::string const& file_name,
                        std::string const& text) {
  try {
    certs::write_file_atomically(fs::path(app.settings.eligibility_outbox_folder) / file_name,
                                 certs::as_bytes(text), owner_and_group, certs::if_exists::replace);
  } catch (std::runtime_error const& error) {
    app.log.write(log_level::error, "eligibility-batch-not-written",
                  {{"because", log_name(error.what())}});
    return error.what();
  }
  db::note_batch_in_folder(app.desk, id);
  return {};
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
  auto target = aside / file.filename();
  for (int n = 2; fs::exists(target); ++n) {
    target = aside / fmt::format("{}.{}", file.filename().string(), n);
  }
  fs::rename(file, target);
}

}  // namespace

std::string put_into_folder(application& app, made_batch const& made) {
  if (app.settings.eligibility_outbox_folder.empty() || !made.id) return {};
  return write_batch(app, *made.id, made.file_name, made.text);
}

int put_late_files(application& app) {
  if (app.settings.eligibility_outbox_folder.empty()) return 0;
  int waiting = 0;
  for (auto const& id : db::batches_due_in_folder(app.desk)) {
    auto const row = db::find_batch(app.desk, id);
    auto const text = row ? open_batch(app.keks, *row) : std::nullopt;
    // What no key opens any more is nobody's question.
    if (!text) {
      db::note_batch_in_folder(app.desk, id);
      continue;
    }
    bool const late = !write_batch(app, id, batch_file_name(row->interchange), *text).empty();
    waiting += late ? 1 : 0;
  }
  return waiting;
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
