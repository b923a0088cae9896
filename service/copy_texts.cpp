#include "service/copy_texts.hpp"

#include <sstream>

namespace intake::service {
namespace {

using pdf::copy_words;
using pdf::page_words;

struct page_text {
  std::string page_words::*word;
  std::string_view key;
};

constexpr page_text page_texts[] = {
    {&page_words::page_of, "copy.page_of"},       {&page_words::born, "copy.born"},
    {&page_words::evaluation, "page.evaluation"}, {&page_words::not_answered, "copy.not_answered"},
    {&page_words::not_told, "copy.not_told"},     {&page_words::signature, "copy.signature"},
    {&page_words::edition, "copy.edition_label"}, {&page_words::contents, "copy.contents"},
};

struct copy_text {
  std::string copy_words::*word;
  std::string_view key;
};

constexpr copy_text copy_texts[] = {
    {&copy_words::yes, "form.yes"},
    {&copy_words::no, "form.no"},
    {&copy_words::none_given, "copy.none_given"},
    {&copy_words::attached, "copy.attached"},
    {&copy_words::receipt, "copy.receipt"},
    {&copy_words::submitted, "copy.submitted"},
    {&copy_words::form, "copy.form"},
    {&copy_words::language, "copy.language"},
    {&copy_words::edition, "copy.edition"},
    {&copy_words::insurance, "copy.insurance"},
    {&copy_words::signed_by_hand, "copy.by_hand"},
    {&copy_words::typed_name, "copy.typed_name"},
    {&copy_words::not_signed, "copy.not_signed"},
    {&copy_words::canonical, "copy.edition_label"},
    {&copy_words::editions, "copy.editions"},
    {&copy_words::agreements, "copy.agreements"},
    {&copy_words::agreement, "copy.agreement"},
    {&copy_words::method, "copy.method"},
    {&copy_words::text_hash, "copy.text_hash"},
    {&copy_words::answered_by, "copy.answered_by"},
    {&copy_words::record, "copy.record"},
    {&copy_words::version, "copy.version"},
    {&copy_words::forms_in_packet, "copy.forms_in_packet"},
    {&copy_words::as_of, "copy.as_of"},
    {&copy_words::certificate, "copy.certificate"},
    {&copy_words::certificate_note, "copy.certificate_note"},
    {&copy_words::date, "copy.date"},
    {&copy_words::month_and_year, "copy.month_and_year"},
    {&copy_words::patients_name, "copy.patients_name"},
    {&copy_words::blank_packet, "copy.blank_packet"},
};

}  // namespace

copy_words copy_words_in(texts const& from, language spoken) {
  copy_words out;
  for (auto const& each : page_texts) out.page.*each.word = from.say(spoken, each.key);
  for (auto const& each : copy_texts) out.*each.word = from.say(spoken, each.key);
  std::istringstream months(from.say(spoken, "copy.months"));
  for (auto& each : out.months) months >> each;
  return out;
}

}  // namespace intake::service
