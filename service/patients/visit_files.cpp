#include "service/patients/visit_files.hpp"

#include "certs/envelope.hpp"
#include "db/draft_attachments.hpp"
#include "forms/json_reader.hpp"
#include "forms/json_writer.hpp"
#include "forms/value_reader.hpp"
#include "service/limits.hpp"

namespace intake::service::patients {
namespace {

using forms::problem_code;

constexpr std::string_view file_table = "draft_attachment";
constexpr certs::part_name about_part{certs::part_kind::summary, 0};
constexpr certs::part_name file_part{certs::part_kind::attachment, 1};
constexpr db::draft_room room{.files_max = static_cast<std::int64_t>(attachments_max),
                              .bytes_max = static_cast<std::int64_t>(attachments_bytes_max)};

certs::hash256 name_of_file(application const& app, std::string_view hash) {
  auto const text = "draft-attachment:" + std::string(hash);
  return app.keys.keyed_hash(certs::key_role::session_hash, certs::as_bytes(text));
}

/// Bound to its name, so that one file of a draft never opens as another.
certs::binding place_of(visit const& v, certs::hash256 const& name) {
  auto const* text = reinterpret_cast<char const*>(name.data());
  return {.table = file_table, .record = v.row.id, .version = 1, .form = {text, name.size()}};
}

std::string write_about(forms::attachment const& file) {
  std::string text;
  forms::json_writer out(text);
  out.begin_object()
      .member("contentType", file.content_type)
      .member("hash", file.hash)
      .member("title", file.title)
      .key("size")
      .raw(std::to_string(file.size_bytes.value_or(0)))
      .end_object();
  return text;
}

std::optional<forms::attachment> read_about(std::string text) {
  auto const document = forms::read_json(std::move(text));
  if (!document) return std::nullopt;
  auto reading = forms::read_value(forms::value_kind::attachment, document->root());
  auto* file = std::get_if<forms::attachment>(&reading.value);
  return file == nullptr ? std::nullopt : std::optional(std::move(*file));
}

/// A file that opened; its bytes only where they were asked for.
struct opened_file {
  forms::attachment about;
  std::string bytes;
};

std::optional<opened_file> open_row(application& app, visit const& v,
                                    db::draft_attachment const& row) {
  auto const key = certs::unlock(app.keks, row.key);
  if (!key) return std::nullopt;
  auto const place = place_of(v, row.name);
  auto const about = certs::open(*key, place, about_part, row.about);
  auto file = about ? read_about(std::string(certs::as_text(*about))) : std::nullopt;
  if (!file) return std::nullopt;
  opened_file out{std::move(*file), {}};
  if (row.content.empty()) return out;
  auto const content = certs::open(*key, place, file_part, row.content);
  if (!content) return std::nullopt;
  out.bytes = certs::as_text(*content);
  return out;
}

std::vector<opened_file> open_rows(application& app, visit const& v,
                                   std::vector<db::draft_attachment> const& rows) {
  std::vector<opened_file> files;
  for (auto const& row : rows) {
    if (auto file = open_row(app, v, row)) {
      files.push_back(std::move(*file));
    } else {
      app.log.write(log_level::error, "draft-file-not-opened");
    }
  }
  return files;
}

db::draft_attachment sealed(application const& app, visit const& v, kept_file const& file,
                            forms::attachment const& about) {
  db::draft_attachment row;
  row.name = name_of_file(app, file.hash);
  auto const text = write_about(about);
  certs::plain_part const parts[] = {{about_part, certs::as_bytes(text)},
                                     {file_part, certs::as_bytes(file.bytes)}};
  auto made = certs::seal(app.world, app.keks, place_of(v, row.name), parts);
  row.key = std::move(made.key);
  row.about = std::move(made.parts[0].content.value);
  row.content = std::move(made.parts[1].content.value);
  return row;
}

}  // namespace

std::vector<forms::attachment> files_of(application& app, visit const& v) {
  std::vector<forms::attachment> all;
  for (auto& each : open_rows(app, v, db::list_draft_attachments(app.portal, v.row.id))) {
    all.push_back(std::move(each.about));
  }
  return all;
}

std::variant<forms::attachment, problem_code> attach(application& app, visit const& v,
                                                     std::string_view bytes,
                                                     std::string_view title) {
  auto const kept = keep_file(app, bytes);
  if (auto const* fault = std::get_if<problem_code>(&kept)) return *fault;
  auto const& file = std::get<kept_file>(kept);
  auto about = held_as(file, title);
  auto const row = sealed(app, v, file, about);
  auto keeping = db::keep_draft_attachment(app.portal, v.row.id, row, room);
  if (keeping == db::draft_keeping::no_room) {
    drop_unnamed_files(app, v);
    keeping = db::keep_draft_attachment(app.portal, v.row.id, row, room);
  }
  if (keeping != db::draft_keeping::kept) return problem_code::attachments_too_many;
  return about;
}

std::vector<kept_file> open_files(application& app, visit const& v) {
  std::vector<kept_file> all;
  for (auto& each : open_rows(app, v, db::open_draft_attachments(app.portal, v.row.id))) {
    all.push_back({each.about.content_type, each.about.hash, std::move(each.bytes)});
  }
  return all;
}

void drop_unnamed_files(application& app, visit const& v) {
  std::vector<certs::hash256> named;
  for (auto const& each : v.forms) {
    each_attachment(*each.form, each.answers,
                    [&](forms::item const&, forms::attachment const& file, forms::place const&) {
                      if (forms::is_held(file)) named.push_back(name_of_file(app, file.hash));
                    });
  }
  db::remove_draft_attachments_but(app.portal, v.row.id, named);
}

void drop_all_files(application& app, visit const& v) {
  db::remove_draft_attachments_but(app.portal, v.row.id, {});
}

}  // namespace intake::service::patients
