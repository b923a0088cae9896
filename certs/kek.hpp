#pragma once
#include "certs/bytes.hpp"
#include "certs/secret.hpp"

#include <string>
#include <string_view>

#include <boost/system/result.hpp>

/// The seam between the data key of a submission and the key-encryption key (KEK) that guards it.
namespace intake::certs {

constexpr std::size_t dek_bytes = 32;

/// A data-encryption key under a KEK, as the row `wrapped_key` holds it.
struct wrapped_key {
  std::string kek_id;
  bytes value;
};

enum class unwrap_error {
  unknown_kek,   ///< no KEK of that id is here
  not_authentic  ///< the bytes were changed, or wrapped under another key with this id
};

/// Holds KEKs (a file, a passphrase, a hardware token). Safe to use from several threads at once.
class kek_provider {
 public:
  virtual ~kek_provider() = default;

  /// Under the current KEK. Throws std::runtime_error when the keys cannot be reached.
  virtual wrapped_key wrap(secret const& dek) const = 0;

  /// Throws std::runtime_error when the keys cannot be reached.
  virtual boost::system::result<secret, unwrap_error> unwrap(wrapped_key const& wrapped) const = 0;

  /// The id that `wrap` writes; a row with another one waits for rotation.
  virtual std::string current_id() const = 0;
};

[[noreturn]] void throw_exception_from_error(unwrap_error error, boost::source_location const&);

}  // namespace intake::certs
