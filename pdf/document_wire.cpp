#include "pdf/document_wire.hpp"

#include <bit>
#include <concepts>
#include <cstring>
#include <stdexcept>
#include <tuple>
#include <type_traits>

namespace intake::pdf {
namespace {

template <class T, class Wanted>
concept is = std::same_as<std::remove_const_t<T>, Wanted>;

// Every member by name: a struct that gets another member does not compile here until it is carried
// too.
auto members(is<heading> auto& v) {
  auto& [level, text, own, bookmark, anchor] = v;
  return std::tie(level, text, own, bookmark, anchor);
}
auto members(is<paragraph> auto& v) {
  auto& [text, voice, introduces] = v;
  return std::tie(text, voice, introduces);
}
auto members(is<answer> auto& v) {
  auto& [key, question, question_own, value, value_own, state, voice] = v;
  return std::tie(key, question, question_own, value, value_own, state, voice);
}
auto members(is<column> auto& v) {
  auto& [title, own, share] = v;
  return std::tie(title, own, share);
}
auto members(is<cell> auto& v) {
  auto& [key, text, own, state] = v;
  return std::tie(key, text, own, state);
}
auto members(is<table> auto& v) {
  auto& [caption, columns, rows] = v;
  return std::tie(caption, columns, rows);
}
auto members(is<notice> auto& v) {
  auto& [kind, title, lines] = v;
  return std::tie(kind, title, lines);
}
auto members(is<fact> auto& v) {
  auto& [label, value, key] = v;
  return std::tie(label, value, key);
}
auto members(is<facts> auto& v) {
  auto& [entries, columns, layout] = v;
  return std::tie(entries, columns, layout);
}
auto members(is<consent> auto& v) {
  auto& [title, paragraphs, agreement, edition] = v;
  return std::tie(title, paragraphs, agreement, edition);
}
auto members(is<stroke_point> auto& v) {
  auto& [x, y] = v;
  return std::tie(x, y);
}
auto members(is<signature> auto& v) {
  auto& [strokes, width, height, name, relation, method, at] = v;
  return std::tie(strokes, width, height, name, relation, method, at);
}
auto members(is<picture> auto& v) {
  auto& [jpeg, caption, width] = v;
  return std::tie(jpeg, caption, width);
}
auto members(is<body_mark> auto& v) {
  auto& [key, region, label, own, strength] = v;
  return std::tie(key, region, label, own, strength);
}
auto members(is<body_map> auto& v) {
  auto& [title, marks, beside] = v;
  return std::tie(title, marks, beside);
}
auto members(is<contents_entry> auto& v) {
  auto& [text, target] = v;
  return std::tie(text, target);
}
auto members(is<contents> auto& v) {
  auto& [entries] = v;
  return std::tie(entries);
}
auto members(is<qr_code> auto& v) {
  auto& [payload, caption] = v;
  return std::tie(payload, caption);
}
auto members(is<blank_answer> auto& v) {
  auto& [question, own, hint, kind, options] = v;
  return std::tie(question, own, hint, kind, options);
}
auto members(is<page_break> auto&) {
  return std::tuple<>();
}
auto members(is<clinic> auto& v) {
  auto& [name, lines] = v;
  return std::tie(name, lines);
}
auto members(is<banner> auto& v) {
  auto& [name, born, entries] = v;
  return std::tie(name, born, entries);
}
auto members(is<section> auto& v) {
  auto& [bookmark, letterhead, patient, footer, blocks] = v;
  return std::tie(bookmark, letterhead, patient, footer, blocks);
}
auto members(is<metadata> auto& v) {
  auto& [title, author, subject, language, created] = v;
  return std::tie(title, author, subject, language, created);
}
auto members(is<page_words> auto& v) {
  auto& [page_of, born, evaluation, not_answered, not_told, signed_word, edition, contents_word,
         front, back, right, left, strength] = v;
  return std::tie(page_of, born, evaluation, not_answered, not_told, signed_word, edition,
                  contents_word, front, back, right, left, strength);
}
auto members(is<document> auto& v) {
  auto& [about, purpose, sides, words, sections] = v;
  return std::tie(about, purpose, sides, words, sections);
}
auto members(is<rendered> auto& v) {
  auto& [bytes, pages, defects] = v;
  return std::tie(bytes, pages, defects);
}
auto members(is<drawn_section> auto& v) {
  auto& [pages, defects] = v;
  return std::tie(pages, defects);
}

template <class T>
concept number = std::integral<T> || std::is_enum_v<T>;

class wire_writer {
 public:
  std::string take() { return std::move(out_); }

  void put(number auto value) { put_bytes(static_cast<std::int64_t>(value)); }
  void put(float value) { put_bytes(std::bit_cast<std::int32_t>(value)); }
  void put(std::chrono::sys_seconds value) {
    put_bytes(std::int64_t{value.time_since_epoch().count()});
  }
  void put(std::string const& value) {
    put(value.size());
    out_ += value;
  }
  template <class T>
  void put(std::vector<T> const& values) {
    put(values.size());
    for (auto const& each : values) put(each);
  }
  void put(block const& value) {
    put(value.index());
    std::visit([this](auto const& each) { put(each); }, value);
  }
  void put(auto const& value)
    requires requires { members(value); }
  {
    std::apply([this](auto const&... each) { (put(each), ...); }, members(value));
  }

 private:
  void put_bytes(auto value) {
    char bytes[sizeof value];
    std::memcpy(bytes, &value, sizeof value);
    out_.append(bytes, sizeof value);
  }
  std::string out_;
};

class wire_reader {
 public:
  explicit wire_reader(std::string_view from) : rest_(from) {}

  void expect_end() const {
    if (!rest_.empty()) refuse();
  }

  template <number T>
  void get(T& value) {
    value = static_cast<T>(get_bytes<std::int64_t>());
  }
  void get(float& value) { value = std::bit_cast<float>(get_bytes<std::int32_t>()); }
  void get(std::chrono::sys_seconds& value) {
    value = std::chrono::sys_seconds{std::chrono::seconds{get_bytes<std::int64_t>()}};
  }
  void get(std::string& value) { value = take(get_count()); }
  template <class T>
  void get(std::vector<T>& values) {
    for (auto left = get_count(); left > 0; --left) get(values.emplace_back());
  }
  void get(block& value) {
    std::size_t index = 0;
    get(index);
    if (!choose(index, value, std::make_index_sequence<std::variant_size_v<block>>())) refuse();
  }
  void get(auto& value)
    requires requires { members(value); }
  {
    std::apply([this](auto&... each) { (get(each), ...); }, members(value));
  }

 private:
  [[noreturn]] static void refuse() {
    throw std::invalid_argument("These bytes are no document of this program.");
  }

  std::string_view take(std::size_t count) {
    if (count > rest_.size()) refuse();
    auto const out = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return out;
  }

  template <class T>
  T get_bytes() {
    T value;
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
    return value;
  }

  /// Everything counted takes a byte or more, so no count makes room for what is not there.
  std::size_t get_count() {
    auto const count = get_bytes<std::int64_t>();
    if (count < 0 || static_cast<std::size_t>(count) > rest_.size()) refuse();
    return static_cast<std::size_t>(count);
  }

  template <std::size_t... Each>
  bool choose(std::size_t index, block& value, std::index_sequence<Each...>) {
    auto const read = [&]<std::size_t At>(std::integral_constant<std::size_t, At>) {
      if (index != At) return false;
      get(value.emplace<At>());
      return true;
    };
    return (read(std::integral_constant<std::size_t, Each>()) || ...);
  }

  std::string_view rest_;
};

std::string written(auto const& value) {
  wire_writer out;
  out.put(value);
  return out.take();
}

template <class T>
T read(std::string_view bytes) {
  T value;
  wire_reader in(bytes);
  in.get(value);
  in.expect_end();
  return value;
}

}  // namespace

std::string write_document(document const& value) {
  return written(value);
}

std::string write_rendered(rendered const& value) {
  return written(value);
}

std::string write_section(section const& value) {
  return written(value);
}

std::string write_drawn(drawn_section const& value) {
  return written(value);
}

document read_document(std::string_view bytes) {
  return read<document>(bytes);
}

rendered read_rendered(std::string_view bytes) {
  return read<rendered>(bytes);
}

section read_section(std::string_view bytes) {
  return read<section>(bytes);
}

drawn_section read_drawn(std::string_view bytes) {
  return read<drawn_section>(bytes);
}

}  // namespace intake::pdf
