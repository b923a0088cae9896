#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace intake::service {

/// The most bytes a written summary takes, whatever a patient is called: lists of thousands must
/// open quickly.
inline constexpr std::size_t summary_bytes_max = 512;

/// Of the 64 hexadecimal digits of a rule set's name: enough to find it among a clinic's own.
inline constexpr std::size_t rule_set_digits = 16;

/// What a list may show of a submission without opening its answers.
struct summary {
  std::string family{};
  std::string given{};
  /// FHIR date, possibly partial; empty where not given.
  std::string birth_date{};
  std::string phone{};
  /// Ids of the forms received, in the packet's order.
  std::vector<std::string> forms{};
  /// Outcome of the visit's insurance decision and the rule that spoke; empty where no coverage was
  /// given.
  std::string outcome{};
  std::string rule{};
  /// How the name of the rule set that decided begins; empty in summaries of before.
  std::string rule_set{};
  /// Codes of the safety alerts that staff must see.
  std::vector<std::string> alerts{};
  /// What staff must still ask for: "form:ID" of a form that was asked and not sent, "sign:LINK" of
  /// an agreement that was not signed, by its group.
  std::vector<std::string> missing{};
  /// Who filled it in where it was not the patient on a device of their own: "staff", "device".
  std::string filled_in{};
  /// How many files are attached.
  std::size_t files = 0;
  /// BCP 47 tag of the language it was filled in.
  std::string language{};

  bool operator==(summary const&) const = default;
};

/// How many a list had before it was cut to fit.
std::size_t count_in(std::vector<std::string> const& list);

/// At most `summary_bytes_max` bytes: long names are cut at a character and end in "…", then the
/// tails of the lists of forms and alerts become a last element "+n". Short ones come back from
/// `read_summary` as they were.
std::string write_summary(summary const&);

/// Nothing where the text is not a summary: then the row was not written by this program.
std::optional<summary> read_summary(std::string_view text);

}  // namespace intake::service
