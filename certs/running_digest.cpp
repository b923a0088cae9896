#include "certs/running_digest.hpp"

#include "certs/openssl.hpp"

namespace intake::certs {

struct running_sha256::state {
  digest_context context = new_digest_context();
};

running_sha256::running_sha256() : state_(std::make_unique<state>()) {
  must(EVP_DigestInit_ex2(state_->context.get(), sha_256(), nullptr), "start a SHA-256 digest");
}

running_sha256::~running_sha256() = default;

void running_sha256::add(bytes_view data) {
  must(EVP_DigestUpdate(state_->context.get(), data.data(), data.size()),
       "compute a SHA-256 digest");
}

hash256 running_sha256::end() {
  hash256 result{};
  must(EVP_DigestFinal_ex(state_->context.get(), result.data(), nullptr),
       "finish a SHA-256 digest");
  return result;
}

}  // namespace intake::certs
