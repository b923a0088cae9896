#include "service/outgoing/watched_folder.hpp"

#include "certs/atomic_file.hpp"
#include "certs/digest.hpp"
#include "certs/hash_chain.hpp"
#include "certs/hex.hpp"
#include "certs/secret.hpp"
#include "certs/utc_text.hpp"
#include "forms/json_writer.hpp"
#include "service/clinic/in_force.hpp"
#include "service/copy.hpp"
#include "service/copy_inputs.hpp"
#include "service/copy_profiles.hpp"
#include "service/keep_doing.hpp"
#include "service/record.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include <fmt/format.h>

namespace intake::service::outgoing {
namespace {

namespace files_system = std::filesystem;

constexpr int files_at_once = 8;
constexpr std::chrono::minutes file_hold{10};
constexpr unsigned file_mode = 0640;
constexpr std::string_view part_ending = ".part";

/// ".UUID.VERSION.INSTANCE.pdf.part": hidden, and known again after an interruption.
std::string part_name(db::submission_head const& head, std::string const& instance,
                      std::string_view ending) {
  return fmt::format(".{}.{}.{}.{}{}", certs::to_string(head.id), head.version, instance, ending,
                     part_ending);
}

struct left_file {
  certs::uuid submission;
  std::int32_t version = 0;
};

/// Whose a hidden file is; nothing where it is none of this instance's.
std::optional<left_file> read_part_name(std::string_view name, std::string const& instance) {
  if (!name.starts_with('.') || !name.ends_with(part_ending)) return std::nullopt;
  name.remove_prefix(1);
  auto const id = certs::parse_uuid(name.substr(0, certs::uuid_characters));
  if (!id || name.size() < certs::uuid_characters + 2) return std::nullopt;
  auto const rest = name.substr(certs::uuid_characters + 1);
  left_file found{*id, 0};
  auto const [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), found.version);
  auto const after = rest.substr(static_cast<std::size_t>(end - rest.data()));
  bool const is_ours = error == std::errc{} && after.starts_with("." + instance + ".");
  return is_ours ? std::optional(found) : std::nullopt;
}

std::string sha256_of(std::string_view bytes) {
  std::string text;
  certs::append_hex(text, certs::sha256(certs::as_bytes(bytes)));
  return text;
}

/// What another program needs to file the copy, and no answer beside who the patient is.
std::string sidecar(db::submission_head const& head, opened_record const& record,
                    std::string const& copy_file, std::string_view copy, pdf::copy_profile profile,
                    std::string_view bytes) {
  std::string text;
  forms::json_writer out(text);
  out.begin_object().member("format", static_cast<std::int64_t>(1));
  out.member("submission", std::string_view(certs::to_string(head.id)));
  out.member("version", static_cast<std::int64_t>(head.version));
  out.member("receipt", std::string_view(spoken_receipt(head.receipt)));
  auto const second = std::chrono::floor<std::chrono::seconds>(head.received);
  out.member("received", std::string_view(certs::utc_text(second)));
  out.member("file", std::string_view(copy_file)).member("copy", copy);
  out.member("sha256", std::string_view(sha256_of(bytes)));
  out.key("patient").begin_object();
  out.member("family", std::string_view(record.head.family));
  out.member("given", std::string_view(record.head.given));
  out.member("birthDate", std::string_view(record.head.birth_date)).end_object();
  out.key("forms").begin_array();
  // That a form was asked is as much as what it is about.
  for (auto const& each : record.forms) {
    if (pdf::may_show(profile, each.form->header().audience)) out.string(each.form->canonical());
  }
  out.end_array().end_object();
  return text + "\n";
}

std::optional<db::submission_head> head_of(application& app, left_file const& left) {
  for (auto& each : db::list_versions(app.desk, left.submission)) {
    if (each.version == left.version) return std::move(each);
  }
  return std::nullopt;
}

pdf::copy_profile profile_of(config const& settings) {
  return parse_copy_name(settings.watched_folder_copy).value_or(pdf::copy_profile::desk);
}

void write_entry(application& app, db::submission_head const& head, std::string_view copy,
                 std::string_view bytes) {
  db::audit_entry entry;
  entry.action = "pdf-written";
  entry.who = db::actor_kind::system;
  entry.actor = "watched folder";
  entry.purpose = fmt::format("watched-folder, {}", copy);
  entry.subject = head.id;
  entry.version = head.version;
  entry.content = app.keys.keyed_hash(certs::key_role::document_hash, certs::as_bytes(bytes));
  app.writer.append(std::move(entry));
}

void name_file(files_system::path const& hidden, files_system::path const& wanted) {
  if (exists(hidden)) rename(hidden, wanted);
}

}  // namespace

struct watched_folder::files {
  files_system::path hidden_copy;
  files_system::path hidden_sidecar;
  files_system::path copy;
  files_system::path sidecar;

  /// The sidecar last: where it is, the copy is.
  void give_names() const {
    name_file(hidden_copy, copy);
    name_file(hidden_sidecar, sidecar);
  }
};

watched_folder::watched_folder(application& app, counters& counts)
    : app_(app), counts_(counts), folder_(app.settings.watched_folder_path) {}

watched_folder::files watched_folder::files_of(db::submission_head const& head) const {
  auto const name = fmt::format("intake-{}-v{}-{}", spoken_receipt(head.receipt), head.version,
                                copy_name(profile_of(app_.settings)));
  auto const& instance = app_.settings.server_instance;
  return {.hidden_copy = folder_ / part_name(head, instance, "pdf"),
          .hidden_sidecar = folder_ / part_name(head, instance, "json"),
          .copy = folder_ / (name + ".pdf"),
          .sidecar = folder_ / (name + ".json")};
}

void watched_folder::finish_what_was_left() {
  std::vector<std::pair<files_system::path, left_file>> left;
  for (auto const& each : files_system::directory_iterator(folder_)) {
    auto const of = read_part_name(each.path().filename().string(), app_.settings.server_instance);
    if (of) left.emplace_back(each.path(), *of);
  }
  for (auto const& [path, of] : left) {
    auto const head = head_of(app_, of);
    if (head && db::was_handed_over(app_.desk, folder_topic, of.submission, of.version)) {
      files_of(*head).give_names();
    } else {
      remove(path);
    }
  }
}

void watched_folder::hand_over(db::outbox_task const& task) {
  auto const stored = db::open_submission(app_.desk, task.submission, task.version);
  bool const is_due = stored && stored->head.key && !stored->void_since &&
                      !db::was_handed_over(app_.desk, folder_topic, task.submission, task.version);
  if (!is_due) {
    (void)db::finish_task(app_.desk, task);
    return;
  }
  auto const& app = app_.live.current();
  auto const reading = open_record(app.keks, app.forms, *stored);
  if (!reading.record) {
    return failed(app_, counts_, task, "its record does not open", further_tries::sensible);
  }
  auto const profile = profile_of(app_.settings);
  auto const copy =
      render_copy({app.settings, app.forms, app.clock, app.keys, app.words, app.drawer},
                  stored->head, *reading.record, profile,
                  inputs_for_copy({app.desk, app.keks, app.forms, app.clock, app.settings},
                                  stored->head, *reading.record, profile));
  if (!copy.defects.empty()) {
    return failed(app_, counts_, task, "its copy would not be whole", further_tries::sensible);
  }
  auto const made = files_of(stored->head);
  auto const about = sidecar(stored->head, *reading.record, made.copy.filename().string(),
                             copy_name(profile), profile, copy.bytes);
  certs::write_file_atomically(made.hidden_copy, certs::as_bytes(copy.bytes), file_mode,
                               certs::if_exists::replace);
  certs::write_file_atomically(made.hidden_sidecar, certs::as_bytes(about), file_mode,
                               certs::if_exists::replace);
  write_entry(app_, stored->head, copy_name(profile), copy.bytes);
  if (!db::finish_as_handed_over(app_.desk, task, app_.world.now())) {
    remove(made.hidden_copy);
    remove(made.hidden_sidecar);
    return;
  }
  made.give_names();
  ++counts_.files_written;
}

void watched_folder::once(std::stop_token const& stop) {
  if (!is_directory(folder_)) {
    throw std::runtime_error("[watched_folder] path is no folder that this program can see");
  }
  finish_what_was_left();
  for (;;) {
    auto const tasks =
        db::take_tasks(app_.desk, folder_topic, files_at_once, app_.world.now(), file_hold);
    if (tasks.empty()) return;
    for (auto const& task : tasks) {
      if (stop.stop_requested()) return;
      hand_over(task);
    }
  }
}

void watched_folder::keep_on(std::chrono::milliseconds every) {
  thread_ = keep_doing(app_.log, "watched-folder-failed", every,
                       [this](std::stop_token const& stop) { once(stop); });
}

}  // namespace intake::service::outgoing
