#include "forms/json_reader.hpp"

#include "forms/json_tree_builder.hpp"

#include <algorithm>
#include <utility>

#include <boost/json/basic_parser_impl.hpp>
#include <fmt/format.h>

namespace intake::forms {
namespace {

std::size_t line_at(std::string_view source, std::size_t offset) {
  auto const upto = source.substr(0, std::min(offset, source.size()));
  return 1 + static_cast<std::size_t>(std::count(upto.begin(), upto.end(), '\n'));
}

struct fault_text {
  std::string_view code;
  std::string_view message;
};

fault_text text_of(boost::json::error fault) {
  using boost::json::error;
  switch (fault) {
    case error::extra_data:
      return {"trailing-data", "Something follows the JSON value."};
    case error::incomplete:
      return {"json-incomplete", "The JSON text ends too early."};
    case error::too_deep:
      return {"json-too-deep", "The JSON text is nested too deeply."};
    case error::illegal_leading_surrogate:
    case error::illegal_trailing_surrogate:
    case error::expected_utf16_escape:
      return {"lone-surrogate", "A \\u escape is half of a surrogate pair."};
    case error::exponent_overflow:
      return {"number-out-of-range", "A number is beyond the range of a double."};
    default:
      return {"json-syntax", "This is not JSON."};
  }
}

fault_text text_of(tree_fault fault) {
  switch (fault) {
    case tree_fault::duplicate_key:
      return {"duplicate-key", "An object has the same member name twice."};
    case tree_fault::nul_character:
      return {"nul-character", "A string holds U+0000."};
    default:
      return {"number-out-of-range", "A number is beyond the range of a double."};
  }
}

parse_error refusal(std::string_view source, std::size_t offset, fault_text text) {
  return parse_error::at({}, line_at(source, offset), text.code, std::string{text.message});
}

bool has_byte_order_mark(std::string_view text) {
  return text.starts_with("\xEF\xBB\xBF") || text.starts_with("\xFF\xFE") ||
         text.starts_with("\xFE\xFF");
}

}  // namespace

std::string_view json_value::text() const noexcept {
  if (kind_ != json_kind::string && kind_ != json_kind::number) return {};
  return {static_cast<char const*>(data_), size_};
}

std::span<json_value const> json_value::children() const noexcept {
  if (kind_ != json_kind::array && kind_ != json_kind::object) return {};
  return {static_cast<json_value const*>(data_), size_};
}

json_value const* json_value::find(std::string_view name) const noexcept {
  if (kind_ != json_kind::object) return nullptr;
  for (auto const& member : children()) {
    if (member.key() == name) return &member;
  }
  return nullptr;
}

json_value const* json_value::find(std::string_view name, json_kind kind) const noexcept {
  auto const* member = find(name);
  return member != nullptr && member->is(kind) ? member : nullptr;
}

std::string_view json_value::text_of(std::string_view name) const noexcept {
  auto const* member = find(name, json_kind::string);
  return member == nullptr ? std::string_view{} : member->text();
}

json_document::json_document(std::unique_ptr<storage> owned) noexcept
    : storage_{std::move(owned)} {}
json_document::json_document(json_document&&) noexcept = default;
json_document& json_document::operator=(json_document&&) noexcept = default;
json_document::~json_document() = default;

json_value const& json_document::root() const noexcept {
  return storage_->root;
}

std::size_t json_document::line_of(json_value const& value) const noexcept {
  return line_at(storage_->source, value.offset_);
}

parsed<json_document> json_tree_builder::read(std::string text, json_limits const& limits) {
  if (text.size() > std::min<std::size_t>(limits.bytes_max, UINT32_MAX / 2)) {
    return parse_error::of("json-too-large",
                           fmt::format("The text is longer than {} bytes.", limits.bytes_max));
  }
  if (has_byte_order_mark(text)) {
    return parse_error::at({}, 1, "byte-order-mark", "The text begins with a byte order mark.",
                           "Save it as UTF-8 without one.");
  }
  auto storage = std::make_unique<json_document::storage>();
  storage->source = std::move(text);
  boost::json::parse_options options;
  options.max_depth = limits.depth_max;
  boost::json::basic_parser<json_tree_builder> parser{options, *storage};
  boost::json::error_code failure;
  auto const& source = storage->source;
  auto const used = parser.write_some(false, source.data(), source.size(), failure);
  if (parser.handler().fault() != tree_fault::none) {
    return refusal(source, used, forms::text_of(parser.handler().fault()));
  }
  if (!failure && used < source.size()) failure = boost::json::error::extra_data;
  if (failure) {
    return refusal(source, used, forms::text_of(static_cast<boost::json::error>(failure.value())));
  }
  return json_document{std::move(storage)};
}

parsed<json_document> read_json(std::string text, json_limits const& limits) {
  return json_tree_builder::read(std::move(text), limits);
}

}  // namespace intake::forms
