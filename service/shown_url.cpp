#include "service/shown_url.hpp"

namespace intake::service {

std::string shown_url(std::string const& url) {
  auto const scheme = url.find("://");
  if (scheme == std::string::npos) return url;
  auto const begin = scheme + 3;
  auto const host = url.substr(begin, url.find_first_of("/?#", begin) - begin);
  auto const at = host.rfind('@');
  auto const shown =
      at == std::string::npos ? url : url.substr(0, begin) + "(hidden)" + url.substr(begin + at);
  // What authorizes may stand behind the question mark as well.
  auto const query = shown.find_first_of("?#", begin);
  return query == std::string::npos ? shown : shown.substr(0, query + 1) + "(hidden)";
}

}  // namespace intake::service
