#include "forms/attachment_checks.hpp"

#include "forms/base64.hpp"
#include "forms/signature_strokes.hpp"

#include <algorithm>
#include <array>
#include <string>

#include <fmt/format.h>

namespace intake::forms {
namespace {

std::string lower(std::string_view text) {
  std::string result{text};
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

/// Without parameters: "image/jpeg" of "Image/JPEG; q=1".
std::string media_type(std::string_view content_type) {
  auto type = content_type.substr(0, content_type.find(';'));
  auto const last = type.find_last_not_of(' ');
  return lower(type.substr(0, last == std::string_view::npos ? 0 : last + 1));
}

constexpr std::string_view signature_component = "signature";

struct beginning {
  std::string_view type;
  std::string_view bytes;
};

constexpr std::array<beginning, 7> beginnings{{{"image/png", "\x89PNG\r\n\x1A\n"},
                                               {"image/jpeg", "\xFF\xD8\xFF"},
                                               {"image/gif", "GIF8"},
                                               {"image/bmp", "BM"},
                                               {"image/webp", "RIFF"},
                                               {"image/tiff", "II*"},
                                               {"application/pdf", "%PDF-"}}};

bool is_web_address(std::string_view url) {
  auto const start = lower(url.substr(0, 8));
  return start.starts_with("http://") || start.starts_with("https://");
}

/// Strokes are read before anybody relies on them: what no copy can draw is no signature.
void check_signature(attachment const& file, std::string const& bytes, place const& at,
                     problem_log& log) {
  if (media_type(file.content_type) != "application/json") return;
  auto const read = read_signature(bytes);
  if (!read) {
    log.add(problem_code::signature_unreadable, &at);
  } else if (!is_drawn(*read)) {
    log.add(problem_code::signature_empty, &at);
  }
}

void check_data(item const& question, attachment const& file, place const& at, problem_log& log) {
  auto const bytes = decode_base64(file.data);
  if (!bytes) {
    log.add(problem_code::attachment_not_base64, &at);
    return;
  }
  if (file.size_bytes && *file.size_bytes != bytes->size()) {
    log.add(problem_code::attachment_size_mismatch, &at);
  }
  // Inclusive: as many bytes as maxSize says are not too many.
  auto const& limit = question.limits.bytes_max;
  if (limit && bytes->size() > *limit) {
    log.add(problem_code::attachment_too_large, &at, {{"max", std::to_string(*limit)}});
  }
  if (!begins_as(file.content_type, *bytes)) log.add(problem_code::attachment_contents, &at);
  if (question.shown.component == signature_component) check_signature(file, *bytes, at, log);
}

}  // namespace

bool permits_type(std::vector<std::string> const& types, std::string_view content_type) {
  if (types.empty()) return true;
  auto const given = media_type(content_type);
  return std::ranges::any_of(types, [&](std::string const& permitted) {
    auto const wanted = media_type(permitted);
    if (wanted == "*/*") return true;
    if (wanted.ends_with("/*")) {
      return given.starts_with(std::string_view{wanted}.substr(0, wanted.size() - 1));
    }
    return given == wanted;
  });
}

bool begins_as(std::string_view content_type, std::string_view bytes) {
  auto const known = std::ranges::find(beginnings, media_type(content_type), &beginning::type);
  return known == beginnings.end() || bytes.starts_with(known->bytes);
}

void check_attachment(item const& question, attachment const& file, place const& at,
                      problem_log& log) {
  auto const& types = question.limits.mime_types;
  if (!permits_type(types, file.content_type)) {
    log.add(problem_code::attachment_type, &at,
            {{"types", fmt::format("{}", fmt::join(types, ", "))}});
  }
  if (!file.data.empty()) {
    check_data(question, file, at, log);
  } else if (!file.url.empty()) {
    log.add(problem_code::attachment_url_refused, &at);
    if (is_web_address(file.url)) log.downgrade_last(problem_severity::warning);
  } else {
    log.add(problem_code::attachment_without_data, &at);
  }
  auto const& limit = question.limits.bytes_max;
  bool const stated_only = file.data.empty() && file.size_bytes && limit;
  if (stated_only && *file.size_bytes > *limit) {
    log.add(problem_code::attachment_too_large, &at, {{"max", std::to_string(*limit)}});
  }
}

}  // namespace intake::forms
