#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace intake::forms {

/// Values keep the text they were given with, so that 1.50 stays 1.50 and 1965-06 stays a month.
struct fhir_decimal {
  std::string text;
  bool operator==(fhir_decimal const&) const = default;
};
/// YYYY, YYYY-MM or YYYY-MM-DD.
struct fhir_date {
  std::string text;
  bool operator==(fhir_date const&) const = default;
};
/// A date, or a date with time to the second and a zone.
struct fhir_date_time {
  std::string text;
  bool operator==(fhir_date_time const&) const = default;
};
/// hh:mm:ss, with a fraction or without.
struct fhir_time {
  std::string text;
  bool operator==(fhir_time const&) const = default;
};
struct fhir_uri {
  std::string text;
  bool operator==(fhir_uri const&) const = default;
};

struct coding {
  std::string system;
  std::string version;
  std::string code;
  std::string display;
  bool operator==(coding const&) const = default;
};

struct quantity {
  /// A decimal as written; empty where only a unit was given.
  std::string value;
  /// "<", "<=", ">=", ">" or empty.
  std::string comparator;
  std::string unit;
  std::string system;
  std::string code;
  bool operator==(quantity const&) const = default;
};

struct attachment {
  std::string content_type;
  std::string language;
  /// base64 as given.
  std::string data;
  std::string url;
  /// Bytes before base64, as stated by the sender.
  std::optional<std::uint64_t> size_bytes;
  std::string hash;
  std::string title;
  std::string creation;
  bool operator==(attachment const&) const = default;
};

/// Its bytes are kept beside the answers: neither data nor an address is here, but hash and size.
bool is_held(attachment const&);

struct reference {
  std::string target;
  std::string type;
  std::string identifier_system;
  std::string identifier_value;
  std::string display;
  bool operator==(reference const&) const = default;
};

/// Something was answered that could not be read. The reader has reported it; it counts as an
/// answer, so that nobody is told to fill in what they did fill in.
struct unreadable_value {
  bool operator==(unreadable_value const&) const = default;
};

/// std::string is FHIR's string and text. std::monostate: no value (only nested items).
using answer_value = std::variant<std::monostate, bool, std::int32_t, fhir_decimal, fhir_date,
                                  fhir_date_time, fhir_time, std::string, fhir_uri, coding,
                                  quantity, attachment, reference, unreadable_value>;

bool has_value(answer_value const&);

/// The value as plain text for a person or a rule: a code's display (else code), a quantity with
/// its unit, "true"/"false", a reference's display (else target, else identifier), an attachment's
/// title. Empty if none.
std::string plain_text(answer_value const&);

}  // namespace intake::forms
