#include "service/patients/file_words.hpp"

#include <fmt/format.h>

namespace intake::service::patients {
namespace {

/// "312 KB", "1.2 MB": the same in all our languages.
std::string size_text(forms::attachment const& file) {
  auto const kilobytes = (file.size_bytes.value_or(0) + 999) / 1000;
  if (kilobytes < 1000) return fmt::format("{} KB", kilobytes);
  return fmt::format("{:.1f} MB", static_cast<double>(kilobytes) / 1000);
}

}  // namespace

std::string attached_words(texts const& words, language spoken, forms::attachment const* file) {
  if (file == nullptr) return words.say(spoken, "form.attached_before");
  return words.say(spoken, "form.attached", {{"title", file->title}, {"size", size_text(*file)}});
}

std::string accepted_types(forms::item const& item) {
  auto const& types = item.limits.mime_types;
  if (types.empty()) return "image/jpeg,image/png,application/pdf";
  return fmt::format("{}", fmt::join(types, ","));
}

}  // namespace intake::service::patients
