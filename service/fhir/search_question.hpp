#pragma once
#include "db/changes.hpp"
#include "service/application.hpp"
#include "service/call.hpp"
#include "service/fhir/date_range.hpp"
#include "service/http/fields.hpp"
#include "service/http/response.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace intake::service::fhir {

/// A parameter that a search of records takes; what it does is the same for every type.
enum class parameter_use {
  id,          ///< of the resource, several by comma
  identifier,  ///< of the submission: its UUID or its receipt
  patient,     ///< a reference to the Patient of a submission
  response,    ///< a reference to a response, or to its submission by its bare id
  form,        ///< canonical of a form, several by comma
  changed,     ///< _lastUpdated
  authored,    ///< when the answers were given
  sort,        ///< _lastUpdated or -_lastUpdated
  count,
  cursor  ///< ours, in the links that we write
};

struct parameter_row {
  std::string_view name;
  /// FHIR search type, for the CapabilityStatement; empty: it shapes the answer.
  std::string_view type;
  parameter_use use;
};

/// Where a page ended: at that record, after so many of its resources (0: all).
struct page_cursor {
  db::change_mark mark;
  std::size_t taken = 0;
};

/// Of each repetition of a parameter one alternative has to fit (R4 3.1.1.4.17).
using all_of = std::vector<std::vector<std::string>>;

struct search_question {
  /// Ids of resources asked for by _id; nothing: any.
  std::optional<std::vector<std::string>> ids;
  all_of forms;
  /// Ids of responses, or of their submissions.
  all_of responses;
  /// Submissions that it can only be about; nothing: all.
  std::optional<std::vector<certs::uuid>> submissions;
  date_range changed;
  date_range authored;
  db::change_order order = db::change_order::newest_first;
  std::size_t count = 50;
  std::optional<page_cursor> after;
  /// What was asked, without what we do not know: for the links.
  std::vector<form_field> known;
  /// Names of parameters that were left aside, as the client allowed.
  std::vector<std::string> ignored;
};

/// Reads the query, and of a POST the form in its body too
/// (http://hl7.org/fhir/R4/http.html#search). A parameter that is not in `rows` is refused unless
/// the client sends Prefer: handling=lenient: an answer to less than was asked would show more
/// patients. Looks receipts up.
std::variant<search_question, response> read_search_question(application const&, call const&,
                                                             std::span<parameter_row const> rows);

/// The fields of the query and, of a POST, of the form in its body; nothing where one of them is no
/// form.
std::optional<std::vector<form_field>> search_fields(request const&);

/// The value of the cursor parameter.
std::string write_cursor(page_cursor const&);

}  // namespace intake::service::fhir
