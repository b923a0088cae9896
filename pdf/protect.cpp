#include "pdf/protect.hpp"

#include <algorithm>
#include <memory>
#include <stdexcept>

#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFWriter.hh>

namespace intake::pdf {

bool is_fit_password(std::string_view text) {
  return text.size() >= password_bytes_min && text.size() <= password_bytes_max &&
         std::all_of(text.begin(), text.end(),
                     [](char each) { return each >= ' ' && each <= '~'; });
}

std::string protect(std::string_view pdf, std::string const& password, std::string const& owner) {
  try {
    auto const file = QPDF::create();
    file->setSuppressWarnings(true);
    file->processMemoryFile("copy", pdf.data(), pdf.size());
    QPDFWriter writer(*file);
    writer.setOutputMemory();
    writer.setR6EncryptionParameters(password.c_str(), owner.c_str(), true, true, true, true, true,
                                     true, qpdf_r3p_full, true);
    writer.write();
    std::unique_ptr<Buffer> const out(writer.getBuffer());
    return {reinterpret_cast<char const*>(out->getBuffer()), out->getSize()};
  } catch (std::exception const&) {
    // What libqpdf says may quote the file.
    throw std::runtime_error("The copy could not be encrypted.");
  }
}

}  // namespace intake::pdf
