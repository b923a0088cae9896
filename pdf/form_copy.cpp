#include "pdf/form_copy.hpp"

#include "pdf/answer_text.hpp"
#include "pdf/copy_certificate.hpp"
#include "pdf/copy_summary.hpp"
#include "pdf/form_body.hpp"
#include "pdf/insurance_notices.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::pdf {
namespace {

std::string title_and_edition(forms::questionnaire const& form, copy_facts const& about) {
  auto const title = in_copy(form.header().title, about);
  if (form.header().version.empty()) return title;
  return fmt::format("{}, {}", title,
                     filled_in(about.words.edition, "{edition}", form.header().version));
}

/// Forms of which the reader may see something. The name of another would tell that it was asked.
std::vector<filled_form> shown_forms(std::span<filled_form const> packet, copy_profile profile) {
  std::vector<filled_form> out;
  for (auto const& each : packet) {
    auto const items = each.form->items();
    if (std::any_of(items.begin(), items.end(),
                    [&](auto const& item) { return may_show(profile, item.audience); })) {
      out.push_back(each);
    }
  }
  return out;
}

std::string record_text(copy_facts const& about) {
  if (about.record_id.empty()) return {};
  auto const named = filled_in(about.words.version, "{id}", about.record_id);
  return filled_in(named, "{version}", std::to_string(about.record_version));
}

std::string form_text(std::span<filled_form const> packet, copy_facts const& about) {
  if (packet.size() == 1) return title_and_edition(*packet.front().form, about);
  auto const titled = filled_in(about.words.forms_in_packet, "{title}", about.title);
  return filled_in(titled, "{count}", std::to_string(packet.size()));
}

banner patient_banner(std::span<filled_form const> packet, copy_facts const& about) {
  banner out{about.patient_name, about.born};
  out.entries = {{about.words.receipt, about.receipt},
                 {about.words.submitted, about.submitted},
                 {about.words.form, form_text(packet, about)},
                 {about.words.language, about.language_name},
                 {about.words.record, record_text(about)}};
  std::erase_if(out.entries, [](fact const& each) { return each.value.empty(); });
  return out;
}

/// A text that somebody signs, or is asked to, is in it.
bool asks_for_signature(forms::questionnaire const& form, copy_profile profile) {
  auto const items = form.items();
  return std::any_of(items.begin(), items.end(), [&](forms::item const& item) {
    return (item.signature_required || !item.edition.id.empty()) &&
           may_show(profile, item.audience);
  });
}

/// Writes the blocks of one copy in their order.
class copy_writer {
 public:
  /// `whole` has the forms too of which the reader sees nothing else than the ledger's part.
  copy_writer(std::span<filled_form const> packet, std::span<filled_form const> whole,
              copy_facts const& about)
      : packet_(packet), about_(about), given_(packet, about) {
    if (!for_staff()) return;
    summary_ = copy_summary(given_);
    if (about.extent == copy_extent::whole) ledger_ = treatment_ledger(whole, given_);
  }

  std::vector<block> write() {
    title();
    notices();
    if (!single()) list_of_contents();
    summary();
    for (auto const& each : packet_) {
      if (is_printed(each)) form(each);
    }
    ledger();
    out_.push_back(page_break{});
    add(copy_certificate(packet_, about_));
    return std::move(out_);
  }

 private:
  bool single() const { return packet_.size() == 1; }
  bool for_staff() const { return about_.profile != copy_profile::patient; }
  bool is_printed(filled_form const& each) const {
    return about_.extent == copy_extent::whole || !for_staff() ||
           asks_for_signature(*each.form, about_.profile);
  }

  void add(std::vector<block> more) {
    std::move(more.begin(), more.end(), std::back_inserter(out_));
  }

  void title() {
    if (!single()) {
      out_.push_back(heading{heading_level::title, about_.title, "", in_outline::yes});
      return;
    }
    auto const& text = packet_.front().form->header().title;
    out_.push_back(heading{heading_level::title, in_copy(text, about_), in_own_words(text, about_),
                           in_outline::yes});
  }

  void notices() {
    if (!about_.record_notes.empty()) {
      out_.push_back(
          notice{notice_kind::information, about_.words.about_version, about_.record_notes});
    }
    if (!about_.settled.empty() && for_staff()) {
      out_.push_back(notice{notice_kind::information, about_.words.settled, settled_lines()});
    }
    if (!about_.alerts.empty() && for_staff()) {
      out_.push_back(notice{notice_kind::alert, about_.words.alerts, about_.alerts});
    }
    if (about_.decision && !for_staff()) {
      out_.push_back(decision_notice(*about_.decision, about_));
    }
    if (about_.extent == copy_extent::summary_and_agreements && for_staff()) {
      out_.push_back(paragraph{about_.words.answers_left_out, tone::quiet});
    }
    if (about_.profile == copy_profile::desk) {
      out_.push_back(paragraph{about_.words.behavioural_left_out, tone::quiet});
    }
    if (about_.profile == copy_profile::billing) {
      out_.push_back(paragraph{about_.words.clinical_left_out, tone::quiet});
    }
  }

  std::vector<std::string> settled_lines() const {
    std::vector<std::string> lines;
    for (auto const& each : about_.settled) {
      lines.push_back(fmt::format("{}: {}{}{}", each.thing, each.how,
                                  each.reason.empty() ? "" : ": ", each.reason));
    }
    return lines;
  }

  /// A page of its own, so that it can be handed on alone; not where one form is all there is.
  void summary() {
    if (summary_.empty()) return;
    if (!single()) out_.push_back(page_break{});
    add(std::move(summary_));
    if (!single()) out_.push_back(page_break{});
  }

  void list_of_contents() {
    contents list;
    if (!summary_.empty()) list.entries.push_back({about_.words.summary.summary, "summary"});
    for (auto const& each : packet_) {
      if (!is_printed(each)) continue;
      list.entries.push_back({in_copy(each.form->header().title, about_), each.form->canonical()});
    }
    if (!ledger_.empty()) list.entries.push_back({about_.words.summary.ledger, "treatment-ledger"});
    list.entries.push_back({about_.words.certificate, "certificate"});
    out_.push_back(std::move(list));
  }

  void form(filled_form const& from) {
    if (!single()) {
      auto const& text = from.form->header().title;
      out_.push_back(heading{heading_level::section, in_copy(text, about_),
                             in_own_words(text, about_), in_outline::yes, from.form->canonical()});
    }
    add(form_body(from, about_, single() ? body_depth::whole_copy : body_depth::one_of_several));
  }

  void ledger() {
    if (ledger_.empty()) return;
    out_.push_back(page_break{});
    add(std::move(ledger_));
  }

  std::span<filled_form const> packet_;
  copy_facts const& about_;
  packet_answers given_;
  std::vector<block> summary_;
  std::vector<block> ledger_;
  std::vector<block> out_;
};

}  // namespace

bool may_show(copy_profile profile, forms::form_audience audience) {
  using enum forms::form_audience;
  switch (profile) {
    case copy_profile::desk:
      return audience != behavioural;
    case copy_profile::billing:
      return audience == demographic || audience == coverage || audience == consent;
    case copy_profile::clinical:
    case copy_profile::patient:
      break;
  }
  return true;
}

document form_copy(std::span<filled_form const> packet, copy_facts const& about) {
  auto const shown = shown_forms(packet, about.profile);
  section made;
  made.letterhead = about.letterhead;
  made.patient = patient_banner(shown, about);
  made.footer = about.profile_name;
  if (!about.as_of.empty()) {
    made.footer += " · " + filled_in(about.words.as_of, "{time}", about.as_of);
  }
  made.blocks = copy_writer(shown, packet, about).write();

  document out;
  auto const title =
      shown.size() == 1 ? in_copy(shown.front().form->header().title, about) : about.title;
  out.about = {title, about.letterhead.name, about.profile_name, about.copy_language,
               about.created};
  out.purpose = about.purpose;
  out.words = about.words.page;
  out.sections.push_back(std::move(made));
  return out;
}

}  // namespace intake::pdf
