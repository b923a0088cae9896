#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

/// A paper copy as a value: what it says, in reading order, and nothing about where it stands on a
/// page. All text is UTF-8 of any script; hostile bytes are printed as U+FFFD, never refused.
namespace intake::pdf {

enum class heading_level : std::uint8_t { title, section, group };
enum class in_outline : std::uint8_t { no, yes };

struct heading {
  heading_level level = heading_level::section;
  std::string text{};
  std::string own_words{};  ///< the same in the patient's language; empty where that is the copy's
  in_outline bookmark = in_outline::no;
};

enum class tone : std::uint8_t { body, quiet, strong };

struct paragraph {
  std::string text{};
  tone voice = tone::body;
};

enum class answer_state : std::uint8_t { given, not_answered, not_told };

/// A question beside its answer. `key` names the answer in render()'s defects (a linkId path, never
/// a value); the words printed for the two other states come from page_words.
struct answer {
  std::string key{};
  std::string question{};
  std::string question_own_words{};
  std::string value{};
  std::string value_own_words{};
  answer_state state = answer_state::given;
};

struct column {
  std::string title{};
  float share = 1;  ///< of the table's width, relative to the other columns
};

struct cell {
  std::string key{};  ///< as answer::key; empty for a cell that is no answer
  std::string text{};
  std::string own_words{};
  answer_state state = answer_state::given;
};

/// Every row has as many cells as there are columns. Headers repeat on each page; a row may go over
/// the page.
struct table {
  std::string caption{};
  std::vector<column> columns{};
  std::vector<std::vector<cell>> rows{};
};

/// Said in words, a symbol and a border, so that it survives a grey printer.
enum class notice_kind : std::uint8_t { alert, information, accepted, refused, open };

struct notice {
  notice_kind kind = notice_kind::information;
  std::string title{};
  std::vector<std::string> lines{};
};

struct fact {
  std::string label{};
  std::string value{};
};

struct facts {
  std::vector<fact> entries{};
  unsigned columns = 2;  ///< 1 to 4
};

struct consent {
  std::string title{};
  std::vector<std::string> paragraphs{};  ///< the whole text of the edition that was agreed to
  std::string agreement{};                ///< what the person said to it
  std::string edition{};
};

struct stroke_point {
  float x = 0;
  float y = 0;  ///< downwards, as a browser's canvas has it
};

/// Pen strokes in the unit of the pad they were drawn on.
struct signature {
  std::vector<std::vector<stroke_point>> strokes{};
  float pad_width = 0;
  float pad_height = 0;
  std::string printed_name{};
  std::string relation{};
  std::string method{};
  std::string signed_at{};  ///< local time with its zone
};

/// A JPEG of our own making: what a patient uploads is decoded and encoded again before it gets
/// here.
struct picture {
  std::string jpeg{};
  std::string caption{};
  float width_max_pt = 240;
};

struct qr_code {
  std::string payload{};  ///< at most 1,000 bytes
  std::string caption{};
};

enum class blank_kind : std::uint8_t { line, lines, choice, signature };

/// A question on paper that waits for a pen.
struct blank_answer {
  std::string question{};
  std::string question_own_words{};
  std::string hint{};
  blank_kind kind = blank_kind::line;
  std::vector<std::string> options{};
};

struct page_break {};

using block = std::variant<heading, paragraph, answer, table, notice, facts, consent, signature,
                           picture, qr_code, blank_answer, page_break>;

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
};

struct document {
  metadata about{};
  standing purpose = standing::evaluation;
  page_words words{};
  std::vector<section> sections{};
};

}  // namespace intake::pdf
