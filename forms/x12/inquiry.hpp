#pragma once
#include "forms/x12/parties.hpp"

#include <string>
#include <string_view>
#include <vector>

/// A 270: the question whether somebody is covered. Views belong to the caller or to the text that
/// was read.
namespace intake::forms::x12 {

struct inquiry_amount {
  std::string_view qualifier;
  std::string_view amount;
};

struct inquiry_information {
  std::string_view qualifier;
  std::string_view code;
};

/// EQ and its loop: one question about services.
struct inquired_service {
  std::uint32_t segment = 0;
  std::vector<std::string_view> services;   ///< EQ01: 30 the plan, 98 a visit …
  std::vector<std::string_view> procedure;  ///< EQ02: qualifier, code, modifiers
  std::string_view level;                   ///< EQ03
  std::vector<std::string_view> pointers;   ///< EQ05
  std::vector<inquiry_amount> amounts;
  std::vector<inquiry_information> informations;
  std::vector<reference> references;
  std::vector<dated> dates;
};

struct inquired_person : person {
  std::vector<inquired_service> services;
  std::vector<inquired_person> dependents;  ///< a dependent has none
};

struct inquiring_receiver : party {
  std::vector<inquired_person> subscribers;
};

struct inquired_source : party {
  std::vector<inquiring_receiver> receivers;
};

/// One transaction set.
struct inquiry {
  std::uint32_t segment = 0;
  std::string_view control;    ///< ST02, 4 to 9 characters, unique in its group
  std::string_view version;    ///< ST03
  std::string_view purpose;    ///< BHT02: 13 a request
  std::string_view reference;  ///< BHT03
  std::string_view date;       ///< CCYYMMDD or CCYY-MM-DD
  std::string_view time;       ///< HHMM or HH:MM, with seconds or without
  std::string_view type;       ///< BHT06
  std::vector<inquired_source> sources;
};

/// ISA and GS. Everything that must be unique comes from the caller.
struct inquiry_envelope {
  std::string authorisation_qualifier = "00";
  std::string authorisation;
  std::string security_qualifier = "00";
  std::string security;
  std::string sender_qualifier = "ZZ";
  std::string sender;
  std::string receiver_qualifier = "ZZ";
  std::string receiver;
  std::string date;     ///< YYMMDD
  std::string time;     ///< HHMM
  std::string control;  ///< ISA13: 1 to 9 digits
  std::string acknowledgement_requested = "0";
  std::string usage = "T";  ///< P production, T test
  std::string group_sender;
  std::string group_receiver;
  std::string group_date;  ///< CCYYMMDD
  std::string group_time;
  std::string group_control;  ///< GS06: 1 to 9 digits
};

struct inquiry_batch {
  inquiry_envelope envelope;
  std::vector<inquiry> inquiries;
};

}  // namespace intake::forms::x12
