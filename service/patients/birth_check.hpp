#pragma once
#include "service/application.hpp"
#include "service/call.hpp"
#include "service/http/response.hpp"

#include <string>
#include <string_view>

namespace intake::service::patients {

/// After so many wrong birth dates a code or a link opens nothing any more; the clinic can still be
/// called.
inline constexpr int birth_tries_max = 5;

/// A code and a birth date as they were typed, each part as it came.
struct typed_birth {
  std::string code;
  std::string day;
  std::string month;
  std::string year;
};
typed_birth read_typed_birth(std::string_view body);

/// The date as FHIR writes it; empty where it is none.
std::string birth_date_of(typed_birth const&);

/// A page that asks for a birth date, and for a code where `code_label` is set. Texts are keys; an
/// empty one is not shown.
struct birth_question {
  std::string path;
  std::string_view title;
  std::string_view lead;
  std::string_view code_label;
  std::string_view code_hint;
  std::string_view button = "visit.continue";
  std::string_view other_way;
  std::string other_path{};
  /// It begins a visit.
  bool greets = false;
};
/// `status` 422 shows `notice` as what is wrong; else it stands above all, where it is not empty.
response ask_birth(application const&, call const&, birth_question const&, typed_birth const&,
                   int status, std::string_view notice);

}  // namespace intake::service::patients
