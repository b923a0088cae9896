#include "pdf/form_copy.hpp"

#include "pdf/answer_text.hpp"
#include "pdf/form_body.hpp"

#include <fmt/format.h>

namespace intake::pdf {
namespace {

notice_kind kind_of(decided outcome) {
  switch (outcome) {
    case decided::accepted:
    case decided::accepted_with_conditions:
      return notice_kind::accepted;
    case decided::not_accepted:
      return notice_kind::refused;
    case decided::review:
      break;
  }
  return notice_kind::open;
}

notice decision_notice(copy_decision const& from, copy_facts const& about) {
  notice out{kind_of(from.outcome), about.words.insurance + ": " + from.headline, from.sentences};
  if (!from.reason.empty()) out.lines.push_back(from.reason);
  if (!from.rule.empty() && about.profile != copy_profile::patient) {
    out.lines.push_back(fmt::format("{}: {}", about.words.rule, from.rule));
  }
  return out;
}

std::string title_and_edition(forms::questionnaire const& form, copy_facts const& about) {
  auto const title = in_copy(form.header().title, about);
  if (form.header().version.empty()) return title;
  auto edition = about.words.edition;
  if (auto const at = edition.find("{edition}"); at != std::string::npos) {
    edition.replace(at, 9, form.header().version);
  }
  return fmt::format("{}, {}", title, edition);
}

banner patient_banner(std::span<filled_form const> packet, copy_facts const& about) {
  banner out{about.patient_name, about.born};
  out.entries = {{about.words.receipt, about.receipt}, {about.words.submitted, about.submitted}};
  auto const form =
      packet.size() == 1 ? title_and_edition(*packet.front().form, about) : about.title;
  out.entries.push_back({about.words.form, form});
  out.entries.push_back({about.words.language, about.language_name});
  std::erase_if(out.entries, [](fact const& each) { return each.value.empty(); });
  return out;
}

void add_certificate(std::vector<block>& out, std::span<filled_form const> packet,
                     copy_facts const& about) {
  if (!out.empty()) out.push_back(page_break{});
  out.push_back(heading{heading_level::section, about.words.certificate, "", in_outline::yes});
  out.push_back(paragraph{about.words.certificate_note, tone::quiet});
  facts made;
  made.entries = {{about.words.receipt, about.receipt}, {about.words.submitted, about.submitted}};
  for (auto const& each : packet) {
    made.entries.push_back({about.words.form, title_and_edition(*each.form, about)});
  }
  made.entries.insert(made.entries.end(), about.certificate.begin(), about.certificate.end());
  out.push_back(std::move(made));
  if (about.record_id.empty()) return;
  auto const name = fmt::format("{}|{}", about.record_id, about.record_version);
  out.push_back(qr_code{name, name});
}

}  // namespace

document form_copy(std::span<filled_form const> packet, copy_facts const& about) {
  bool const single = packet.size() == 1;
  section made;
  made.letterhead = about.letterhead;
  made.patient = patient_banner(packet, about);
  made.footer = about.as_of.empty() ? about.profile_name
                                    : fmt::format("{} · {}", about.profile_name, about.as_of);
  auto const title = single ? in_copy(packet.front().form->header().title, about) : about.title;
  made.blocks.push_back(heading{
      heading_level::title, title,
      single ? in_own_words(packet.front().form->header().title, about) : "", in_outline::yes});
  if (!about.alerts.empty() && about.profile != copy_profile::patient) {
    made.blocks.push_back(notice{notice_kind::alert, about.words.alerts, about.alerts});
  }
  if (about.decision) made.blocks.push_back(decision_notice(*about.decision, about));
  for (auto const& each : packet) {
    if (!single) {
      auto const& form_title = each.form->header().title;
      made.blocks.push_back(heading{heading_level::section, in_copy(form_title, about),
                                    in_own_words(form_title, about), in_outline::yes});
    }
    auto body =
        form_body(each, about, single ? body_depth::whole_copy : body_depth::one_of_several);
    std::move(body.begin(), body.end(), std::back_inserter(made.blocks));
  }
  add_certificate(made.blocks, packet, about);

  document out;
  out.about = {title, about.letterhead.name, about.profile_name, about.copy_language,
               about.created};
  out.purpose = about.purpose;
  out.words = about.words.page;
  out.sections.push_back(std::move(made));
  return out;
}

}  // namespace intake::pdf
