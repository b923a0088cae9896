#pragma once
#include "forms/insurance/rows.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Identifiers that patients copy from cards, and what to say when they copied the wrong one.
namespace intake::forms::insurance {

enum class identifier_kind : std::uint8_t {
  mbi,          ///< Medicare Beneficiary Identifier (CMS)
  dbn,          ///< DoD Benefits Number (TRICARE)
  bcbs_member,  ///< Blue Cross Blue Shield member ID with its three-character prefix
  npi,          ///< National Provider Identifier (45 CFR 162.406)
  ssn,          ///< Social Security number
  rx_bin,       ///< pharmacy BIN: the issuer number of ISO/IEC 7812, six or eight digits
  phone,        ///< North American, or +country for others (E.164)
  zip,          ///< ZIP or ZIP+4
  payer_id      ///< a clearinghouse's number of a payer
};

/// What may be stored of what was typed.
enum class keeping : std::uint8_t {
  as_typed,
  nothing  ///< it is, or holds, a Social Security number that nobody asked for
};

struct identifier_reading {
  bool good = false;
  /// The form in which it is compared and sent: no spaces or hyphens, upper case. Empty unless
  /// good.
  std::string normal;
  keeping store = keeping::as_typed;
  /// Stable, kebab-case; empty where good.
  std::string_view problem;
  /// What to tell the patient; empty where good.
  sentence_text message;
};

/// Stray spaces, hyphens, dots and lower case never make a number wrong.
identifier_reading read_identifier(identifier_kind kind, std::string_view typed);

/// The kind a `check` cell of id_formats.csv names: mbi, dbn, bcbs_member, npi, ssn, rx_bin, phone,
/// zip, payer_id. Empty for `none` and for words that are not a check.
std::optional<identifier_kind> identifier_kind_named(std::string_view check);

/// A member number against the clinic's own format row: the row's check first, then its pattern;
/// the row's message where the check has no better one. A pattern that cannot be read takes
/// anything. Whatever the row says, unless it asks for a Social Security number: nine digits that
/// may be one are not kept where the pattern does not take them or they are written 123-45-6789.
identifier_reading read_member_number(id_format const& format, std::string_view typed);

}  // namespace intake::forms::insurance
