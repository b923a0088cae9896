#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Readers of what stands in queries, form bodies and header fields. None throws; text that breaks
/// its grammar gives no value rather than a guess.
namespace intake::service {

struct request;

/// The most fields a form may have; a packet's longest page has about 300.
inline constexpr std::size_t form_fields_max = 4096;

/// One name and value of a form, decoded; UTF-8 without NUL.
struct form_field {
  std::string name;
  std::string value;
};

/// Reads application/x-www-form-urlencoded (WHATWG URL 5.1), a query or a whole body, in its order.
///
/// Nothing on a bad escape, a NUL, bytes that are not UTF-8, or more than `form_fields_max` fields.
std::optional<std::vector<form_field>> read_form(std::string_view text);

/// Path and query as a form's action: what is sent there goes where the request went.
std::string target_of(request const&);

/// Percent-encodes for a query or a form body: all but ALPHA, DIGIT, "-", ".", "_" and "~" (RFC
/// 3986 2.3).
std::string percent_encode(std::string_view text);

/// Decodes percent escapes, leaving '+' alone; nothing on a bad escape.
std::optional<std::string> percent_decode(std::string_view text);

/// The value of one cookie out of a Cookie field (RFC 6265 4.2.1), without its quotes; a view into
/// `header`.
///
/// Nothing when it is not there, and when it is there twice: then another site of the domain may
/// have planted one.
std::optional<std::string_view> cookie(std::string_view header, std::string_view name);

/// A media type, RFC 9110 8.3.1: type, subtype and parameter names in lower case, values as sent,
/// unquoted.
struct media_type {
  /// "application/fhir+json"
  std::string name;
  std::vector<form_field> parameters;

  std::optional<std::string_view> parameter(std::string_view lower_case_name) const;
};

std::optional<media_type> read_media_type(std::string_view text);

/// An element of Accept, Accept-Language or Accept-Encoding: its value in lower case and its weight
/// in thousandths.
struct weighted {
  std::string value;
  int weight_per_mille = 1000;
};

/// RFC 9110 12.4.2; elements that break the grammar are left out, as are those past the 32nd.
/// Heaviest first.
std::vector<weighted> read_weighted_list(std::string_view text);

/// Which offered language (BCP 47, lower case) an Accept-Language field asks for: RFC 4647 3.4,
/// look-up.
///
/// "es-US, en;q=0.5" takes "es" where that is offered. Nothing where none fits, or the field is
/// empty.
std::optional<std::string_view> choose_language(std::string_view accept_language,
                                                std::span<std::string_view const> offered);

/// A strong entity-tag with its quotes; `opaque` holds neither quotes nor control characters.
std::string strong_etag(std::string_view opaque);

/// Whether If-None-Match names the tag (RFC 9110 13.1.2: weak comparison; "*" names every tag).
bool etag_listed(std::string_view if_none_match, std::string_view etag);

/// Whether the bytes are well-formed UTF-8 (Unicode 15, table 3-7).
bool is_utf8(std::string_view bytes);

}  // namespace intake::service
