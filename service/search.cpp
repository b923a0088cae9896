#include "service/search.hpp"

#include "certs/name_fold.hpp"
#include "certs/receipt.hpp"
#include "db/search.hpp"
#include "forms/insurance/calendar.hpp"
#include "forms/utf8.hpp"
#include "service/record.hpp"

#include <algorithm>

namespace intake::service {
namespace {

/// What an answer within 50 ms leaves time for.
constexpr std::size_t opened_max = 500;
constexpr int rows_at_once = 200;
/// The last rows of a rare name are nearer than a whole batch.
constexpr int rows_at_first = 100;
constexpr std::size_t prefix_letters = 3;
constexpr std::size_t member_id_letters_min = 5;
constexpr std::size_t words_max = 6;
constexpr std::string_view phone_marks = " ()+-.";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::size_t digits_in(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, is_digit));
}

std::vector<std::string> pieces_of(std::string_view typed) {
  std::vector<std::string> pieces;
  std::string piece;
  for (char const c : typed) {
    bool const parts = c == ' ' || c == ',' || c == '\t' || c == '\n' || c == '\r';
    if (!parts) piece += c;
    if (parts && !piece.empty()) pieces.push_back(std::exchange(piece, {}));
  }
  if (!piece.empty()) pieces.push_back(std::move(piece));
  return pieces;
}

/// A telephone number is often typed with spaces: "(305) 555 0101".
bool is_phone(std::string_view typed) {
  bool const plain = std::ranges::all_of(
      typed, [](char c) { return is_digit(c) || phone_marks.find(c) != std::string_view::npos; });
  return plain && digits_in(typed) >= 7;
}

void read_piece(std::string const& piece, search_question& asked) {
  auto const date = forms::insurance::read_table_date(piece);
  if (date) {
    asked.birth_date = forms::insurance::write_date(date->day);
  } else if (piece.size() == 4 && digits_in(piece) == 4) {
    asked.last_four = piece;
  } else if (digits_in(piece) > 0 && certs::fold_member_id(piece).size() >= member_id_letters_min) {
    asked.member_id = piece;
    if (is_phone(piece)) asked.phone = piece;
  } else {
    for (auto& word : certs::fold_words(piece)) {
      if (asked.words.size() < words_max) asked.words.push_back(std::move(word));
    }
  }
}

void add(std::optional<certs::search_token> token, std::vector<db::search_token>& all) {
  if (!token || all.size() == db::search_tokens_max) return;
  all.push_back({static_cast<std::int16_t>(token->field), std::move(token->value)});
}

/// What finds rows by one of the ways that the question leaves open.
using token_list = std::vector<db::search_token>;

void add_coarse(certs::keyring const& keys, search_question const& asked, token_list& all) {
  if (!asked.birth_date.empty()) add(certs::birth_date_token(keys, asked.birth_date), all);
  if (!asked.last_four.empty()) add(certs::phone_last_four_token(keys, asked.last_four), all);
  for (auto const& word : asked.words) {
    // Two letters find only a name of two letters, so beside something else they only filter.
    if (forms::count_code_points(word) >= prefix_letters)
      add(certs::name_prefix_token(keys, word), all);
  }
  if (!all.empty()) return;
  for (auto const& word : asked.words) add(certs::name_prefix_token(keys, word), all);
}

std::vector<token_list> ways_of(certs::keyring const& keys, search_question const& asked) {
  std::vector<token_list> ways;
  if (!asked.phone.empty()) add(certs::phone_token(keys, asked.phone), ways.emplace_back());
  if (!asked.member_id.empty()) {
    add(certs::member_id_token(keys, asked.member_id), ways.emplace_back());
  }
  if (ways.empty()) ways.emplace_back();
  for (auto& way : ways) add_coarse(keys, asked, way);
  std::erase_if(ways, [](token_list const& way) { return way.empty(); });
  return ways;
}

bool begins_some(std::string_view word, std::vector<std::string> const& names,
                 std::string const& whole) {
  auto const begins = [&](std::string const& name) { return name.starts_with(word); };
  return begins(whole) || std::ranges::any_of(names, begins);
}

class searcher {
 public:
  searcher(db::pool& desk, certs::kek_provider const& keks, search_question const& asked)
      : desk_(desk), keks_(keks), asked_(asked) {}

  search_page by(token_list const& tokens, std::optional<certs::uuid> below, std::size_t rows_max) {
    search_page page;
    std::size_t opened = 0;
    for (int batch = rows_at_first; opened < opened_max; batch = rows_at_once) {
      auto rows = db::search_submissions(desk_, tokens, below, batch);
      bool const last = rows.size() < static_cast<std::size_t>(batch);
      for (auto& row : rows) {
        ++opened;
        below = row.head.id;
        take(std::move(row), page);
        if (page.found.size() == rows_max) {
          page.next = below;
          return page;
        }
      }
      if (last) return page;
    }
    page.next = below;
    return page;
  }

  /// A row that does not open is shown: whoever looks for it must hear that it is there.
  void take(db::listed_submission row, search_page& page) {
    auto sent = open_summary(keks_, row).content;
    if (sent && !fits(asked_, *sent)) return;
    page.found.push_back({std::move(row.head), std::move(sent)});
  }

 private:
  db::pool& desk_;
  certs::kek_provider const& keks_;
  search_question const& asked_;
};

/// "…|2" as the code has it, "…, version 2" as the page prints it, or the id alone. Whatever stands
/// between is skipped: a scanner types as its keyboard is set, and "|" is elsewhere on a Spanish
/// one.
std::optional<copy_code> read_copy_code(std::string_view typed) {
  constexpr std::size_t id_letters = 36;
  constexpr std::size_t version_digits_max = 6;
  auto const begin = typed.find_first_not_of(phone_marks);
  if (begin == typed.npos) return std::nullopt;
  typed.remove_prefix(begin);
  auto const id = certs::parse_uuid(typed.substr(0, id_letters));
  if (!id) return std::nullopt;
  copy_code code{*id};
  std::size_t digits = 0;
  for (char const c : typed.substr(std::min(typed.size(), id_letters))) {
    if (!is_digit(c)) continue;
    if (++digits > version_digits_max) return std::nullopt;
    code.version = code.version * 10 + (c - '0');
  }
  return code;
}

/// "O Neil" may be O'Neil, whose words are one: what stands alone before another word belongs to
/// it.
std::vector<search_question> spellings_of(search_question const& asked) {
  std::vector<search_question> all{asked};
  std::vector<std::string> joined;
  for (auto const& word : asked.words) {
    bool const joins = !joined.empty() && forms::count_code_points(joined.back()) == 1;
    if (joins) joined.back() += word;
    if (!joins) joined.push_back(word);
  }
  if (joined.size() == asked.words.size()) return all;
  all.push_back(asked);
  all.back().words = std::move(joined);
  return all;
}

void merge(search_page& into, search_page more) {
  for (auto& each : more.found) {
    bool const known = std::ranges::any_of(
        into.found, [&](found_submission const& one) { return one.head.id == each.head.id; });
    if (!known) into.found.push_back(std::move(each));
  }
  if (more.next) into.next = into.next ? std::max(*into.next, *more.next) : more.next;
}

}  // namespace

bool search_question::empty() const {
  return words.empty() && birth_date.empty() && last_four.empty() && phone.empty() &&
         member_id.empty() && receipt.empty() && !copy;
}

bool search_question::is_too_short() const {
  return birth_date.empty() && last_four.empty() && phone.empty() && member_id.empty() &&
         receipt.empty() && !copy && std::ranges::all_of(words, [](auto const& word) {
           return forms::count_code_points(word) < 2;
         });
}

search_question read_search(std::string_view typed) {
  search_question asked;
  asked.copy = read_copy_code(typed);
  if (asked.copy) return asked;
  if (auto const receipt = certs::parse_receipt(typed)) {
    asked.receipt = certs::to_string(*receipt);
    return asked;
  }
  if (is_phone(typed) && !forms::insurance::read_table_date(typed)) {
    asked.phone = typed;
    asked.member_id = typed;
    return asked;
  }
  for (auto const& piece : pieces_of(typed)) read_piece(piece, asked);
  return asked;
}

bool fits(search_question const& asked, summary const& s) {
  if (!asked.birth_date.empty() && asked.birth_date != s.birth_date) return false;
  if (!asked.last_four.empty()) {
    auto const folded = certs::fold_phone(s.phone);
    auto const& digits = folded.empty() ? s.phone : folded;
    if (!digits.ends_with(asked.last_four)) return false;
  }
  auto const family = certs::fold_words(s.family);
  auto const given = certs::fold_words(s.given);
  auto const whole_family = certs::fold_name(s.family);
  auto const whole_given = certs::fold_name(s.given);
  return std::ranges::all_of(asked.words, [&](std::string const& word) {
    return begins_some(word, family, whole_family) || begins_some(word, given, whole_given);
  });
}

search_page search(db::pool& desk, certs::keyring const& keys, certs::kek_provider const& keks,
                   search_question const& asked, std::optional<certs::uuid> below,
                   std::size_t rows_max) {
  search_page page;
  searcher one(desk, keks, asked);
  if (asked.copy) {
    for (auto& row : db::list_by_ids(desk, {&asked.copy->record, 1}))
      one.take(std::move(row), page);
    return page;
  }
  if (!asked.receipt.empty()) {
    auto const id = db::find_receipt(desk, asked.receipt);
    if (!id) return page;
    for (auto& row : db::list_by_ids(desk, {&*id, 1})) one.take(std::move(row), page);
    return page;
  }
  for (auto const& spelled : spellings_of(asked)) {
    searcher by_words(desk, keks, spelled);
    for (auto const& way : ways_of(keys, spelled)) merge(page, by_words.by(way, below, rows_max));
  }
  // Where one way stopped higher than the other reached, the rest comes with the next page.
  if (page.next) {
    std::erase_if(page.found, [&](auto const& each) { return each.head.id < *page.next; });
  }
  return page;
}

}  // namespace intake::service
