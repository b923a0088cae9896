#include "pdf/foreign_pdf.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <set>
#include <utility>
#include <vector>

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>

namespace intake::pdf {
namespace {

using object = QPDFObjectHandle;
using rewritten = boost::system::result<std::string, foreign_fault>;

/// All that a page needs to be seen (ISO 32000-1, table 30). Annots, AA, Metadata, PieceInfo, AF
/// and what the next standard adds stay behind.
constexpr std::array page_keys{"/Type",      "/MediaBox", "/CropBox",  "/Rotate",
                               "/Resources", "/Contents", "/UserUnit", "/Group"};

/// What acts, names other files or tells of the author, wherever it hangs: ISO 32000-1, 12.6 (A,
/// AA, OpenAction, JS, URI), 7.11 (F, EF, FS of streams), 8.10.4 (Ref), 14.5 (PieceInfo).
constexpr std::array keys_left_behind{"/A",
                                      "/AA",
                                      "/AF",
                                      "/Annots",
                                      "/EF",
                                      "/EmbeddedFiles",
                                      "/F",
                                      "/FDecodeParms",
                                      "/FFilter",
                                      "/FS",
                                      "/JS",
                                      "/JavaScript",
                                      "/Metadata",
                                      "/OPI",
                                      "/OpenAction",
                                      "/PieceInfo",
                                      "/PS",
                                      "/Ref",
                                      "/StructParent",
                                      "/StructParents",
                                      "/URI",
                                      "/XFA"};

/// Where the keys are names that the file's author chose, such as fonts called A and F.
constexpr std::array lists_of_names{"/CharProcs", "/Colorants"};

enum class keys { defined, resources, names };

keys kind_below(keys kind, std::string const& key) {
  if (kind == keys::resources) return keys::names;
  if (kind == keys::names) return keys::defined;
  if (key == "/Resources") return keys::resources;
  bool const named =
      std::ranges::any_of(lists_of_names, [&](auto const* one) { return key == one; });
  return named ? keys::names : keys::defined;
}

/// Takes out of everything that hangs below a page what must stay behind.
class cleaner {
 public:
  void clean(object page) {
    for (auto const* key : {"/Resources", "/Contents", "/Group"}) add(page.getKey(key), key);
    while (!open_.empty()) {
      auto const [next, kind] = open_.back();
      open_.pop_back();
      if (next.isIndirect() && !seen_.insert({next.getObjGen(), kind}).second) continue;
      visit(next, kind);
    }
  }

 private:
  void add(object const& each, std::string const& key, keys above = keys::defined) {
    open_.emplace_back(each, kind_below(above, key));
  }

  void visit(object each, keys kind) {
    if (each.isArray()) {
      for (auto const& inner : each.getArrayAsVector()) open_.emplace_back(inner, kind);
    } else if (each.isStream()) {
      visit_keys(each.getDict(), keys::defined);
    } else if (each.isDictionary()) {
      visit_keys(each, kind);
    }
  }

  void visit_keys(object each, keys kind) {
    for (auto const* key : keys_left_behind) {
      if (kind != keys::names && each.hasKey(key)) each.removeKey(key);
    }
    for (auto const& key : each.getKeys()) add(each.getKey(key), key, kind);
  }

  std::vector<std::pair<object, keys>> open_;
  std::set<std::pair<QPDFObjGen, keys>> seen_;
};

void keep_only(object page) {
  for (auto const& key : page.getKeys()) {
    bool const kept = std::ranges::any_of(page_keys, [&](auto const* one) { return key == one; });
    if (!kept && key != "/Parent") page.removeKey(key);
  }
}

std::string write(QPDF& file) {
  QPDFWriter writer(file);
  writer.setOutputMemory();
  writer.setDeterministicID(true);
  writer.setStreamDataMode(qpdf_s_preserve);
  writer.setObjectStreamMode(qpdf_o_disable);
  writer.write();
  auto const made = writer.getBufferSharedPointer();
  return {reinterpret_cast<char const*>(made->getBuffer()), made->getSize()};
}

rewritten rewrite(std::string_view bytes, std::size_t pages_max) {
  QPDF from;
  from.setSuppressWarnings(true);
  from.setAttemptRecovery(false);
  from.processMemoryFile("file", bytes.data(), bytes.size());
  QPDFPageDocumentHelper pages(from);
  pages.pushInheritedAttributesToPage();
  auto const all = pages.getAllPages();
  if (all.empty()) return foreign_fault::damaged;
  if (all.size() > pages_max) return foreign_fault::too_many_pages;
  QPDF to;
  to.emptyPDF();
  to.setSuppressWarnings(true);
  QPDFPageDocumentHelper made(to);
  cleaner clean;
  for (auto const& each : all) {
    keep_only(each.getObjectHandle());
    made.addPage(each, false);
  }
  for (auto const& each : made.getAllPages()) clean.clean(each.getObjectHandle());
  return write(to);
}

}  // namespace

rewritten rewrite_foreign(std::string_view bytes, std::size_t pages_max) {
  try {
    return rewrite(bytes, pages_max);
  } catch (QPDFExc const& fault) {
    return fault.getErrorCode() == qpdf_e_password ? foreign_fault::locked : foreign_fault::damaged;
  } catch (std::bad_alloc const&) {
    throw;
  } catch (std::exception const&) {
    return foreign_fault::damaged;
  }
}

}  // namespace intake::pdf
