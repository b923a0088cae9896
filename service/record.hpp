#pragma once
#include "certs/envelope.hpp"
#include "db/sealed_summaries.hpp"
#include "db/submissions.hpp"
#include "forms/insurance/decision.hpp"
#include "forms/json_reader.hpp"
#include "forms/json_writer.hpp"
#include "forms/response.hpp"
#include "service/attachments.hpp"
#include "service/form_store.hpp"
#include "service/summary.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// A submission's plaintext on its way into the envelope and out of it. Nothing above opens a
/// sealed part.
namespace intake::service {

/// The table name that every ciphertext of a submission is bound to.
inline constexpr std::string_view part_table = "part";

/// The form that a version's ciphertexts are bound to: url|version, or for a packet a hash over all
/// of them, because the envelope takes one short name.
std::string bound_form(std::span<std::string const> canonicals);

/// Who typed a version, where it was not the patient on a device of their own.
struct record_entry {
  /// "staff": somebody asked the patient; "device": the patient, on the clinic's tablet; empty.
  std::string by{};
  /// The account of the person of staff, and what it was called.
  std::string account{};
  std::string name{};
  /// Who interpreted, as staff wrote it down; empty: nobody.
  std::string interpreter{};
  bool operator==(record_entry const&) const = default;
};
void write_entry(forms::json_writer&, record_entry const&);
record_entry read_entry(forms::json_value const& object);

/// The content of the part "answers": the canonical responses, and what the rules said to them at
/// that time.
std::string write_answers_part(std::span<std::string const> canonical_responses,
                               std::string_view decision_json, record_entry const& = {});

/// A summary that opened, or why not in a sentence for staff.
struct opened_summary {
  std::optional<summary> content;
  std::string fault;
};
opened_summary open_summary(certs::kek_provider const&, db::listed_submission const&);

/// The same of any version, where no list has it.
opened_summary open_summary(certs::kek_provider const&, db::sealed_summary const&);

/// One form of a record that opened.
struct opened_form {
  forms::questionnaire const* form = nullptr;
  forms::response response;
  /// The bytes that were sealed: what the record's hash is about.
  std::string canonical;
};

struct opened_record {
  std::vector<opened_form> forms;
  /// What is attached, in the order of the answers that stand for it: part attachment/1 first.
  std::vector<std::string> files;
  /// The decision as it was stored, JSON; empty where none was made.
  std::string decision_json;
  record_entry entry{};
  /// When it was made void; nothing where it counts.
  std::optional<certs::utc_time> void_since{};
  summary head;
};

/// A file of a record, as its answer has it; good as long as the record is.
struct record_attachment {
  /// From 1: of its part, and in its address at the desk.
  std::size_t number = 0;
  forms::questionnaire const* form = nullptr;
  forms::item const* item = nullptr;
  forms::attachment const* file = nullptr;
  /// pdf::answer_key of its answer.
  std::string key;
};
std::vector<record_attachment> attachments_of(opened_record const&);
/// The files as a version that follows takes them over.
std::vector<kept_file> kept_files(opened_record const&);

/// The whole record, or why it can't be read in a sentence for staff: a key that is missing, bytes
/// that were changed or moved, a form that is not loaded any more.
struct record_reading {
  std::optional<opened_record> record;
  std::string fault;
};
enum class record_files { opened, left_alone };
record_reading open_record(certs::kek_provider const&, form_store const&,
                           db::opened_submission const&, record_files = record_files::opened);

/// Only the decision of a record, without its forms; `json` is empty where none was made.
struct decision_reading {
  std::string json;
  std::string fault;
};
decision_reading open_decision(certs::kek_provider const&, db::opened_submission const&);

}  // namespace intake::service
