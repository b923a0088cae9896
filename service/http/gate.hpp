#pragma once
#include "service/http/request.hpp"
#include "service/http/target.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// The strict gate: what a message's framing must look like before any other parser sees a byte of
/// it.
///
/// RFC 9112 lets a server repair much (bare LF, folded lines, two lengths, trailers); every repair
/// is a chance for two programs to disagree about where a request ends, which is request smuggling.
/// Here nothing is repaired.
namespace intake::service {

inline constexpr std::size_t head_bytes_max = 16 * 1024;
inline constexpr std::size_t request_line_bytes_max = 8 * 1024;
inline constexpr std::size_t head_fields_max = 64;

enum class verdict { more, passed, refused };

/// Why the connection ends: the status to answer and a sentence that quotes nothing.
struct refusal {
  int status = 400;
  std::string_view sentence;
};

enum class http_version { http_1_0, http_1_1 };

/// What framing and routing need of a head that passed.
struct head_facts {
  http_method method = http_method::get;
  http_version version = http_version::http_1_1;
  request_target target;
  /// Zero where the body is chunked or there is none.
  std::uint64_t content_length = 0;
  bool chunked = false;
  bool keep_alive = true;
  bool expects_continue = false;
};

/// Reads one head, byte by byte; how the bytes were cut into reads never changes the verdict.
class head_gate {
 public:
  /// `bytes` begins at the request's first byte; each call passes the same bytes and those that
  /// came since.
  verdict read(std::string_view bytes);

  /// The head's length with its empty line, once it passed.
  std::size_t size() const { return position_; }
  head_facts& facts() { return facts_; }
  head_facts const& facts() const { return facts_; }
  refusal const& why() const { return refusal_; }

 private:
  friend struct field_rules;
  verdict end_line(std::string_view line);
  verdict request_line(std::string_view line);
  verdict field_line(std::string_view line);
  verdict too_long();
  verdict finish();
  verdict refuse(int status, std::string_view sentence);

  head_facts facts_;
  refusal refusal_;
  verdict verdict_ = verdict::more;
  std::size_t position_ = 0;
  std::size_t line_begin_ = 0;
  std::size_t lines_ = 0;
  bool after_cr_ = false;
  std::uint32_t seen_ = 0;
  bool has_length_ = false;
  bool asked_to_close_ = false;
  bool asked_to_keep_ = false;
  std::optional<refusal> bad_coding_;
};

/// Reads a chunked body (RFC 9112 7.1) without extensions and without trailers.
class chunk_gate {
 public:
  explicit chunk_gate(std::uint64_t body_bytes_max) : left_for_body_(body_bytes_max) {}

  /// Takes bytes off the front of `bytes` until the body ends, and appends what they carry to
  /// `body`. A chunk that would pass the limit is refused with 413 when its size is read, before
  /// its bytes come.
  verdict read(std::string_view& bytes, std::string& body);

  refusal const& why() const { return refusal_; }

 private:
  enum class at { size, size_lf, data, data_cr, data_lf, end_cr, end_lf, done };
  verdict framing_byte(char);
  verdict end_size();
  verdict refuse(int status, std::string_view sentence);

  at at_ = at::size;
  int digits_ = 0;
  std::uint64_t left_in_chunk_ = 0;
  std::uint64_t left_for_body_;
  verdict verdict_ = verdict::more;
  refusal refusal_;
};

}  // namespace intake::service
