#include "service/http/gate.hpp"

#include "service/http/characters.hpp"

#include <array>
#include <span>

namespace intake::service {
namespace {

using characters::same_ignoring_case;
using characters::set;

struct method_row {
  std::string_view name;
  http_method method;
  enum class body { refused, required } body;
};

// RFC 9110 9.3.1 gives content in GET no meaning and warns of smuggling; the same holds for the
// others without one.
constexpr std::array method_rows{
    method_row{"GET", http_method::get, method_row::body::refused},
    method_row{"HEAD", http_method::head, method_row::body::refused},
    method_row{"POST", http_method::post, method_row::body::required},
    method_row{"PUT", http_method::put, method_row::body::required},
    method_row{"PATCH", http_method::patch, method_row::body::required},
    method_row{"DELETE", http_method::remove, method_row::body::refused},
    method_row{"OPTIONS", http_method::options, method_row::body::refused},
};

bool takes_body(http_method method) {
  for (auto const& row : method_rows) {
    if (row.method == method) return row.body == method_row::body::required;
  }
  return false;
}

bool is_version(std::string_view text) {
  return text.size() == 8 && text.starts_with("HTTP/") && characters::in(set::digit, text[5]) &&
         text[6] == '.' && characters::in(set::digit, text[7]);
}

bool valid_port(std::string_view text) {
  return !text.empty() && text.size() <= 5 && characters::all_in(set::digit, text);
}

// RFC 9110 7.2: uri-host [":" port]. An IPv6 literal's inside is left to whoever resolves it.
bool valid_host(std::string_view value) {
  if (value.empty() || !characters::all_in(set::host, value)) return false;
  auto const bracket = value.front() == '[' ? value.find(']') : std::string_view::npos;
  if (value.find_first_of("[]", 1) != bracket) return false;
  auto const name_end = bracket == std::string_view::npos ? value.find(':') : bracket + 1;
  if (name_end == 0 || bracket == 1) return false;
  if (name_end >= value.size()) return true;
  return value[name_end] == ':' && valid_port(value.substr(name_end + 1));
}

}  // namespace

/// What each field that frames or routes must look like; the order of the rows is their bit in
/// `seen_`.
struct field_rules {
  static verdict any(head_gate&, std::string_view) { return verdict::more; }

  static verdict host(head_gate& gate, std::string_view value) {
    return valid_host(value) ? verdict::more : gate.refuse(400, "The Host field is not a host");
  }

  static verdict content_length(head_gate& gate, std::string_view value) {
    // 18 digits fit into 64 bits; a body that long has no place anyway.
    if (value.empty() || value.size() > 18 || !characters::all_in(set::digit, value)) {
      return gate.refuse(400, "Content-Length is not one decimal number");
    }
    gate.has_length_ = true;
    for (char const c : value) {
      gate.facts_.content_length =
          gate.facts_.content_length * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return verdict::more;
  }

  // A coding we do not know waits for the end of the head: beside Content-Length it is an attack,
  // alone it is a 501.
  static verdict transfer_encoding(head_gate& gate, std::string_view value) {
    gate.facts_.chunked = same_ignoring_case(value, "chunked");
    if (gate.facts_.chunked) return verdict::more;
    bool const token = !value.empty() && characters::all_in(set::name, value);
    gate.bad_coding_ = token ? refusal{501, "This transfer coding is not implemented"}
                             : refusal{400, "Transfer-Encoding is not the word chunked"};
    return verdict::more;
  }

  static verdict connection(head_gate& gate, std::string_view value) {
    while (!value.empty()) {
      auto const option = characters::trim(characters::next_piece(value, ','));
      if (same_ignoring_case(option, "close")) gate.asked_to_close_ = true;
      if (same_ignoring_case(option, "keep-alive")) gate.asked_to_keep_ = true;
    }
    return verdict::more;
  }

  static verdict expect(head_gate& gate, std::string_view value) {
    // RFC 9110 10.1.1: a server ignores it in an HTTP/1.0 request.
    if (gate.facts_.version == http_version::http_1_0) return verdict::more;
    gate.facts_.expects_continue = same_ignoring_case(value, "100-continue");
    return gate.facts_.expects_continue
               ? verdict::more
               : gate.refuse(417, "Only the expectation 100-continue is known");
  }

  static verdict content_encoding(head_gate& gate, std::string_view value) {
    return same_ignoring_case(value, "identity")
               ? verdict::more
               : gate.refuse(415, "Content codings are not taken; send the body as it is");
  }

  enum class repeats { never, allowed };
  struct rule {
    std::string_view name;
    repeats repeated;
    verdict (*read)(head_gate&, std::string_view value);
  };
  // Fields that mean one thing come once: with two, the first reader and the last would disagree.
  static constexpr std::array rules{
      rule{"host", repeats::never, host},
      rule{"content-length", repeats::never, content_length},
      rule{"transfer-encoding", repeats::never, transfer_encoding},
      rule{"connection", repeats::allowed, connection},
      rule{"expect", repeats::never, expect},
      rule{"content-encoding", repeats::never, content_encoding},
      rule{"content-type", repeats::never, any},
      rule{"authorization", repeats::never, any},
      rule{"cookie", repeats::never, any},
      rule{"origin", repeats::never, any},
      rule{"referer", repeats::never, any},
      rule{"user-agent", repeats::never, any},
      rule{"if-none-exist", repeats::never, any},
      rule{"if-modified-since", repeats::never, any},
      rule{"if-unmodified-since", repeats::never, any},
      rule{"range", repeats::never, any},
      rule{"sec-fetch-site", repeats::never, any},
      rule{"sec-fetch-mode", repeats::never, any},
      rule{"sec-fetch-dest", repeats::never, any},
  };
  static_assert(rules.size() <= 32);
};

verdict head_gate::read(std::string_view bytes) {
  while (verdict_ == verdict::more && position_ < bytes.size()) {
    char const c = bytes[position_];
    if (position_ >= head_bytes_max || (lines_ == 0 && position_ >= request_line_bytes_max)) {
      return too_long();
    }
    ++position_;
    if (after_cr_) {
      after_cr_ = false;
      if (c != '\n') return refuse(400, "A carriage return stands alone");
      verdict_ = end_line(bytes.substr(line_begin_, position_ - 2 - line_begin_));
      line_begin_ = position_;
    } else if (c == '\r') {
      after_cr_ = true;
    } else if (!characters::in(set::text, c)) {
      return refuse(400, c == '\n' ? "A line feed stands alone" : "A control character");
    }
  }
  return verdict_;
}

verdict head_gate::too_long() {
  return lines_ == 0 ? refuse(414, "The request line is too long")
                     : refuse(431, "The header fields are too long");
}

verdict head_gate::end_line(std::string_view line) {
  if (lines_++ == 0) return request_line(line);
  if (line.empty()) return finish();
  if (lines_ - 1 > head_fields_max) return refuse(431, "There are too many header fields");
  return field_line(line);
}

verdict head_gate::request_line(std::string_view line) {
  auto const method = characters::next_piece(line, ' ');
  auto const target = characters::next_piece(line, ' ');
  if (method.empty() || !characters::all_in(set::name, method) || !is_version(line)) {
    return refuse(400, "The request line is not: method, target, version");
  }
  if (line != "HTTP/1.1" && line != "HTTP/1.0") {
    return refuse(505, "Only HTTP/1.1 and HTTP/1.0 are spoken here");
  }
  facts_.version = line.back() == '1' ? http_version::http_1_1 : http_version::http_1_0;
  auto const* row = method_rows.begin();
  while (row != method_rows.end() && row->name != method) ++row;
  if (row == method_rows.end()) return refuse(501, "This method is not implemented");
  facts_.method = row->method;
  auto read = read_target(target);
  if (!read) return refuse(400, "The request target is not a plain path");
  facts_.target = *std::move(read);
  return verdict::more;
}

verdict head_gate::field_line(std::string_view line) {
  auto const colon = line.find(':');
  auto const name = line.substr(0, colon);
  // A folded line begins with white space, which no name may hold (RFC 9112 5.2).
  if (colon == std::string_view::npos || name.empty() || !characters::all_in(set::name, name)) {
    return refuse(400, "A header line is not: name, colon, value");
  }
  for (std::size_t i = 0; i < field_rules::rules.size(); ++i) {
    auto const& rule = field_rules::rules[i];
    if (!same_ignoring_case(name, rule.name)) continue;
    auto const bit = 1U << i;
    if ((seen_ & bit) != 0 && rule.repeated == field_rules::repeats::never) {
      return refuse(400, "A header field that comes once came twice");
    }
    seen_ |= bit;
    return rule.read(*this, characters::trim(line.substr(colon + 1)));
  }
  return verdict::more;
}

verdict head_gate::finish() {
  bool const old = facts_.version == http_version::http_1_0;
  bool const coded = facts_.chunked || bad_coding_;
  bool const has_host = (seen_ & 1U) != 0;
  if (!has_host && !old) return refuse(400, "The Host field is missing");
  if (coded && has_length_) return refuse(400, "Content-Length beside Transfer-Encoding");
  if (coded && old) return refuse(400, "Transfer-Encoding in HTTP/1.0");
  if (bad_coding_) return refuse(bad_coding_->status, bad_coding_->sentence);
  if (takes_body(facts_.method)) {
    if (!coded && !has_length_) return refuse(411, "Content-Length is missing");
  } else if (coded || facts_.content_length > 0) {
    return refuse(400, "This method takes no body");
  }
  facts_.keep_alive = !asked_to_close_ && (!old || asked_to_keep_);
  return verdict::passed;
}

verdict head_gate::refuse(int status, std::string_view sentence) {
  refusal_ = {status, sentence};
  return verdict_ = verdict::refused;
}

}  // namespace intake::service
