#include "certs/kek_file.hpp"

#include "certs/atomic_file.hpp"
#include "certs/hash_chain.hpp"
#include "certs/hex.hpp"
#include "certs/utc_text.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <stdexcept>
#include <vector>

namespace intake::certs {
namespace {

constexpr std::string_view header = "intake-keys 1";
constexpr std::string_view kek_word = "kek";
constexpr std::string_view token_kek_word = "token-kek";
constexpr std::string_view index_root_word = "index-root";
constexpr std::string_view wrapped_root_word = "wrapped-index-root";
constexpr std::size_t wrapped_root_bytes = key_bytes + 8;
constexpr std::string_view current_word = "current";
constexpr std::string_view decrypt_only_word = "decrypt-only";
constexpr std::size_t check_bytes = 4;
constexpr unsigned key_file_mode = 0600;

using fields = std::vector<std::string_view>;
using message = std::string_view;
constexpr message no_error;

std::array<std::uint8_t, check_bytes> check_of(std::string_view line) {
  std::array<std::uint8_t, check_bytes> check{};
  std::copy_n(sha256(as_bytes(line)).begin(), check_bytes, check.begin());
  return check;
}

fields split(std::string_view line) {
  fields result;
  for (auto space = line.find(' '); space != line.npos; space = line.find(' ')) {
    result.push_back(line.substr(0, space));
    line.remove_prefix(space + 1);
  }
  result.push_back(line);
  return result;
}

bool check_is_right(std::string_view line, std::string_view written) {
  std::array<std::uint8_t, check_bytes> check{};
  return read_hex(written, check) &&
         check == check_of(line.substr(0, line.size() - written.size() - 1));
}

std::optional<secret> read_key(std::string_view text) {
  secret key(key_bytes);
  if (!read_hex(text, key.writable())) return std::nullopt;
  return key;
}

/// What a KEK's line says of it, wherever the key itself lies.
message read_kek_words(fields const& f, key_set& keys) {
  auto const is_current = f[2] == current_word;
  if (!is_current && f[2] != decrypt_only_word) return "a KEK is current or decrypt-only";
  auto const created = parse_utc_text(f[3]);
  if (!created) return "the time is not like 2026-11-23T14:05:06Z";
  auto& k = keys.keks.emplace_back();
  k.id = f[1];
  k.state = is_current ? kek_state::current : kek_state::decrypt_only;
  k.created = *created;
  return no_error;
}

message read_kek(fields const& f, key_set& keys) {
  if (f.size() != 6) return "a kek line has six fields";
  if (auto const error = read_kek_words(f, keys); !error.empty()) return error;
  auto key = read_key(f[4]);
  if (!key) return "a key has 64 lower-case hexadecimal digits";
  keys.keks.back().key = std::move(*key);
  return no_error;
}

message read_token_kek(fields const& f, key_set& keys) {
  if (f.size() != 5) return "a token-kek line has five fields";
  if (auto const error = read_kek_words(f, keys); !error.empty()) return error;
  keys.keks.back().home = kek_home::token;
  return no_error;
}

message read_index_root(fields const& f, key_set& keys) {
  if (f.size() != 3) return "an index-root line has three fields";
  if (!keys.index_root.empty()) return "a second index root";
  auto key = read_key(f[1]);
  if (!key) return "a key has 64 lower-case hexadecimal digits";
  keys.index_root = std::move(*key);
  return no_error;
}

message read_wrapped_root(fields const& f, key_set& keys) {
  if (f.size() != 4) return "a wrapped-index-root line has four fields";
  if (!keys.wrapped_root.value.empty()) return "a second index root";
  keys.wrapped_root = {std::string(f[1]), bytes(wrapped_root_bytes)};
  if (!read_hex(f[2], keys.wrapped_root.value)) {
    return "a wrapped index root has 80 lower-case hexadecimal digits";
  }
  return no_error;
}

struct line_kind {
  std::string_view word;
  message (*read)(fields const&, key_set&);
};

constexpr line_kind line_kinds[] = {{kek_word, read_kek},
                                    {token_kek_word, read_token_kek},
                                    {index_root_word, read_index_root},
                                    {wrapped_root_word, read_wrapped_root}};

message read_line(std::string_view line, key_set& keys) {
  auto const f = split(line);
  auto const* const kind = std::ranges::find(line_kinds, f[0], &line_kind::word);
  if (kind == std::end(line_kinds)) return "neither a kek nor an index-root";
  auto const error = kind->read(f, keys);
  if (!error.empty()) return error;
  return check_is_right(line, f.back()) ? no_error : "the check at its end does not fit the line";
}

void append(wiped_bytes& out, std::string_view text) {
  auto const data = as_bytes(text);
  out.insert(out.end(), data.begin(), data.end());
}

void append_line(wiped_bytes& out, std::string const& words, bytes_view key) {
  auto const begin = static_cast<std::ptrdiff_t>(out.size());
  append(out, words);
  append_hex(out, key);
  auto const line = as_text(out).substr(static_cast<std::size_t>(begin));
  auto const check = check_of(line);
  append(out, " ");
  append_hex(out, check);
  append(out, "\n");
}

}  // namespace

boost::system::result<key_set, key_file_error> parse_key_file(std::string_view text) {
  if (text.size() > key_file_bytes_max) return key_file_error{0, "larger than 64 KiB"};
  if (!text.ends_with('\n')) return key_file_error{0, "the last line is cut short"};
  key_set keys;
  bool header_seen = false;
  for (std::size_t number = 1; !text.empty(); ++number) {
    auto const line = text.substr(0, text.find('\n'));
    text.remove_prefix(line.size() + 1);
    if (line.empty() || line.starts_with('#')) continue;
    if (!header_seen) {
      if (line != header) return key_file_error{number, "it does not begin with: intake-keys 1"};
      header_seen = true;
      continue;
    }
    if (auto const error = read_line(line, keys); !error.empty()) {
      return key_file_error{number, error};
    }
  }
  if (auto const flaw = flaw_of(keys); !flaw.empty()) return key_file_error{0, flaw};
  return keys;
}

wiped_bytes write_key_file(key_set const& keys) {
  wiped_bytes out;
  append(out,
         "# Keys of Intake. Who reads this file can open every submission;\n"
         "# when it is lost, nobody can. Keep a printed copy: intake key escrow\n");
  append(out, header);
  append(out, "\n");
  for (auto const& k : keys.keks) {
    auto const state = k.state == kek_state::current ? current_word : decrypt_only_word;
    auto const words = k.id + " " + std::string(state) + " " + utc_text(k.created);
    if (k.home == kek_home::token) {
      append_line(out, "token-kek " + words, {});
    } else {
      append_line(out, "kek " + words + " ", k.key.view());
    }
  }
  auto const& root = keys.wrapped_root;
  if (root.value.empty()) {
    append_line(out, "index-root ", keys.index_root.view());
  } else {
    append_line(out, "wrapped-index-root " + root.kek_id + " ", root.value);
  }
  return out;
}

key_set read_key_file(std::filesystem::path const& path) {
  auto const content = read_small_file(path, key_file_bytes_max, readers::owner_and_group);
  auto keys = parse_key_file(as_text(content));
  if (keys) return std::move(*keys);
  auto const& error = keys.error();
  auto const place = error.line == 0 ? "" : ", line " + std::to_string(error.line);
  throw std::runtime_error("the key file " + path.string() + place + ": " +
                           std::string(error.message));
}

void create_key_file(std::filesystem::path const& path, key_set const& keys) {
  write_file_atomically(path, write_key_file(keys), key_file_mode, if_exists::refuse);
}

void replace_key_file(std::filesystem::path const& path, key_set const& keys) {
  write_file_atomically(path, write_key_file(keys), key_file_mode, if_exists::replace);
}

void throw_exception_from_error(key_file_error const& error, boost::source_location const&) {
  throw std::runtime_error("line " + std::to_string(error.line) + ": " +
                           std::string(error.message));
}

}  // namespace intake::certs
