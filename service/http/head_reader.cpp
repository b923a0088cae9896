#include "service/http/head_reader.hpp"

#include "service/http/characters.hpp"
#include "service/http/router.hpp"

#include <boost/beast/http/basic_parser.hpp>

namespace intake::service {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;

/// Beast calls these as it meets each piece; nothing is kept in Beast's own containers.
class field_collector final : public http::basic_parser<true> {
 public:
  explicit field_collector(request& out) : out_(out) {
    header_limit(head_bytes_max);
    body_limit(boost::none);  // The session checks the length against the limit of the route.
  }
  bool agrees(http_method method) const { return method_ == method_name(method); }

 private:
  void on_request_impl(http::verb, beast::string_view method, beast::string_view, int,
                       error_code&) override {
    method_.assign(method.data(), method.size());
  }
  void on_response_impl(int, beast::string_view, int, error_code&) override {}
  void on_field_impl(http::field, beast::string_view name, beast::string_view value,
                     error_code&) override {
    out_.fields.push_back(
        {characters::lower({name.data(), name.size()}), std::string(value.data(), value.size())});
  }
  void on_header_impl(error_code&) override {}
  void on_body_init_impl(boost::optional<std::uint64_t> const&, error_code&) override {}
  std::size_t on_body_impl(beast::string_view, error_code&) override { return 0; }
  void on_chunk_header_impl(std::uint64_t, beast::string_view, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view, error_code&) override {
    return 0;
  }
  void on_finish_impl(error_code&) override {}

  request& out_;
  std::string method_;
};

}  // namespace

bool read_head(std::string_view head, head_facts const& facts, request& out) {
  out.fields.clear();
  out.fields.reserve(16);
  field_collector parser(out);
  error_code error;
  auto const taken = parser.put(boost::asio::buffer(head.data(), head.size()), error);
  if (error || taken != head.size() || !parser.is_header_done()) return false;
  bool const same_length = parser.content_length().value_or(0) == facts.content_length;
  return parser.agrees(facts.method) && parser.chunked() == facts.chunked && same_length &&
         parser.keep_alive() == facts.keep_alive;
}

}  // namespace intake::service
