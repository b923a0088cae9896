#include "certs/kek.hpp"

#include <stdexcept>

namespace intake::certs {

void throw_exception_from_error(unwrap_error error, boost::source_location const&) {
  throw std::runtime_error(error == unwrap_error::unknown_kek
                               ? "the key-encryption key is not in the key file"
                               : "the wrapped data key does not open under its KEK");
}

}  // namespace intake::certs
