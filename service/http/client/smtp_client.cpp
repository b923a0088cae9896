#include "service/http/client/smtp_client.hpp"

#include "service/http/client/curl_handles.hpp"
#include "service/http/client/loopback_url.hpp"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <new>

namespace intake::service {
namespace {

std::size_t give_piece(char* into, std::size_t size, std::size_t count, void* of) {
  auto& rest = *static_cast<std::string_view*>(of);
  auto const length = std::min(size * count, rest.size());
  std::memcpy(into, rest.data(), length);
  rest.remove_prefix(length);
  return length;
}

std::size_t drop_piece(char*, std::size_t size, std::size_t count, void*) {
  return size * count;
}

struct smtp_fault_row {
  CURLcode code;
  smtp_fault fault;
};
constexpr smtp_fault_row smtp_faults[] = {
    {CURLE_URL_MALFORMAT, smtp_fault::bad_settings},
    {CURLE_UNSUPPORTED_PROTOCOL, smtp_fault::bad_settings},
    {CURLE_SSL_CACERT_BADFILE, smtp_fault::bad_settings},
    {CURLE_COULDNT_RESOLVE_HOST, smtp_fault::cannot_connect},
    {CURLE_COULDNT_CONNECT, smtp_fault::cannot_connect},
    {CURLE_PEER_FAILED_VERIFICATION, smtp_fault::server_unverified},
    {CURLE_SSL_CONNECT_ERROR, smtp_fault::server_unverified},
    {CURLE_USE_SSL_FAILED, smtp_fault::server_unverified},
    {CURLE_LOGIN_DENIED, smtp_fault::user_refused},
    {CURLE_OPERATION_TIMEDOUT, smtp_fault::timed_out}};

constexpr std::string_view fault_words[] = {
    "the mail server's settings are not fit",
    "the mail server could not be reached",
    "the mail server could not show who it is",
    "the mail server did not take the user name and password",
    "the mail server refused the message",
    "the mail server was not done in time",
    "the mail server did not take the message"};

void prepare(CURL* h, smtp_peer const& peer) {
  set(h, CURLOPT_URL, peer.url.c_str());
  set(h, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  talk_to_verified_server(h, peer.authority_file);
  // RFC 8314 3: mail is submitted over TLS. A relay on this machine is no network.
  auto const tls = is_loopback_url("smtp", peer.url) ? CURLUSESSL_NONE : CURLUSESSL_ALL;
  set(h, CURLOPT_USE_SSL, static_cast<long>(tls));
  if (!peer.user.empty()) {
    set(h, CURLOPT_USERNAME, peer.user.c_str());
    set(h, CURLOPT_PASSWORD, peer.password.c_str());
  }
  set(h, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(peer.connect_max.count()));
  set(h, CURLOPT_TIMEOUT_MS, static_cast<long>(peer.whole_max.count()));
  set(h, CURLOPT_WRITEFUNCTION, &drop_piece);
}

smtp_fault fault_of(CURL* handle, CURLcode code) {
  auto const* const found = std::ranges::find(smtp_faults, code, &smtp_fault_row::code);
  if (found != std::end(smtp_faults)) return found->fault;
  long answered = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &answered);
  return answered >= 500 && answered < 600 ? smtp_fault::message_refused : smtp_fault::cut_off;
}

}  // namespace

std::string_view words_of(smtp_fault fault) {
  return fault_words[static_cast<std::size_t>(fault)];
}

std::optional<smtp_fault> send_mail(smtp_peer const& peer, std::string const& from,
                                    std::string const& to, std::string_view message) {
  curl_handle const handle(curl_easy_init());
  auto const address = "<" + to + ">";
  curl_list const receivers(curl_slist_append(nullptr, address.c_str()));
  if (!handle || !receivers) throw std::bad_alloc();
  auto* const h = handle.get();
  prepare(h, peer);
  auto const sender = "<" + from + ">";
  set(h, CURLOPT_MAIL_FROM, sender.c_str());
  set(h, CURLOPT_MAIL_RCPT, receivers.get());
  set(h, CURLOPT_UPLOAD, 1L);
  set(h, CURLOPT_READFUNCTION, &give_piece);
  set(h, CURLOPT_READDATA, static_cast<void*>(&message));
  auto const code = curl_easy_perform(h);
  return code == CURLE_OK ? std::nullopt : std::optional(fault_of(h, code));
}

}  // namespace intake::service
