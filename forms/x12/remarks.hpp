#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// What a file does otherwise than the standard: kept beside what was read, with its place.
namespace intake::forms::x12 {

enum class remark_code : std::uint8_t {
  // Errors: the file, or a part of it, can't be used.
  empty_file,
  not_x12,
  utf16,
  isa_lower_case,
  isa_space,
  isa_unreadable,
  isa_separators,
  file_too_large,
  cut_off,
  set_not_supported,
  nothing_inside,
  // Deviations of the bytes.
  byte_order_mark,
  blank_before_isa,
  bytes_between_interchanges,
  isa_width,
  isa_terminator_missing,
  repetition_separator,
  last_terminator_missing,
  empty_segment,
  trailing_separator,
  lower_case_id,
  character_not_allowed,
  too_many_elements,
  // Deviations of the envelope.
  se_count,
  se_control,
  se_missing,
  ge_count,
  ge_control,
  ge_missing,
  iea_count,
  iea_control,
  iea_missing,
  cut_between_sets,
  group_empty,
  control_repeated,
  group_for_other_set,
  version_4010,
  version_unknown,
  version_differs,
  isa_version,
  segment_outside_set,
  // Deviations of a transaction set.
  unknown_segment,
  segment_misplaced,
  segment_out_of_order,
  segment_missing,
  segment_repeated,
  hl_level,
  hl_parent,
  hl_repeated,
  hl_sequence,
  hl_child_code,
  ls_without_le,
  le_without_ls,
  le_differs,
  name_missing,
  element_missing,
  element_too_short,
  element_too_long,
  element_not_used,
  element_malformed,
  value_not_allowed,
  components_not_allowed,
  repetition_not_allowed,
  repetition_empty,
  pair_incomplete,
  date_unreadable,
  amount_unreadable,
  percent_unreadable,
  counts_differ,
};

/// Where and what; `segment` counts from the file's first (ISA is 1), 0 is the file as a whole;
/// `element` as the standard numbers them, 0 is the segment as a whole.
struct remark {
  std::uint32_t segment = 0;
  std::uint16_t element = 0;
  remark_code code = remark_code::empty_file;
  /// Counts and names of the standard only ("says 15, counted 14"), never a value of the file.
  std::string detail;
  bool operator==(remark const&) const = default;
};

/// Kebab-case, stable: "se-count".
std::string_view name_of(remark_code);
/// One sentence that says what is wrong; with the detail where there is one.
std::string reason_of(remark const&);

inline constexpr std::size_t remarks_max = 1000;

/// Collects what was found, in the order of the file. Of more than `remarks_max` only the number is
/// kept.
class remarks {
 public:
  void add(remark_code, std::uint32_t segment, std::size_t element = 0, std::string detail = {});
  /// Puts them in the order of the file; those of one place stay as they were found.
  void sort();

  std::vector<remark> const& deviations() const noexcept { return deviations_; }
  std::vector<remark> const& errors() const noexcept { return errors_; }
  std::size_t left_out() const noexcept { return left_out_; }
  bool empty() const noexcept { return deviations_.empty() && errors_.empty(); }

 private:
  std::vector<remark> deviations_;
  std::vector<remark> errors_;
  std::size_t left_out_ = 0;
};

}  // namespace intake::forms::x12
