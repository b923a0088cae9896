#include "certs/sealed_key_file.hpp"

#include "certs/hex.hpp"
#include "certs/openssl.hpp"

#include <array>
#include <charconv>
#include <optional>
#include <stdexcept>
#include <string>

#include <argon2.h>

namespace intake::certs {
namespace {

constexpr std::string_view header = "intake-keys-sealed 1";
constexpr std::string_view costs_word = "argon2id ";
constexpr std::string_view wrong_shape = "it is not as `intake key new` wrote it";
constexpr std::size_t salt_bytes = 16;
constexpr std::size_t nonce_bytes = 12;
constexpr std::size_t tag_bytes = 16;
constexpr std::size_t sealing_key_bytes = 32;

struct costs {
  std::uint32_t memory_kib = 256 * 1024;
  std::uint32_t passes = 3;
  std::uint32_t lanes = 1;
};
/// Of a file that somebody else wrote: it may not take the machine.
constexpr costs costs_max = {1024 * 1024, 16, 8};

struct sealed_text {
  costs cost;
  std::array<std::uint8_t, salt_bytes> salt{};
  std::array<std::uint8_t, nonce_bytes> nonce{};
  bytes content;  ///< with its tag
};

/// What the ciphertext is bound to, and how the file begins.
std::string head_of(sealed_text const& s) {
  auto text = std::string(header) + "\n" + std::string(costs_word) +
              std::to_string(s.cost.memory_kib) + " " + std::to_string(s.cost.passes) + " " +
              std::to_string(s.cost.lanes) + " ";
  append_hex(text, s.salt);
  return text + "\n";
}

secret key_of(sealed_text const& s, secret const& passphrase) {
  secret key(sealing_key_bytes);
  auto const error = argon2id_hash_raw(s.cost.passes, s.cost.memory_kib, s.cost.lanes,
                                       passphrase.view().data(), passphrase.size(), s.salt.data(),
                                       s.salt.size(), key.writable().data(), key.size());
  if (error == ARGON2_OK) return key;
  throw std::runtime_error(std::string("the passphrase could not be worked on: ") +
                           argon2_error_message(error));
}

cipher_context start(sealed_text const& s, secret const& key, int encrypt) {
  auto context = new_cipher_context();
  must(EVP_CipherInit_ex2(context.get(), aes_256_gcm(), key.view().data(), s.nonce.data(), encrypt,
                          nullptr),
       "start AES-256-GCM");
  auto const head = head_of(s);
  int written = 0;
  must(EVP_CipherUpdate(context.get(), nullptr, &written, as_bytes(head).data(),
                        static_cast<int>(head.size())),
       "bind the key file's head");
  return context;
}

std::string_view take_line(std::string_view& text) {
  auto const line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(text.size(), line.size() + 1));
  return line;
}

std::string_view take_field(std::string_view& line) {
  auto const field = line.substr(0, line.find(' '));
  line.remove_prefix(std::min(line.size(), field.size() + 1));
  return field;
}

bool read_cost(std::string_view& line, std::uint32_t& cost, std::uint32_t most) {
  auto const field = take_field(line);
  auto const [end, error] = std::from_chars(field.data(), field.data() + field.size(), cost);
  return error == std::errc{} && end == field.data() + field.size() && cost >= 1 && cost <= most;
}

bool read_costs(std::string_view line, sealed_text& s) {
  if (!line.starts_with(costs_word)) return false;
  line.remove_prefix(costs_word.size());
  return read_cost(line, s.cost.memory_kib, costs_max.memory_kib) &&
         read_cost(line, s.cost.passes, costs_max.passes) &&
         read_cost(line, s.cost.lanes, costs_max.lanes) && read_hex(line, s.salt);
}

bool read_content(std::string_view line, sealed_text& s) {
  if (!read_hex(take_field(line), s.nonce)) return false;
  if (line.size() % 2 != 0 || line.size() / 2 < tag_bytes) return false;
  s.content.resize(line.size() / 2);
  return read_hex(line, s.content);
}

std::string_view without_comments(std::string_view text) {
  while (text.starts_with('#')) take_line(text);
  return text;
}

std::optional<sealed_text> parse(std::string_view text) {
  sealed_text s;
  text = without_comments(text);
  auto const begins = take_line(text) == header;
  if (!begins || !read_costs(take_line(text), s) || !read_content(take_line(text), s)) return {};
  if (!text.empty()) return {};
  return s;
}

void append(wiped_bytes& out, std::string_view text) {
  auto const data = as_bytes(text);
  out.insert(out.end(), data.begin(), data.end());
}

}  // namespace

bool is_sealed_key_file(std::string_view text) {
  return without_comments(text).starts_with(header);
}

wiped_bytes seal_key_file(world const& w, secret const& passphrase, bytes_view key_file) {
  sealed_text s;
  w.random(s.salt);
  w.random(s.nonce);
  s.content.resize(key_file.size() + tag_bytes);
  auto const context = start(s, key_of(s, passphrase), 1);
  int written = 0;
  must(EVP_CipherUpdate(context.get(), s.content.data(), &written, key_file.data(),
                        static_cast<int>(key_file.size())),
       "seal the key file");
  must(EVP_CipherFinal_ex(context.get(), s.content.data() + written, &written),
       "seal the key file");
  must(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, tag_bytes,
                           s.content.data() + key_file.size()),
       "seal the key file");
  wiped_bytes out;
  append(
      out,
      "# Keys of Intake under a passphrase. Without the words, or without a printed copy (intake "
      "key escrow),\n# nobody can open a stored form again.\n");
  append(out, head_of(s));
  append_hex(out, s.nonce);
  append(out, " ");
  append_hex(out, s.content);
  append(out, "\n");
  return out;
}

boost::system::result<wiped_bytes, key_file_error> open_sealed_key_file(std::string_view text,
                                                                        secret const& passphrase) {
  auto s = parse(text);
  if (!s) return key_file_error{0, wrong_shape};
  auto const context = start(*s, key_of(*s, passphrase), 0);
  auto const size = s->content.size() - tag_bytes;
  wiped_bytes opened(size);
  int written = 0;
  must(EVP_CipherUpdate(context.get(), opened.data(), &written, s->content.data(),
                        static_cast<int>(size)),
       "open the key file");
  must(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, tag_bytes,
                           s->content.data() + size),
       "open the key file");
  if (EVP_CipherFinal_ex(context.get(), opened.data() + written, &written) != 1) {
    return key_file_error{0, "the passphrase is wrong"};
  }
  return opened;
}

}  // namespace intake::certs
