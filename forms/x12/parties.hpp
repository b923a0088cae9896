#pragma once
#include "forms/x12/values.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

/// Who is named in a 270 or 271, as it was said. Views into the text; `segment` is the number of
/// the segment a row comes from, 0 where it was not said.
namespace intake::forms::x12 {

struct reference {
  std::uint32_t segment = 0;
  std::string_view qualifier;  ///< REF01
  std::string_view value;
  std::string_view description;
};

/// DTP, and whatever else is a date or a span of days. A day of 0 could not be read.
struct dated {
  std::uint32_t segment = 0;
  std::string_view qualifier;  ///< DTP01: 291 plan, 346 plan begins, 472 service …
  std::string_view format;     ///< D8 one day, RD8 a span
  std::string_view value;
  day_number first = 0;
  day_number last = 0;
};

struct channel {
  std::string_view qualifier;  ///< TE telephone, FX fax, EM mail, UR address on the web
  std::string_view number;
};

struct contact {
  std::uint32_t segment = 0;
  std::string_view name;
  std::vector<channel> channels;
};

struct address {
  std::uint32_t segment = 0;  ///< of N3, else of N4
  std::string_view line;
  std::string_view second_line;
  std::string_view city;
  std::string_view state;
  std::string_view postal_code;
  std::string_view country;
  std::string_view subdivision;
};

struct provider_role {
  std::uint32_t segment = 0;
  std::string_view code;
  std::string_view qualifier;
  std::string_view taxonomy;
};

/// AAA: what could not be done, and what may be done about it.
struct rejection {
  std::uint32_t segment = 0;
  std::string_view valid;      ///< AAA01
  std::string_view reason;     ///< AAA03
  std::string_view follow_up;  ///< AAA04
};

/// MSG: the payer's own words.
struct message {
  std::uint32_t segment = 0;
  std::string_view text;
};

/// NM1 and what is said of it.
struct party {
  std::uint32_t segment = 0;
  std::string_view code;  ///< NM101: PR payer, 1P provider, IL subscriber, 03 dependent …
  std::string_view type;  ///< NM102: 1 person, 2 organisation
  std::string_view name;  ///< last name, or the organisation's
  std::string_view first;
  std::string_view middle;
  std::string_view prefix;
  std::string_view suffix;
  std::string_view id_qualifier;  ///< NM108: MI member id, XX NPI, PI payer id …
  std::string_view id;
  bool has_other_name = false;  ///< a second NM1 stands where one may: whose the rest is, is open
  std::vector<reference> references;
  address where;
  std::vector<contact> contacts;
  provider_role role;
  std::vector<rejection> rejections;
  /// 2110 is the place of MSG; some payers say in words why they answer nothing, and have no 2110.
  std::vector<message> messages;
};

struct trace {
  std::uint32_t segment = 0;
  std::string_view type;    ///< TRN01: 1 ours on the way, 2 the one referred to
  std::string_view number;  ///< TRN02
  std::string_view origin;  ///< TRN03
  std::string_view more;    ///< TRN04
};

struct diagnosis {
  std::string_view qualifier;
  std::string_view code;
};

/// MPI: military service.
struct military {
  std::uint32_t segment = 0;
  std::string_view status;
  std::string_view employment;
  std::string_view branch;
  std::string_view description;
  std::string_view rank;
  dated when;
};

/// A subscriber or a dependent.
struct person : party {
  std::vector<trace> traces;
  dated birth;
  std::string_view sex;
  std::uint32_t insured_segment = 0;
  std::string_view is_insured;        ///< INS01: Y the subscriber
  std::string_view relationship;      ///< INS02: 18 self, 01 spouse, 19 child …
  std::string_view maintenance_type;  ///< INS03; 001: the payer changed what was sent
  std::string_view maintenance_reason;
  std::string_view birth_sequence;  ///< INS17
  std::vector<diagnosis> diagnoses;
  std::vector<dated> dates;
  military service;
};

}  // namespace intake::forms::x12
