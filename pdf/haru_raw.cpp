#include "pdf/haru_raw.hpp"

#include <stdexcept>
#include <vector>

#include <fmt/format.h>

namespace intake::pdf::haru {
namespace {

/// No pool of libharu's own: what it hands out is not aligned for the structures that lie in it.
constexpr HPDF_UINT pool_bytes = 0;

/// Lets an error stay in the document, where check() finds it: an exception must not run through C.
void keep_error(HPDF_STATUS, HPDF_STATUS, void*) {}

/// libharu drops a "Filter" entry of a stream that it does not compress itself, so it is written
/// from here.
HPDF_STATUS write_filter(HPDF_Dict, HPDF_Stream to) {
  return HPDF_Stream_WriteStr(to, "/Filter /FlateDecode\012");
}

HPDF_BYTE const* as_haru(std::string_view bytes) {
  return reinterpret_cast<HPDF_BYTE const*>(bytes.data());
}

HPDF_Binary binary(HPDF_MMgr memory, std::string_view bytes) {
  std::vector<HPDF_BYTE> copy(bytes.begin(), bytes.end());
  return HPDF_Binary_New(memory, copy.data(), static_cast<HPDF_UINT>(copy.size()));
}

std::string text_string(std::u16string_view text) {
  constexpr std::size_t units_max = 4000;
  std::string bytes = "\xFE\xFF";
  for (auto const unit : text.substr(0, units_max)) {
    bytes += static_cast<char>(unit >> 8);
    bytes += static_cast<char>(unit & 0xFF);
  }
  return bytes;
}

void hold_deflated(HPDF_Dict stream, std::string_view deflated) {
  stream->filter = HPDF_STREAM_FILTER_NONE;
  stream->write_fn = write_filter;
  HPDF_Stream_Write(stream->stream, as_haru(deflated), static_cast<HPDF_UINT>(deflated.size()));
}

}  // namespace

pdf_file::pdf_file() : file_(HPDF_NewEx(keep_error, nullptr, nullptr, pool_bytes, nullptr)) {
  if (file_ == nullptr) throw std::runtime_error("libharu has no memory for a document.");
  file_->pdf_version = HPDF_VER_17;
  HPDF_SetCompressionMode(file_, HPDF_COMP_NONE);
}

pdf_file::~pdf_file() {
  HPDF_Free(file_);
}

void pdf_file::check() const {
  if (auto const error = HPDF_GetError(file_); error != HPDF_OK) {
    throw std::runtime_error(fmt::format("libharu reports error 0x{:04X}.", error));
  }
}

template <typename T>
T pdf_file::made(T object) const {
  check();
  if (object == nullptr) throw std::runtime_error("libharu could not make an object.");
  return object;
}

dict pdf_file::new_dict() {
  auto* const object = made(HPDF_Dict_New(file_->mmgr));
  HPDF_Xref_Add(file_->xref, object);
  check();
  return object;
}

dict pdf_file::new_direct_dict() {
  return made(HPDF_Dict_New(file_->mmgr));
}

array pdf_file::new_array() {
  return made(HPDF_Array_New(file_->mmgr));
}

dict pdf_file::new_stream(std::string_view deflated) {
  auto* const stream = made(HPDF_DictStream_New(file_->mmgr, file_->xref));
  hold_deflated(stream, deflated);
  check();
  return stream;
}

dict pdf_file::add_page(float width_pt, float height_pt, std::string_view deflated,
                        dict resources) {
  auto* const page = made(HPDF_AddPage(file_));
  HPDF_Page_SetWidth(page, width_pt);
  HPDF_Page_SetHeight(page, height_pt);
  set(page, "Resources", resources);
  auto* const attributes = static_cast<HPDF_PageAttr>(page->attr);
  hold_deflated(attributes->contents, deflated);
  check();
  return page;
}

array pdf_file::destination(dict page, float top_pt) {
  auto* const target = new_array();
  push(target, page);
  push_name(target, "XYZ");
  push_real(target, 0);
  push_real(target, top_pt);
  push_real(target, 0);
  return target;
}

dict pdf_file::add_bookmark(dict parent, std::u16string_view title, dict page, float top_pt) {
  auto* const entry = made(HPDF_CreateOutline(file_, parent, "-", nullptr));
  set_text(entry, "Title", title);
  set(entry, "Dest", destination(page, top_pt));
  return entry;
}

void pdf_file::add_link(dict on, float left, float bottom, float right, float top,
                        array destination) {
  auto* annotations = static_cast<array>(HPDF_Dict_GetItem(on, "Annots", HPDF_OCLASS_ARRAY));
  if (annotations == nullptr) {
    // Asking for what is not there is an error to libharu, which it remembers.
    HPDF_ResetError(file_);
    annotations = new_array();
    set(on, "Annots", annotations);
  }
  auto* const area = new_array();
  for (auto const each : {left, bottom, right, top}) push_real(area, each);
  auto* const border = new_array();
  for (int at = 0; at < 3; ++at) push_number(border, 0);
  auto* const link = new_dict();
  set_name(link, "Type", "Annot");
  set_name(link, "Subtype", "Link");
  set(link, "Rect", area);
  set(link, "Border", border);
  set(link, "Dest", destination);
  push(annotations, link);
}

dict pdf_file::add_jpeg(std::string_view bytes) {
  return made(
      HPDF_LoadJpegImageFromMem(file_, as_haru(bytes), static_cast<HPDF_UINT>(bytes.size())));
}

void pdf_file::set(dict in, char const* key, void* object) {
  HPDF_Dict_Add(in, key, object);
  check();
}

void pdf_file::set_name(dict in, char const* key, char const* name) {
  HPDF_Dict_AddName(in, key, name);
  check();
}

void pdf_file::set_true(dict in, char const* key) {
  HPDF_Dict_AddBoolean(in, key, HPDF_TRUE);
  check();
}

void pdf_file::set_number(dict in, char const* key, int value) {
  HPDF_Dict_AddNumber(in, key, value);
  check();
}

void pdf_file::set_text(dict in, char const* key, std::u16string_view text) {
  set_bytes(in, key, text_string(text));
}

void pdf_file::set_bytes(dict in, char const* key, std::string_view bytes) {
  set(in, key, made(binary(file_->mmgr, bytes)));
}

void pdf_file::push(array to, void* object) {
  HPDF_Array_Add(to, object);
  check();
}

void pdf_file::push_number(array to, int value) {
  HPDF_Array_AddNumber(to, value);
  check();
}

void pdf_file::push_real(array to, float value) {
  HPDF_Array_AddReal(to, value);
  check();
}

void pdf_file::push_name(array to, char const* name) {
  HPDF_Array_AddName(to, name);
  check();
}

void pdf_file::push_bytes(array to, std::string_view bytes) {
  push(to, made(binary(file_->mmgr, bytes)));
}

std::string pdf_file::save() {
  HPDF_SaveToStream(file_);
  check();
  std::string out(HPDF_GetStreamSize(file_), '\0');
  auto length = static_cast<HPDF_UINT32>(out.size());
  HPDF_ReadFromStream(file_, reinterpret_cast<HPDF_BYTE*>(out.data()), &length);
  check();
  out.resize(length);
  return out;
}

}  // namespace intake::pdf::haru
