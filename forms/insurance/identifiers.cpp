#include "forms/insurance/identifiers.hpp"

#include "forms/insurance/id_pattern.hpp"
#include "forms/insurance/identifier_messages.hpp"

#include <algorithm>
#include <array>

namespace intake::forms::insurance {
namespace {

bool fits(std::string_view pattern, std::string_view normal) {
  std::string fault;
  auto const read = id_pattern::read(pattern, fault);
  return read && read->matches(normal);
}

bool all_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

identifier_reading good(std::string normal) {
  identifier_reading result;
  result.good = true;
  result.normal = std::move(normal);
  return result;
}

identifier_reading wrong(std::string_view problem, keeping store = keeping::as_typed) {
  identifier_reading result;
  result.problem = problem;
  result.store = store;
  result.message = identifier_message(problem);
  return result;
}

// SSA: no area 000, 666 or 900-999, no group 00, no serial 0000; two numbers were printed in
// advertisements and never belong to the person who writes them.
bool is_possible_ssn(std::string_view digits) {
  if (digits.size() != 9 || !all_digits(digits)) return false;
  auto const area = digits.substr(0, 3);
  if (area == "000" || area == "666" || area[0] == '9') return false;
  if (digits.substr(3, 2) == "00" || digits.substr(5) == "0000") return false;
  return digits != "078051120" && digits != "219099999";
}

// Three digits, two, four. Without its hyphens nine digits may be a member number as well.
bool is_written_as_ssn(std::string_view typed) {
  std::string shape;
  for (char const c : typed) {
    bool const is_digit = c >= '0' && c <= '9';
    // What is not ASCII can only be one of Unicode's hyphens here: the rest are nine digits.
    bool const divides = c == '-' || c == ' ' || c == '.' || c == '\t' || (c & 0x80) != 0;
    if (!is_digit && !divides) return false;
    if (is_digit || (!shape.empty() && shape.back() != '-')) shape += is_digit ? '0' : '-';
  }
  while (shape.ends_with('-')) shape.pop_back();
  return shape == "000-00-0000";
}

// The number before 2018: a Social Security number and a beneficiary code, or the Railroad Board's
// letters before six or nine digits.
bool is_retired_medicare_number(std::string_view normal) {
  return fits("N{9} L B{0-1} | L{1-3} N{6} | L{1-3} N{9}", normal);
}

identifier_reading read_mbi(std::string normal) {
  if (fits("C A X N A X N A A N N", normal)) return good(std::move(normal));
  if (is_retired_medicare_number(normal)) return wrong("hicn-retired", keeping::nothing);
  if (fits("N{9}", normal)) return wrong("looks-like-ssn", keeping::nothing);
  if (normal.size() != 11) return wrong("mbi-length");
  return wrong(fits("C L B N L B N L L N N", normal) ? "mbi-excluded-letter" : "mbi-pattern");
}

identifier_reading read_dbn(std::string normal) {
  if (all_digits(normal)) {
    if (normal.size() == 11) return good(std::move(normal));
    if (normal.size() == 10) return wrong("dbn-is-dod-id");
    if (normal.size() == 9) return wrong("looks-like-ssn", keeping::nothing);
  }
  return wrong("dbn-length");
}

// R and eight digits: the Federal Employee Program has no prefix of its own.
identifier_reading read_bcbs(std::string normal) {
  if (fits("'R' N{8}", normal) || fits("B{3} B{4-14}", normal)) {
    if (is_possible_ssn(normal)) return wrong("looks-like-ssn", keeping::nothing);
    return good(std::move(normal));
  }
  return wrong("bcbs-prefix");
}

// ISO/IEC 7812 Luhn over the card issuer prefix 80840 and the number.
identifier_reading read_npi(std::string normal) {
  if (normal.size() == 15 && normal.starts_with("80840")) normal.erase(0, 5);
  if (!fits("N{10}", normal) || (normal[0] != '1' && normal[0] != '2')) return wrong("npi-length");
  int sum = 0;
  std::string const whole = "80840" + normal;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    int digit = whole[whole.size() - 1 - i] - '0';
    if (i % 2 == 1) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
    sum += digit;
  }
  return sum % 10 == 0 ? good(std::move(normal)) : wrong("npi-check-digit");
}

identifier_reading read_ssn(std::string normal) {
  return is_possible_ssn(normal) ? good(std::move(normal)) : wrong("ssn-impossible");
}

identifier_reading read_rx_bin(std::string normal) {
  return fits("N{6} | N{8}", normal) ? good(std::move(normal)) : wrong("rx-bin-length");
}

// North American Numbering Plan: area and exchange begin with 2 to 9 and are not N11.
bool is_north_american(std::string_view digits) {
  auto const is_code = [](std::string_view code) {
    return code[0] >= '2' && !(code[1] == '1' && code[2] == '1');
  };
  return digits.size() == 10 && is_code(digits.substr(0, 3)) && is_code(digits.substr(3, 3));
}

identifier_reading read_phone(std::string_view typed) {
  std::string digits;
  bool const international = typed.find('+') != std::string_view::npos;
  for (char const letter : typed) {
    if (letter >= '0' && letter <= '9') digits += letter;
    if (letter == 'x' || letter == 'X' || letter == '#') break;
    if (letter == 'e' || letter == 'E') break;
  }
  if (digits.size() == 11 && digits[0] == '1') digits.erase(0, 1);
  if (is_north_american(digits)) return good("+1" + digits);
  bool const elsewhere = international && digits[0] != '1' && digits.size() >= 7;
  if (elsewhere && digits.size() <= 15) return good("+" + digits);
  return wrong("phone-number");
}

identifier_reading read_zip(std::string normal) {
  bool const shaped = fits("N{5} | N{9}", normal);
  // The lowest ZIP in use is 00501 (Holtsville, New York).
  if (!shaped || normal.substr(0, 5) < "00501") return wrong("zip-code");
  if (normal.size() == 9) normal.insert(5, "-");
  return good(std::move(normal));
}

identifier_reading read_payer_id(std::string normal) {
  return fits("B{2-15}", normal) ? good(std::move(normal)) : wrong("payer-id");
}

constexpr std::array<std::string_view, 9> kind_names{
    "mbi", "dbn", "bcbs_member", "npi", "ssn", "rx_bin", "phone", "zip", "payer_id"};

}  // namespace

identifier_reading read_identifier(identifier_kind kind, std::string_view typed) {
  auto normal = normal_identifier(typed);
  if (normal.empty()) return wrong("identifier-empty");
  switch (kind) {
    case identifier_kind::mbi:
      return read_mbi(std::move(normal));
    case identifier_kind::dbn:
      return read_dbn(std::move(normal));
    case identifier_kind::bcbs_member:
      return read_bcbs(std::move(normal));
    case identifier_kind::npi:
      return read_npi(std::move(normal));
    case identifier_kind::ssn:
      return read_ssn(std::move(normal));
    case identifier_kind::rx_bin:
      return read_rx_bin(std::move(normal));
    case identifier_kind::phone:
      return read_phone(typed);
    case identifier_kind::zip:
      return read_zip(std::move(normal));
    case identifier_kind::payer_id:
      return read_payer_id(std::move(normal));
  }
  return wrong("identifier-empty");
}

std::optional<identifier_kind> identifier_kind_named(std::string_view check) {
  auto const found = std::find(kind_names.begin(), kind_names.end(), check);
  if (found == kind_names.end()) return std::nullopt;
  return static_cast<identifier_kind>(found - kind_names.begin());
}

identifier_reading read_member_number(id_format const& format, std::string_view typed) {
  auto const kind = identifier_kind_named(format.check);
  if (kind) {
    auto checked = read_identifier(*kind, typed);
    if (!checked.good) return checked;
  }
  auto normal = normal_identifier(typed);
  std::string fault;
  auto const pattern = id_pattern::read(format.pattern, fault);
  bool const takes_anything = format.pattern.empty() || !pattern;
  bool const is_taken = !normal.empty() && (takes_anything || pattern->matches(normal));
  bool const looks_like_ssn = is_possible_ssn(normal) && (!is_taken || is_written_as_ssn(typed)) &&
                              kind != identifier_kind::ssn;
  if (looks_like_ssn) return wrong("looks-like-ssn", keeping::nothing);
  if (!is_taken) {
    auto result = wrong(normal.empty() ? "identifier-empty" : "member-number");
    if (!format.message.empty()) result.message = format.message;
    return result;
  }
  return good(std::move(normal));
}

}  // namespace intake::forms::insurance
