#include "forms/x12/remarks.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace intake::forms::x12 {
namespace {

struct remark_row {
  remark_code code;
  std::string_view name;
  std::string_view sentence;
};

constexpr remark_code last_error = remark_code::nothing_inside;

using enum remark_code;
constexpr remark_row remark_rows[] = {
    {empty_file, "empty-file", "The file is empty."},
    {not_x12, "not-x12", "The text does not begin with an ISA segment: it is no X12 file."},
    {utf16, "utf-16", "The text is UTF-16; X12 has one byte for every character."},
    {isa_lower_case, "isa-lower-case", "The text begins with ISA in lower case; it is not read."},
    {isa_space, "isa-space",
     "A space follows ISA: it can't separate elements that are filled up with spaces."},
    {isa_unreadable, "isa-unreadable",
     "The ISA segment can't be read: this element is missing or has not its form."},
    {isa_separators, "isa-separators",
     "Of the separators that ISA names two are the same character, or one is a letter or digit."},
    {file_too_large, "file-too-large", "The file is larger than is read in one piece."},
    {cut_off, "cut-off", "The text ends before it should: part of what it has to say is missing."},
    {set_not_supported, "set-not-supported",
     "Only 270, 271, 997, 999 and TA1 are read; this transaction set is another one."},
    {nothing_inside, "nothing-inside", "The interchange holds no transaction set and no TA1."},
    {byte_order_mark, "byte-order-mark", "A byte order mark stands before ISA."},
    {blank_before_isa, "blank-before-isa", "Blank lines stand before ISA."},
    {bytes_between_interchanges, "bytes-between-interchanges",
     "Bytes that belong to no interchange stand after IEA."},
    {isa_width, "isa-width", "The elements of ISA do not have their fixed widths."},
    {isa_terminator_missing, "isa-terminator-missing",
     "No segment terminator follows ISA16; the one of the next segments is taken."},
    {repetition_separator, "repetition-separator",
     "ISA11 is no repetition separator, or is the same character as another separator."},
    {last_terminator_missing, "last-terminator-missing",
     "The last segment has no segment terminator."},
    {empty_segment, "empty-segment", "Two segment terminators stand together."},
    {trailing_separator, "trailing-separator", "Separators stand at the end of the segment."},
    {lower_case_id, "lower-case-id", "The segment's name is in lower case."},
    {character_not_allowed, "character-not-allowed",
     "A character is outside the character sets of X12."},
    {too_many_elements, "too-many-elements", "The segment has more elements than any may have."},
    {se_count, "se-count", "SE01 does not say how many segments the transaction set has."},
    {se_control, "se-control", "SE02 is not the control number of ST02."},
    {se_missing, "se-missing", "The transaction set has no SE."},
    {ge_count, "ge-count", "GE01 does not say how many transaction sets the group has."},
    {ge_control, "ge-control", "GE02 is not the control number of GS06."},
    {ge_missing, "ge-missing", "The functional group has no GE."},
    {iea_count, "iea-count", "IEA01 does not say how many functional groups there are."},
    {iea_control, "iea-control", "IEA02 is not the control number of ISA13."},
    {iea_missing, "iea-missing", "The interchange has no IEA."},
    {cut_between_sets, "cut-between-sets",
     "The text ends in a functional group, after a transaction set: more of them may be missing."},
    {group_empty, "group-empty", "The functional group holds no transaction set."},
    {control_repeated, "control-repeated",
     "The same control number came before at this level of the file."},
    {group_for_other_set, "group-for-other-set",
     "GS01 names another kind of transaction set than ST01."},
    {version_4010, "version-4010", "The transaction set is of version 4010; it is read as 5010."},
    {version_unknown, "version-unknown", "GS08 names no version that is known here."},
    {version_differs, "version-differs", "ST03 and GS08 name different versions."},
    {isa_version, "isa-version", "ISA12 names another version than GS08."},
    {segment_outside_set, "segment-outside-set", "The segment stands outside a transaction set."},
    {unknown_segment, "unknown-segment", "The transaction set has no segment of this name."},
    {segment_misplaced, "segment-misplaced", "The segment has no place in this loop."},
    {segment_out_of_order, "segment-out-of-order",
     "The segment comes later in its loop than it should."},
    {segment_missing, "segment-missing", "A segment that is required is missing."},
    {segment_repeated, "segment-repeated", "The segment stands here more often than it may."},
    {hl_level, "hl-level", "HL03 names a level that the transaction set does not have."},
    {hl_parent, "hl-parent", "HL02 names no level above this one."},
    {hl_repeated, "hl-repeated", "HL01 came before in this transaction set."},
    {hl_sequence, "hl-sequence", "HL01 is not the next number."},
    {hl_child_code, "hl-child-code", "HL04 and the levels that follow do not agree."},
    {ls_without_le, "ls-without-le", "LS is not closed by LE."},
    {le_without_ls, "le-without-ls", "LE closes no LS."},
    {le_differs, "le-differs", "LE01 is not the code of the LS that it closes."},
    {name_missing, "name-missing", "The level has no NM1."},
    {element_missing, "element-missing", "The element is required."},
    {element_too_short, "element-too-short", "The element is shorter than it may be."},
    {element_too_long, "element-too-long", "The element is longer than it may be."},
    {element_not_used, "element-not-used", "The segment has no element of this number."},
    {element_malformed, "element-malformed", "The element is not of its type."},
    {value_not_allowed, "value-not-allowed", "The element has a value that has no place here."},
    {components_not_allowed, "components-not-allowed",
     "A component separator stands in an element that has no components."},
    {repetition_not_allowed, "repetition-not-allowed",
     "A repetition separator stands in an element that does not repeat."},
    {repetition_empty, "repetition-empty", "One of the element's repetitions is empty."},
    {pair_incomplete, "pair-incomplete", "Of two elements that go together one is missing."},
    {date_unreadable, "date-unreadable", "The date is no date of its format."},
    {amount_unreadable, "amount-unreadable",
     "The amount is no number of whole cents; it is shown as unknown."},
    {percent_unreadable, "percent-unreadable",
     "The percentage is no fraction between 0 and 1; it is shown as unknown."},
    {counts_differ, "counts-differ",
     "The counts of AK9 contradict each other, its code or the sets that are named."},
};

constexpr bool rows_are_in_order() {
  for (std::size_t i = 0; i < std::size(remark_rows); ++i) {
    if (static_cast<std::size_t>(remark_rows[i].code) != i) return false;
  }
  return true;
}
static_assert(rows_are_in_order());

}  // namespace

std::string_view name_of(remark_code code) {
  return remark_rows[static_cast<std::size_t>(code)].name;
}

std::string reason_of(remark const& one) {
  std::string reason{remark_rows[static_cast<std::size_t>(one.code)].sentence};
  if (!one.detail.empty()) reason += " (" + one.detail + ")";
  return reason;
}

void remarks::add(remark_code code, std::uint32_t segment, std::size_t element,
                  std::string detail) {
  auto& list = code <= last_error ? errors_ : deviations_;
  if (list.size() == remarks_max) {
    ++left_out_;
    return;
  }
  list.push_back({segment, static_cast<std::uint16_t>(element), code, std::move(detail)});
}

void remarks::sort() {
  std::ranges::stable_sort(deviations_, {}, &remark::segment);
  std::ranges::stable_sort(errors_, {}, &remark::segment);
}

}  // namespace intake::forms::x12
