#pragma once
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

/// What a copy is made of, in reading order.
namespace intake::pdf {

enum class heading_level : std::uint8_t { title, section, group };
enum class in_outline : std::uint8_t { no, yes };

struct heading {
  heading_level level = heading_level::section;
  std::string text{};
  std::string own_words{};  ///< the same in the patient's language; empty where that is the copy's
  in_outline bookmark = in_outline::no;
  std::string anchor{};  ///< what contents_entry::target names; unique in its section
};

enum class tone : std::uint8_t { body, quiet, strong };

struct paragraph {
  std::string text{};
  tone voice = tone::body;
  bool introduces = false;  ///< never stands alone at the foot of a page
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
  tone voice = tone::body;  ///< strong: a total or a band
};

struct column {
  std::string title{};
  std::string own_words{};
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
  std::string key{};  ///< as answer::key; empty where the value is no answer
};

/// In columns below their labels, or one after the other like words, for many short ones.
enum class facts_layout : std::uint8_t { columns, flowing };

struct facts {
  std::vector<fact> entries{};
  unsigned columns = 2;  ///< 1 to 4
  facts_layout layout = facts_layout::columns;
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

/// A place of the body that hurts.
struct body_mark {
  std::string key{};     ///< as answer::key
  std::string region{};  ///< as body_figure names it; one it does not know stands in the list only
  std::string label{};
  std::string label_own_words{};
  std::string strength{};  ///< 0 to 10 as it was given; empty where nobody said
};

/// A figure from the front and from the back, with the marked regions, beside their list.
struct body_map {
  std::string title{};  ///< of the list
  std::vector<body_mark> marks{};
  /// Stand beside the list where they are no higher than the figure, else below it in two columns.
  std::vector<fact> beside{};
};

struct contents_entry {
  std::string text{};
  std::string target{};  ///< heading::anchor in the same section
};

/// Where each part begins, with its page; the lines are links.
struct contents {
  std::vector<contents_entry> entries{};
};

struct qr_code {
  std::string payload{};  ///< at most 1,000 bytes
  std::string caption{};
};

/// open_choice: below the options a line for an answer of one's own.
enum class blank_kind : std::uint8_t { line, lines, choice, signature, open_choice };

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
                           picture, body_map, contents, qr_code, blank_answer, page_break>;

}  // namespace intake::pdf
