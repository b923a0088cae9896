#include "certs/sealed_box.hpp"

#include "certs/expects.hpp"
#include "certs/hkdf.hpp"
#include "certs/openssl.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include <openssl/err.h>

namespace intake::certs {
namespace {

constexpr std::string_view magic = "intake box 1\n";
constexpr std::string_view purpose = "intake box 1 ";
constexpr std::size_t head_bytes = magic.size() + std::tuple_size_v<x25519_public>;
constexpr std::size_t tag_bytes = 16;
constexpr std::size_t sealed_chunk_bytes = box_chunk_bytes + tag_bytes;
constexpr std::size_t nonce_bytes = 12;
constexpr std::size_t name_bytes_max = 1024;
constexpr char const* damaged =
    "it was changed, cut short, moved from elsewhere, or sealed for another key";

enum class direction { decrypt = 0, encrypt = 1 };
enum class place { inside, last };

secret box_key(secret const& shared, x25519_public const& ephemeral, x25519_public const& recipient,
               std::string_view name) {
  expects(name.size() <= name_bytes_max, "a box's name has at most 1,024 bytes");
  bytes salt(ephemeral.begin(), ephemeral.end());
  salt.insert(salt.end(), recipient.begin(), recipient.end());
  auto const info = std::string(purpose) + std::string(name);
  return hkdf_expand(hkdf_extract(salt, shared.view()).view(), as_bytes(info), 32);
}

/// The cipher of one box; counts its chunks.
class chunk_cipher {
 public:
  chunk_cipher(secret key, direction way)
      : key_(std::move(key)), context_(new_cipher_context()), way_(way) {}

  void seal(bytes_view content, place where, bytes& out) {
    start(where);
    out.resize(content.size() + tag_bytes);
    pass(content, out.data());
    int rest = 0;
    must(EVP_CipherFinal_ex(context_.get(), out.data() + content.size(), &rest), "seal a chunk");
    must(EVP_CIPHER_CTX_ctrl(context_.get(), EVP_CTRL_AEAD_GET_TAG, tag_bytes,
                             out.data() + content.size()),
         "authenticate a chunk");
  }

  void open(bytes_view sealed, place where, wiped_bytes& out) {
    if (sealed.size() < tag_bytes) throw box_damaged(damaged);
    start(where);
    auto const content = sealed.first(sealed.size() - tag_bytes);
    std::array<std::uint8_t, tag_bytes> tag{};
    std::ranges::copy(sealed.last(tag_bytes), tag.begin());
    out.resize(content.size());
    pass(content, out.data());
    must(EVP_CIPHER_CTX_ctrl(context_.get(), EVP_CTRL_AEAD_SET_TAG, tag_bytes, tag.data()),
         "check a chunk");
    int rest = 0;
    std::array<std::uint8_t, tag_bytes> nothing{};
    if (EVP_CipherFinal_ex(context_.get(), nothing.data(), &rest) == 1) return;
    ERR_clear_error();
    throw box_damaged(damaged);
  }

 private:
  void start(place where) {
    std::array<std::uint8_t, nonce_bytes> nonce{};
    for (std::size_t i = 0; i < sizeof number_; ++i) {
      nonce[nonce_bytes - 2 - i] = static_cast<std::uint8_t>(number_ >> (8 * i));
    }
    nonce.back() = where == place::last ? 1 : 0;
    ++number_;
    must(EVP_CipherInit_ex2(context_.get(), aes_256_gcm(), key_.view().data(), nonce.data(),
                            static_cast<int>(way_), nullptr),
         "start AES-256-GCM");
  }

  void pass(bytes_view in, std::uint8_t* out) {
    if (in.empty()) return;
    int written = 0;
    must(EVP_CipherUpdate(context_.get(), out, &written, in.data(), static_cast<int>(in.size())),
         "pass a chunk through AES-256-GCM");
  }

  secret key_;
  cipher_context context_;
  direction way_;
  std::uint64_t number_ = 0;
};

/// Cuts a stream into chunks of one size; the last one is held back until the end is known.
template <typename Buffer, std::size_t ChunkBytes>
class chunk_cutter {
 public:
  template <typename Take>
  void add(bytes_view data, Take take) {
    while (!data.empty()) {
      if (held_.size() == ChunkBytes) {
        take(bytes_view(held_));
        held_.clear();
      }
      auto const some = data.first(std::min(data.size(), ChunkBytes - held_.size()));
      held_.insert(held_.end(), some.begin(), some.end());
      data = data.subspan(some.size());
    }
  }
  bytes_view held() const { return held_; }

 private:
  Buffer held_;
};

}  // namespace

struct box_sealer::state {
  byte_sink out;
  chunk_cipher cipher;
  chunk_cutter<wiped_bytes, box_chunk_bytes> cutter;
  bytes sealed;

  void seal(bytes_view content, place where) {
    cipher.seal(content, where, sealed);
    out(sealed);
  }
};

box_sealer::box_sealer(world const& w, x25519_public const& recipient, std::string_view name,
                       byte_sink out) {
  auto const own = secret::random(w, recipient.size());
  auto const ephemeral = x25519_public_of(own);
  out(as_bytes(magic));
  out(ephemeral);
  chunk_cipher cipher(box_key(x25519(own, recipient), ephemeral, recipient, name),
                      direction::encrypt);
  state_ = std::make_unique<state>(state{std::move(out), std::move(cipher), {}, {}});
}

box_sealer::~box_sealer() = default;

void box_sealer::write(bytes_view content) {
  state_->cutter.add(content, [this](bytes_view chunk) { state_->seal(chunk, place::inside); });
}

void box_sealer::finish() {
  state_->seal(state_->cutter.held(), place::last);
}

struct box_opener::state {
  secret const& key;
  std::string name;
  byte_sink out;
  bytes head;
  std::optional<chunk_cipher> cipher;
  chunk_cutter<bytes, sealed_chunk_bytes> cutter;
  wiped_bytes content;

  void read_head() {
    auto const begin = as_bytes(magic);
    if (!std::ranges::equal(begin, bytes_view(head).first(begin.size()))) {
      throw box_damaged("it is not a sealed file of this program");
    }
    x25519_public ephemeral{};
    std::ranges::copy(bytes_view(head).subspan(begin.size()), ephemeral.begin());
    cipher.emplace(box_key(shared_with(ephemeral), ephemeral, x25519_public_of(key), name),
                   direction::decrypt);
  }

  // A changed head may hold a point of small order, which X25519 refuses.
  secret shared_with(x25519_public const& ephemeral) const {
    try {
      return x25519(key, ephemeral);
    } catch (std::runtime_error const&) {
      throw box_damaged(damaged);
    }
  }

  void open(bytes_view sealed, place where) {
    cipher->open(sealed, where, content);
    if (!content.empty()) out(content);
  }
};

box_opener::box_opener(secret const& recipient_key, std::string_view name, byte_sink out)
    : state_(std::make_unique<state>(
          state{recipient_key, std::string(name), std::move(out), {}, {}, {}, {}})) {}

box_opener::~box_opener() = default;

void box_opener::write(bytes_view sealed) {
  auto& s = *state_;
  if (!s.cipher) {
    auto const some = sealed.first(std::min(sealed.size(), head_bytes - s.head.size()));
    s.head.insert(s.head.end(), some.begin(), some.end());
    sealed = sealed.subspan(some.size());
    if (s.head.size() < head_bytes) return;
    s.read_head();
  }
  s.cutter.add(sealed, [&s](bytes_view chunk) { s.open(chunk, place::inside); });
}

void box_opener::finish() {
  if (!state_->cipher) throw box_damaged(damaged);
  state_->open(state_->cutter.held(), place::last);
}

}  // namespace intake::certs
