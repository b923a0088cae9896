#include "service/record.hpp"

#include "certs/hash_chain.hpp"
#include "certs/hex.hpp"
#include "forms/canonical.hpp"
#include "pdf/form_copy.hpp"

namespace intake::service {
namespace {

using certs::part_kind;

constexpr std::string_view answers_part = "answers";

certs::binding place_of(db::submission_head const& head, std::string_view form) {
  return {.table = part_table,
          .record = head.id,
          .version = static_cast<std::uint32_t>(head.version),
          .form = form};
}

constexpr std::string_view key_destroyed = "Its key was destroyed under the retention policy.";

db::sealed_part const* find_part(db::opened_submission const& stored, std::string_view name) {
  for (auto const& part : stored.parts) {
    if (part.name == name) return &part;
  }
  return nullptr;
}

/// Throws what `open_record` turns into its fault; never leaves this file.
struct unreadable {
  std::string because;
};

std::string open_part(certs::version_key const& key, db::opened_submission const& stored,
                      std::string_view name, certs::part_name bound) {
  auto const* part = find_part(stored, name);
  if (part == nullptr) throw unreadable{"Its part \"" + std::string(name) + "\" is missing."};
  auto const form = bound_form(stored.head.forms);
  auto const opened = certs::open(key, place_of(stored.head, form), bound, part->sealed);
  if (!opened) throw unreadable{std::string(certs::sentence(opened.error()))};
  return std::string(certs::as_text(*opened));
}

opened_form read_form_part(form_store const& store, forms::json_value const& resource) {
  auto const canonical = resource.text_of("questionnaire");
  auto const* form = store.library.find(canonical);
  if (form == nullptr) {
    throw unreadable{"Its form " + std::string(canonical) +
                     " is not in the forms folder any more."};
  }
  opened_form out{form, forms::read_response(*form, resource, forms::origin_claims::believed), {}};
  out.canonical = forms::write_canonical(*form, out.response.answers, out.response.envelope);
  return out;
}

forms::parsed<forms::json_document> read_answers_part(std::string text) {
  auto document = forms::read_json(std::move(text), {.bytes_max = 64 << 20, .depth_max = 64});
  if (!document) throw unreadable{"Its answers are not what this program writes."};
  return document;
}

std::string decision_in(forms::json_document const& document) {
  auto const* const decision = document.root().find("decision", forms::json_kind::string);
  return decision == nullptr ? std::string{} : std::string(decision->text());
}

void read_answers(form_store const& store, std::string text, opened_record& record) {
  auto const document = read_answers_part(std::move(text));
  if (auto const* all = document->root().find("responses", forms::json_kind::array)) {
    for (auto const& each : *all) record.forms.push_back(read_form_part(store, each));
  }
  record.decision_json = decision_in(*document);
  if (auto const* entry = document->root().find("entry", forms::json_kind::object)) {
    record.entry = read_entry(*entry);
  }
}

certs::version_key unlock(certs::kek_provider const& keks, db::opened_submission const& stored) {
  if (!stored.head.key) throw unreadable{std::string(key_destroyed)};
  auto key = certs::unlock(keks, *stored.head.key);
  if (!key) throw unreadable{std::string(certs::sentence(key.error()))};
  return std::move(*key);
}

opened_record open_parts(certs::kek_provider const& keks, form_store const& store,
                         db::opened_submission const& stored, record_files files) {
  auto const key = unlock(keks, stored);
  opened_record record;
  auto const head = read_summary(open_part(key, stored, db::summary_part, {part_kind::summary, 0}));
  if (!head) throw unreadable{"Its summary is not what this program writes."};
  record.head = *head;
  record.void_since = stored.void_since;
  read_answers(store, open_part(key, stored, answers_part, {part_kind::answers, 0}), record);
  if (files == record_files::left_alone) return record;
  for (auto const& each : attachments_of(record)) {
    record.files.push_back(
        open_part(key, stored, attachment_part_name(each.number), attachment_part(each.number)));
  }
  return record;
}

/// As the copy's writer names the answer.
std::string copy_key(forms::questionnaire const& form, forms::place const& at) {
  auto const& item = form.at(at.item);
  auto const numbered = item.repeats && item.type == forms::item_type::group;
  auto const parent = at.outer == nullptr ? std::string() : copy_key(form, *at.outer);
  return pdf::answer_key(parent, item.link_id, numbered ? at.repetition + 1 : 0);
}

}  // namespace

std::string bound_form(std::span<std::string const> canonicals) {
  if (canonicals.size() == 1 && canonicals.front().size() <= 512) return canonicals.front();
  std::string all;
  for (auto const& each : canonicals) all += each + "\n";
  std::string name = "packet:";
  certs::append_hex(name, certs::sha256(certs::as_bytes(all)));
  return name;
}

void write_entry(forms::json_writer& out, record_entry const& entry) {
  out.begin_object().member("by", entry.by);
  if (!entry.account.empty()) out.member("account", entry.account).member("name", entry.name);
  if (!entry.interpreter.empty()) out.member("interpreter", entry.interpreter);
  out.end_object();
}

record_entry read_entry(forms::json_value const& object) {
  return {.by = std::string(object.text_of("by")),
          .account = std::string(object.text_of("account")),
          .name = std::string(object.text_of("name")),
          .interpreter = std::string(object.text_of("interpreter"))};
}

std::vector<kept_file> kept_files(opened_record const& record) {
  std::vector<kept_file> all;
  for (auto const& each : attachments_of(record)) {
    all.push_back({each.file->content_type, each.file->hash, record.files[each.number - 1]});
  }
  return all;
}

std::vector<record_attachment> attachments_of(opened_record const& record) {
  std::vector<record_attachment> all;
  for (auto const& each : record.forms) {
    each_attachment(
        *each.form, each.response.answers,
        [&](forms::item const& item, forms::attachment const& file, forms::place const& at) {
          if (!forms::is_held(file)) return;
          all.push_back({all.size() + 1, each.form, &item, &file, copy_key(*each.form, at)});
        });
  }
  return all;
}

std::string write_answers_part(std::span<std::string const> canonical_responses,
                               std::string_view decision_json, record_entry const& entry) {
  std::string text;
  auto bytes = decision_json.size() + decision_json.size() / 4 + 64;  // quotes become two bytes
  for (auto const& each : canonical_responses) bytes += each.size() + 1;
  text.reserve(bytes);
  forms::json_writer out(text);
  out.begin_object();
  // As a string, so that the stored bytes replay exactly, whatever a later reader makes of them.
  if (!decision_json.empty()) out.member("decision", decision_json);
  if (!entry.by.empty()) {
    out.key("entry");
    write_entry(out, entry);
  }
  out.key("responses").begin_array();
  for (auto const& each : canonical_responses) out.raw(each);
  out.end_array().end_object();
  return text;
}

opened_summary open_summary(certs::kek_provider const& keks, db::listed_submission const& row) {
  if (!row.head.key) return {{}, std::string(key_destroyed)};
  return open_summary(keks, {.id = row.head.id,
                             .version = row.head.version,
                             .forms = row.head.forms,
                             .key = *row.head.key,
                             .sealed = row.summary,
                             .tokens = {}});
}

opened_summary open_summary(certs::kek_provider const& keks, db::sealed_summary const& row) {
  auto const form = bound_form(row.forms);
  auto const opened = certs::open(keks, row.key,
                                  {.table = part_table,
                                   .record = row.id,
                                   .version = static_cast<std::uint32_t>(row.version),
                                   .form = form},
                                  {part_kind::summary, 0}, row.sealed);
  if (!opened) return {{}, std::string(certs::sentence(opened.error()))};
  auto content = read_summary(certs::as_text(*opened));
  if (!content) return {{}, "Its summary is not what this program writes."};
  return {std::move(content), {}};
}

record_reading open_record(certs::kek_provider const& keks, form_store const& store,
                           db::opened_submission const& stored, record_files files) {
  try {
    return {open_parts(keks, store, stored, files), {}};
  } catch (unreadable const& fault) {
    return {{}, fault.because};
  }
}

decision_reading open_decision(certs::kek_provider const& keks,
                               db::opened_submission const& stored) {
  try {
    auto const key = unlock(keks, stored);
    auto text = open_part(key, stored, answers_part, {part_kind::answers, 0});
    return {decision_in(*read_answers_part(std::move(text))), {}};
  } catch (unreadable const& fault) {
    return {{}, fault.because};
  }
}

}  // namespace intake::service
