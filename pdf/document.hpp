#pragma once
#include "pdf/blocks.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

/// A paper copy as a value: what it says, in reading order, and nothing about where it stands on a
/// page. All text is UTF-8 of any script; hostile bytes are printed as U+FFFD, never refused.
namespace intake::pdf {

struct clinic {
  std::string name{};
  std::vector<std::string> lines{};  ///< address, telephone: one a line, at most four are printed
};

/// Who and what each page belongs to.
struct banner {
  std::string name{};
  std::string born{};           ///< date of birth and age
  std::vector<fact> entries{};  ///< receipt, submitted, form, language
};

/// One record's pages: they are numbered by themselves ("page 2 of 5").
struct section {
  std::string bookmark{};  ///< empty: the section has none of its own
  clinic letterhead{};
  banner patient{};
  std::string footer{};  ///< which copy this is and as of when
  std::vector<block> blocks{};
};

enum class standing : std::uint8_t { production, evaluation };

/// On both sides of the sheet every section begins on a new sheet: an empty page makes its number
/// of pages even.
enum class printed_on : std::uint8_t { one_side, both };

struct metadata {
  std::string title{};
  std::string author{};
  std::string subject{};
  std::string language = "en";  ///< BCP 47
  std::chrono::sys_seconds created{};
};

/// The words that the layout itself prints.
struct page_words {
  std::string page_of = "Page {page} of {pages}";
  std::string born = "Date of birth";
  std::string evaluation = "Evaluation: not for real patients";
  std::string not_answered = "Not answered";
  std::string not_told = "Preferred not to say";
  std::string signature = "Signature";
  std::string edition = "Edition";
  std::string contents = "In this copy";
  std::string front = "Front";
  std::string back = "Back";
  std::string right = "R";
  std::string left = "L";
  std::string strength = "{strength} of 10";
};

struct document {
  metadata about{};
  standing purpose = standing::evaluation;
  printed_on sides = printed_on::one_side;
  page_words words{};
  std::vector<section> sections{};
};

}  // namespace intake::pdf
