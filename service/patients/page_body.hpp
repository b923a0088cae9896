#pragma once
#include "forms/from_fields.hpp"
#include "service/http/fields.hpp"
#include "service/http/request.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace intake::service::patients {

/// A file that came with a page; `content` is a view into the request.
struct page_file {
  /// Of its field: the link path of its question.
  std::string name;
  std::string title;
  std::string_view content;
};

/// What a browser sends with a page: fields, and files where it has room for some.
struct page_body {
  std::vector<form_field> fields;
  std::vector<page_file> files;
};

/// Reads application/x-www-form-urlencoded, or multipart/form-data where the page has files. A
/// field for which no file was chosen is left out. Nothing for what breaks its grammar.
std::optional<page_body> read_page_body(request const&);

/// Text fields as they are to be read, and files with their bytes: for pages without a draft that
/// could keep them. Views into both.
std::vector<forms::form_field> with_files(std::vector<form_field> const& readable,
                                          page_body const&);

/// The media type that the bytes begin as; empty for one that is not taken.
std::string_view type_of_file(std::string_view bytes);

}  // namespace intake::service::patients
