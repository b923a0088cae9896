#pragma once
#include <memory>
#include <string>

#include <curl/curl.h>

/// libcurl as both clients of this folder use it; included by their sources alone.
namespace intake::service {

struct free_curl {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using curl_handle = std::unique_ptr<CURL, free_curl>;
using curl_list = std::unique_ptr<curl_slist, free_curl>;

template <typename Value>
void set(CURL* handle, CURLoption option, Value value) {
  curl_easy_setopt(handle, option, value);
}

/// TLS 1.2 or later, and a server whose certificate names it. `authority_file` (PEM) says who may
/// vouch for it; empty: the system's authorities. No proxy of the environment, no signal.
inline void talk_to_verified_server(CURL* handle, std::string const& authority_file) {
  set(handle, CURLOPT_PROXY, "");
  set(handle, CURLOPT_NOSIGNAL, 1L);
  set(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(handle, CURLOPT_SSL_VERIFYPEER, 1L);
  set(handle, CURLOPT_SSL_VERIFYHOST, 2L);
  if (authority_file.empty()) return;
  set(handle, CURLOPT_CAINFO, authority_file.c_str());
  set(handle, CURLOPT_CAPATH, static_cast<char const*>(nullptr));
}

}  // namespace intake::service
