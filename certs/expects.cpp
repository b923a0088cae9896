#include "certs/expects.hpp"

#include <cstdio>
#include <cstdlib>

namespace intake::certs {

void expects(bool kept, char const* rule) noexcept {
  if (kept) return;
  std::fputs("intake: bug: ", stderr);
  std::fputs(rule, stderr);
  std::fputc('\n', stderr);
  std::abort();
}

}  // namespace intake::certs
