#include "service/backup/manifest.hpp"

#include "certs/hex.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/format.h>

namespace intake::service::backup {
namespace {

constexpr std::string_view first_line = "intake-backup 1";
constexpr std::string_view seal_word = "\nseal ";
constexpr std::size_t hash_digits = 64;

template <typename Bytes>
std::string hex(Bytes const& data) {
  std::string text;
  certs::append_hex(text, data);
  return text;
}

/// The words of a line one by one; what is left is the last one, whatever it holds.
class line_reader {
 public:
  explicit line_reader(std::string_view line) : rest_(line) {}

  std::string_view word() {
    auto const space = rest_.find(' ');
    auto const found = rest_.substr(0, space);
    rest_.remove_prefix(space == rest_.npos ? rest_.size() : space + 1);
    return found;
  }
  std::string rest() { return std::string(std::exchange(rest_, {})); }

  template <typename Integer>
  Integer number() {
    Integer value = 0;
    auto const text = word();
    auto const end = std::from_chars(text.data(), text.data() + text.size(), value);
    good_ = good_ && end.ec == std::errc{} && end.ptr == text.data() + text.size();
    return value;
  }
  std::array<std::uint8_t, 32> hash() {
    std::array<std::uint8_t, 32> value{};
    good_ = certs::read_hex(word(), value) && good_;
    return value;
  }
  bool good() const { return good_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool good_ = true;
};

using take_line = void (*)(manifest&, line_reader&);

struct line_kind {
  std::string_view word;
  take_line take;
};

constexpr line_kind kinds[] = {
    {"made",
     [](manifest& m, line_reader& line) {
       m.facts.taken = certs::utc_time(std::chrono::microseconds(line.number<std::int64_t>()));
     }},
    {"program", [](manifest& m, line_reader& line) { m.program = line.rest(); }},
    {"instance", [](manifest& m, line_reader& line) { m.instance = line.rest(); }},
    {"recipient", [](manifest& m, line_reader& line) { m.recipient = line.hash(); }},
    {"migration",
     [](manifest& m, line_reader& line) { m.facts.migrations.push_back(line.hash()); }},
    {"kek", [](manifest& m, line_reader& line) { m.facts.keks.push_back(line.rest()); }},
    {"head",
     [](manifest& m, line_reader& line) {
       db::snapshot_head head;
       head.number = line.number<std::int64_t>();
       head.link = line.hash();
       head.chain = line.rest();
       m.facts.heads.push_back(std::move(head));
     }},
    {"table",
     [](manifest& m, line_reader& line) {
       db::snapshot_table table;
       table.name = line.word();
       table.rows = line.number<std::int64_t>();
       table.columns = line.rest();
       m.facts.tables.push_back(std::move(table));
     }},
    {"sequence",
     [](manifest& m, line_reader& line) {
       db::snapshot_sequence sequence;
       sequence.name = line.word();
       sequence.last = line.number<std::int64_t>();
       m.facts.sequences.push_back(std::move(sequence));
     }},
    // A name may hold spaces, so it stands last.
    {"file",
     [](manifest& m, line_reader& line) {
       stored_file file;
       file.bytes = line.number<std::uint64_t>();
       file.sha256 = line.hash();
       file.name = line.rest();
       m.files.push_back(std::move(file));
     }},
};

bool take(manifest& m, std::string_view text) {
  line_reader line(text);
  auto const word = line.word();
  auto const* kind = std::ranges::find(kinds, word, &line_kind::word);
  if (kind == std::end(kinds)) return false;
  kind->take(m, line);
  return line.good();
}

/// Where the seal's line begins, after the line end before it; npos where there is none.
std::size_t seal_begins(std::string_view text) {
  auto const at = text.rfind(seal_word);
  auto const whole = seal_word.size() + hash_digits + 1;
  return at == text.npos || text.size() - at != whole || !text.ends_with('\n') ? text.npos : at + 1;
}

void add_facts(std::string& text, db::snapshot_facts const& facts) {
  for (auto const& each : facts.migrations) text += fmt::format("migration {}\n", hex(each));
  for (auto const& each : facts.keks) text += fmt::format("kek {}\n", each);
  for (auto const& each : facts.heads) {
    text += fmt::format("head {} {} {}\n", each.number, hex(each.link), each.chain);
  }
  for (auto const& each : facts.tables) {
    text += fmt::format("table {} {} {}\n", each.name, each.rows, each.columns);
  }
  for (auto const& each : facts.sequences) {
    text += fmt::format("sequence {} {}\n", each.name, each.last);
  }
}

}  // namespace

std::string table_file(std::string_view table) {
  return "tables/" + std::string(table);
}

std::string write_manifest(manifest const& m, certs::keyring const& keys) {
  auto text = fmt::format("{}\nmade {}\nprogram {}\ninstance {}\nrecipient {}\n", first_line,
                          m.facts.taken.time_since_epoch().count(), m.program, m.instance,
                          hex(m.recipient));
  add_facts(text, m.facts);
  for (auto const& each : m.files) {
    text += fmt::format("file {} {} {}\n", each.bytes, hex(each.sha256), each.name);
  }
  auto const seal = keys.keyed_hash(certs::key_role::backup_manifest, certs::as_bytes(text));
  return text + fmt::format("seal {}\n", hex(seal));
}

std::optional<manifest> read_manifest(std::string_view text) {
  auto const end = seal_begins(text);
  if (end == text.npos || !text.starts_with(first_line)) return std::nullopt;
  auto lines = text.substr(0, end);
  lines.remove_prefix(first_line.size());
  if (!lines.starts_with('\n')) return std::nullopt;
  lines.remove_prefix(1);
  manifest m;
  while (!lines.empty()) {
    auto const length = lines.find('\n');
    if (!take(m, lines.substr(0, length))) return std::nullopt;
    lines.remove_prefix(length + 1);
  }
  return m;
}

bool is_sealed_by(std::string_view text, certs::keyring const& keys) {
  auto const end = seal_begins(text);
  if (end == text.npos) return false;
  certs::hash256 written{};
  if (!certs::read_hex(text.substr(end + seal_word.size() - 1, hash_digits), written)) return false;
  auto const seal =
      keys.keyed_hash(certs::key_role::backup_manifest, certs::as_bytes(text.substr(0, end)));
  return certs::equal_in_constant_time(seal, written);
}

}  // namespace intake::service::backup
