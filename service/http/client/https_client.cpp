#include "service/http/client/https_client.hpp"

#include "service/http/client/curl_handles.hpp"

#include <new>

namespace intake::service {
namespace {

/// What libcurl's callbacks see of one exchange.
struct exchange {
  std::string body{};
  std::size_t bytes_max = 0;
  bool too_large = false;
  std::stop_token stop{};
};

std::size_t take_piece(char* bytes, std::size_t size, std::size_t count, void* of) {
  auto& one = *static_cast<exchange*>(of);
  auto const length = size * count;
  if (length > one.bytes_max - one.body.size()) {
    one.too_large = true;
    return 0;
  }
  one.body.append(bytes, length);
  return length;
}

/// Called about once a second while nothing happens; not 0 ends the exchange.
int look_around(void* of, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<exchange*>(of)->stop.stop_requested() ? 1 : 0;
}

struct https_fault_row {
  CURLcode code;
  https_fault fault;
};
constexpr https_fault_row https_faults[] = {
    {CURLE_URL_MALFORMAT, https_fault::bad_settings},
    {CURLE_UNSUPPORTED_PROTOCOL, https_fault::bad_settings},
    {CURLE_SSL_CACERT_BADFILE, https_fault::bad_settings},
    {CURLE_SSL_CERTPROBLEM, https_fault::bad_settings},
    {CURLE_COULDNT_RESOLVE_HOST, https_fault::cannot_connect},
    {CURLE_COULDNT_CONNECT, https_fault::cannot_connect},
    {CURLE_PEER_FAILED_VERIFICATION, https_fault::server_unverified},
    {CURLE_SSL_CONNECT_ERROR, https_fault::client_refused},
    {CURLE_ABORTED_BY_CALLBACK, https_fault::stopped},
    {CURLE_OPERATION_TIMEDOUT, https_fault::timed_out}};

https_fault fault_of(CURLcode code) {
  for (auto const& each : https_faults) {
    if (each.code == code) return each.fault;
  }
  return https_fault::cut_off;
}

}  // namespace

struct https_client::state {
  https_peer peer;
  curl_handle handle;

  explicit state(https_peer to) : peer(std::move(to)), handle(curl_easy_init()) {
    if (!handle) throw std::bad_alloc();
  }

  void prepare(exchange& one, std::string_view body, curl_slist* fields) const {
    auto* const h = handle.get();
    curl_easy_reset(h);
    set(h, CURLOPT_URL, peer.url.c_str());
    set(h, CURLOPT_PROTOCOLS_STR, peer.plain_text == plain_http::allowed ? "https,http" : "https");
    talk_to_verified_server(h, peer.authority_file);
    set(h, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    if (!peer.certificate_file.empty()) {
      set(h, CURLOPT_SSLCERT, peer.certificate_file.c_str());
      set(h, CURLOPT_SSLKEY, peer.key_file.c_str());
    }
    set(h, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(peer.connect_max.count()));
    set(h, CURLOPT_TIMEOUT_MS, static_cast<long>(peer.whole_max.count()));
    set(h, CURLOPT_HTTPHEADER, fields);
    set(h, CURLOPT_POST, 1L);
    set(h, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    set(h, CURLOPT_POSTFIELDS, body.data());
    set(h, CURLOPT_WRITEFUNCTION, &take_piece);
    set(h, CURLOPT_WRITEDATA, static_cast<void*>(&one));
    set(h, CURLOPT_NOPROGRESS, 0L);
    set(h, CURLOPT_XFERINFOFUNCTION, &look_around);
    set(h, CURLOPT_XFERINFODATA, static_cast<void*>(&one));
  }

  https_answer answer_of(exchange one) const {
    https_answer answer{.status = 0, .content_type = {}, .body = std::move(one.body)};
    long status = 0;
    curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
    answer.status = static_cast<int>(status);
    char const* type = nullptr;
    curl_easy_getinfo(handle.get(), CURLINFO_CONTENT_TYPE, &type);
    if (type != nullptr) answer.content_type = type;
    return answer;
  }
};

https_client::https_client(https_peer peer) : state_(std::make_unique<state>(std::move(peer))) {}
https_client::~https_client() = default;
https_client::https_client(https_client&&) noexcept = default;
https_client& https_client::operator=(https_client&&) noexcept = default;

https_outcome https_client::post(std::string_view content_type, std::string_view body,
                                 std::stop_token const& stop, std::span<std::string const> more) {
  exchange one{
      .body = {}, .bytes_max = state_->peer.answer_bytes_max, .too_large = false, .stop = stop};
  // "Expect:" keeps libcurl from waiting a second for a 100 that few servers send.
  curl_list fields(curl_slist_append(nullptr, "Expect:"));
  auto const type = "Content-Type: " + std::string(content_type);
  if (!fields || curl_slist_append(fields.get(), type.c_str()) == nullptr) throw std::bad_alloc();
  for (auto const& each : more) {
    if (curl_slist_append(fields.get(), each.c_str()) == nullptr) throw std::bad_alloc();
  }
  state_->prepare(one, body, fields.get());
  auto const code = curl_easy_perform(state_->handle.get());
  if (one.too_large) return https_fault::too_large;
  if (code != CURLE_OK) return fault_of(code);
  return state_->answer_of(std::move(one));
}

}  // namespace intake::service
