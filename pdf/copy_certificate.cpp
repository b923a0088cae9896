#include "pdf/copy_certificate.hpp"

#include "forms/editions.hpp"
#include "pdf/agreement.hpp"
#include "pdf/answer_text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::pdf {
namespace {

facts record_facts(copy_facts const& about) {
  facts made;
  made.entries = {{about.words.receipt, about.receipt}, {about.words.submitted, about.submitted}};
  made.entries.insert(made.entries.end(), about.certificate.begin(), about.certificate.end());
  std::erase_if(made.entries, [](fact const& each) { return each.value.empty(); });
  return made;
}

/// What the addresses of all forms begin with, up to a slash; empty where they differ.
std::string_view shared_address(std::span<filled_form const> packet) {
  if (packet.empty()) return {};
  std::string_view const first = packet.front().form->canonical();
  auto const shared = first.substr(0, first.rfind('/') + 1);
  bool const by_all = std::all_of(packet.begin(), packet.end(), [&](filled_form const& each) {
    return each.form->canonical().starts_with(shared);
  });
  return by_all ? shared : std::string_view();
}

/// One line a form: what all addresses have in common is said once.
void add_form_editions(std::vector<block>& out, std::span<filled_form const> packet,
                       copy_facts const& about) {
  auto const shared = shared_address(packet);
  out.push_back(heading{heading_level::group, fmt::format("{} {}", about.words.editions, shared)});
  facts editions;
  editions.columns = 3;
  for (auto const& each : packet) {
    editions.entries.push_back(
        {in_copy(each.form->header().title, about), each.form->canonical().substr(shared.size())});
  }
  out.push_back(std::move(editions));
}

std::string text_hash(copy_facts const& about, std::string const& edition) {
  constexpr std::size_t digits = 16;
  auto const found = std::find_if(about.text_hashes.begin(), about.text_hashes.end(),
                                  [&](fact const& each) { return each.label == edition; });
  return found == about.text_hashes.end() ? std::string() : found->value.substr(0, digits);
}

table agreements(std::span<filled_form const> packet, copy_facts const& about) {
  auto const& words = about.words;
  table out{
      words.agreements,
      {{words.agreement, "", 1.3F}, {words.canonical}, {words.text_hash}, {words.method, "", 1.2F}},
      {}};
  for (auto const& each : packet) {
    for (auto const& answered : forms::answered_editions(*each.form, *each.given)) {
      if (!may_show(about.profile, answered.group->audience)) continue;
      auto const& edition = answered.group->edition.id;
      auto const how = signing_of(*each.form, *answered.group, answered.occurrence->items);
      auto const* const settled = settlement_of(about, *answered.group);
      bool const at_desk = how == signing::not_signed && settled != nullptr;
      out.rows.push_back({{"", in_copy(answered.group->text, about)},
                          {"", edition},
                          {"", text_hash(about, edition)},
                          {"", at_desk ? settled->how : signing_text(how, words)}});
    }
  }
  return out;
}

}  // namespace

std::vector<block> copy_certificate(std::span<filled_form const> packet, copy_facts const& about) {
  std::vector<block> out;
  out.push_back(
      heading{heading_level::section, about.words.certificate, "", in_outline::yes, "certificate"});
  out.push_back(paragraph{about.words.certificate_note, tone::quiet});
  if (!about.record_id.empty()) {
    auto const name = fmt::format("{}|{}", about.record_id, about.record_version);
    out.push_back(qr_code{name, name});
  }
  out.push_back(record_facts(about));
  if (auto signed_texts = agreements(packet, about); !signed_texts.rows.empty()) {
    out.push_back(std::move(signed_texts));
  }
  add_form_editions(out, packet, about);
  return out;
}

}  // namespace intake::pdf
