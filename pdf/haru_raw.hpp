#pragma once
#include <string>
#include <string_view>

#include <hpdf.h>
#include <hpdf_doc.h>

/// libharu 2.3 below its documented surface, and the only place that knows it. Used are its
/// document, page tree, cross-reference table and object functions, which the library exports and
/// whose headers it installs; not used are its fonts, encoders and text. A test (haru_raw_test)
/// holds what is relied on here; look again when moving to 2.4.
namespace intake::pdf::haru {

using dict = HPDF_Dict;
using array = HPDF_Array;

/// One PDF document under construction. Objects belong to it. Each call throws std::runtime_error
/// when libharu reports an error, which with valid arguments means that memory ran out.
class pdf_file {
 public:
  pdf_file();
  ~pdf_file();
  pdf_file(pdf_file const&) = delete;
  pdf_file& operator=(pdf_file const&) = delete;

  dict new_dict();    ///< indirect
  array new_array();  ///< direct: belongs to the object it is set in
  dict new_direct_dict();
  /// An indirect stream whose bytes are zlib-deflated already.
  dict new_stream(std::string_view deflated);

  dict catalog() { return file_->catalog; }
  dict info() { return file_->info; }
  dict trailer() { return file_->trailer; }

  /// A page of the given size with `deflated` operators; `resources` may be shared by all pages.
  dict add_page(float width_pt, float height_pt, std::string_view deflated, dict resources);
  /// Adds an outline entry under `parent` (nullptr: at the top) that leads to a height on a page.
  dict add_bookmark(dict parent, std::u16string_view title, dict page, float top_pt);
  /// Adds an area of a page that leads to a height on a page; corners as PDF counts them, upwards.
  void add_link(dict on, float left, float bottom, float right, float top, array destination);
  dict add_jpeg(std::string_view bytes);

  /// [page /XYZ 0 top 0]: go there and leave the zoom alone (ISO 32000-1, 12.3.2.2).
  array destination(dict page, float top_pt);

  void set(dict in, char const* key, void* object);
  void set_name(dict in, char const* key, char const* name);
  void set_true(dict in, char const* key);
  void set_number(dict in, char const* key, int value);
  /// A text string in UTF-16BE with its byte order mark (7.9.2.2), longer ones cut at 4,000 units.
  void set_text(dict in, char const* key, std::u16string_view text);
  void set_bytes(dict in, char const* key, std::string_view bytes);
  void push(array to, void* object);
  void push_number(array to, int value);
  void push_real(array to, float value);
  void push_name(array to, char const* name);
  void push_bytes(array to, std::string_view bytes);

  /// The whole file, as version 1.7.
  std::string save();

 private:
  template <typename T>
  T made(T object) const;
  void check() const;

  HPDF_Doc file_;
};

}  // namespace intake::pdf::haru
