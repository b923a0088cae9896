#pragma once
#include "forms/answers.hpp"
#include "forms/json_reader.hpp"
#include "forms/problem.hpp"

#include <string>
#include <vector>

namespace intake::forms {

/// What a response says about itself.
struct response_envelope {
  /// Canonical as sent: url, url|version or "#id".
  std::string questionnaire;
  response_status status = response_status::completed;
  /// dateTime as sent; empty where absent.
  std::string authored;
  std::string identifier_system;
  std::string identifier_value;
  /// BCP 47 of the page it was filled in on; empty where absent.
  std::string language;
  bool operator==(response_envelope const&) const = default;
};

/// A response as read. Where problems hold an error it is not to be stored.
struct response {
  response_envelope envelope;
  forms::answers answers;
  std::vector<problem> problems;
};

/// Whether answer origins in a document are believed: only in documents that we wrote.
enum class origin_claims { ignored, believed };

/// Reads the envelope alone, to know which form to read the rest with. An error where the value is
/// not a QuestionnaireResponse at all; everything finer is a problem of `read_response`.
parsed<response_envelope> read_envelope(json_document const&, json_value const& resource);

/// Reads a QuestionnaireResponse against its form: strict JSON types, lexical forms, known link ids
/// in their places. Never fails; what is wrong is in `problems`, in form order, at most 500 of
/// them.
response read_response(questionnaire const&, json_value const& resource,
                       origin_claims = origin_claims::ignored);

}  // namespace intake::forms
