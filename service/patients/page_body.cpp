#include "service/patients/page_body.hpp"

#include "forms/attachment_checks.hpp"
#include "service/http/multipart.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace intake::service::patients {
namespace {

constexpr std::array<std::string_view, 3> taken_types{"image/jpeg", "image/png", "application/pdf"};

bool is_text(std::string_view content) {
  return is_utf8(content) && content.find('\0') == std::string_view::npos;
}

/// A camera names its photos; a program that does not gets a word that says what it is.
std::string usual_title(std::string_view content) {
  return forms::begins_as("application/pdf", content) ? "document.pdf" : "photo.jpg";
}

std::optional<page_body> read_parts(request const& asked, std::string_view boundary) {
  auto parts = read_multipart(asked.body, boundary);
  if (!parts) return std::nullopt;
  page_body body;
  for (auto& part : *parts) {
    if (!part.file_name) {
      if (!is_text(part.content)) return std::nullopt;
      body.fields.push_back({std::move(part.name), std::string(part.content)});
    } else if (!part.content.empty()) {
      auto title = part.file_name->empty() ? usual_title(part.content) : std::move(*part.file_name);
      body.files.push_back({std::move(part.name), std::move(title), part.content});
    }
  }
  return body;
}

}  // namespace

std::optional<page_body> read_page_body(request const& asked) {
  auto const type = read_media_type(asked.field("content-type").value_or(""));
  if (type && type->name == "multipart/form-data") {
    return read_parts(asked, type->parameter("boundary").value_or(""));
  }
  auto fields = read_form(asked.body);
  if (!fields) return std::nullopt;
  return page_body{std::move(*fields), {}};
}

std::vector<forms::form_field> with_files(std::vector<form_field> const& readable,
                                          page_body const& body) {
  std::vector<forms::form_field> all;
  for (auto const& [name, value] : readable) all.push_back({.name = name, .value = value});
  for (auto const& file : body.files) {
    auto const type = type_of_file(file.content);
    all.push_back({.name = file.name,
                   .value = file.content,
                   .content_type = type.empty() ? "application/octet-stream" : type,
                   .file_name = file.title});
  }
  return all;
}

std::string_view type_of_file(std::string_view bytes) {
  auto const found = std::ranges::find_if(
      taken_types, [bytes](auto type) { return forms::begins_as(type, bytes); });
  return found == taken_types.end() ? std::string_view{} : *found;
}

}  // namespace intake::service::patients
