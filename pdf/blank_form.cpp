#include "pdf/blank_form.hpp"

#include "pdf/answer_text.hpp"
#include "pdf/qr.hpp"

namespace intake::pdf {
namespace {

using forms::item_type;

/// A repeating group has room for as many repetitions as fit a page well; more go on another sheet.
constexpr int repetitions_on_paper = 3;

blank_kind kind_of(forms::item const& item) {
  if (item.type == item_type::attachment) return blank_kind::signature;
  if (item.type == item_type::text) return blank_kind::lines;
  bool const chosen = item.type == item_type::boolean || !forms::options_of(item).empty();
  if (chosen && item.type == item_type::open_choice) return blank_kind::open_choice;
  return chosen ? blank_kind::choice : blank_kind::line;
}

std::string both_languages(std::string text, std::string const& own) {
  return own.empty() ? text : std::move(text) + " / " + own;
}

std::string option_text(forms::item const& item, forms::answer_option const& option,
                        copy_facts const& about) {
  return both_languages(printed_value(item, option.value, about.copy_language, about.words),
                        in_own_words(option.label, about));
}

class blank_writer {
 public:
  blank_writer(forms::questionnaire const& form, copy_facts const& about)
      : form_(form), about_(about) {}

  std::vector<block> write(forms::item const* only) {
    only == nullptr ? children(forms::no_item, 0) : group(*only, 0);
    return std::move(out_);
  }

 private:
  void children(forms::item_index parent, int depth) {
    for (auto const index : form_.children_of(parent)) {
      auto const& item = form_.at(index);
      if (item.hidden) continue;
      if (item.type == item_type::group) {
        group(item, depth);
      } else if (item.type == item_type::display) {
        out_.push_back(
            paragraph{both_languages(question_text(item, about_), in_own_words(item.text, about_)),
                      tone::body, begins_group()});
      } else {
        question(item);
        children(index, depth + 1);
      }
    }
  }

  /// Right below a heading, or below what stands there.
  bool begins_group() const {
    if (out_.empty()) return false;
    auto const* before = std::get_if<paragraph>(&out_.back());
    return before != nullptr ? before->introduces : std::holds_alternative<heading>(out_.back());
  }

  void group(forms::item const& item, int depth) {
    auto const times = item.repeats ? repetitions_on_paper : 1;
    for (int number = 1; number <= times; ++number) {
      auto const text = question_text(item, about_);
      auto const numbered = item.repeats ? text + ' ' + std::to_string(number) : text;
      out_.push_back(heading{depth == 0 ? heading_level::section : heading_level::group, numbered,
                             in_own_words(item.text, about_),
                             depth == 0 ? in_outline::yes : in_outline::no});
      children(item.index, depth + 1);
    }
  }

  void question(forms::item const& item) {
    blank_answer made{question_text(item, about_), in_own_words(item.text, about_)};
    made.hint = item.shown.entry_format;
    made.kind = kind_of(item);
    if (item.type == item_type::boolean) made.options = {about_.words.yes, about_.words.no};
    for (auto const& option : forms::options_of(item)) {
      made.options.push_back(option_text(item, option, about_));
    }
    out_.push_back(std::move(made));
  }

  forms::questionnaire const& form_;
  copy_facts const& about_;
  std::vector<block> out_;
};

}  // namespace

namespace {

section blank_section(forms::questionnaire const& form, copy_facts const& about,
                      forms::item const* only = nullptr) {
  auto const title = in_copy(form.header().title, about);
  section made;
  made.letterhead = about.letterhead;
  made.footer = form.canonical();
  made.patient.entries = {{about.words.form, title + ", " + form.header().version}};
  made.blocks.push_back(heading{heading_level::title, title,
                                in_own_words(form.header().title, about), in_outline::yes});
  made.patient.name = about.patient_name;
  made.patient.born = about.born;
  if (about.patient_name.empty()) {
    for (auto const& asked : {about.words.patients_name, about.words.page.born}) {
      made.blocks.push_back(blank_answer{asked});
    }
  }
  auto body = blank_writer(form, about).write(only);
  std::move(body.begin(), body.end(), std::back_inserter(made.blocks));
  // Published forms need not have a url, and theirs may be of any length.
  if (auto const& name = form.canonical(); !form.header().url.empty() && fits_qr(name)) {
    made.blocks.push_back(qr_code{name, name});
  }
  return made;
}

document blank_document(std::string title, copy_facts const& about) {
  document out;
  out.about = {std::move(title), about.letterhead.name, about.words.form, about.copy_language,
               about.created};
  out.purpose = about.purpose;
  out.words = about.words.page;
  return out;
}

}  // namespace

document blank_form(forms::questionnaire const& form, copy_facts const& about) {
  auto out = blank_document(in_copy(form.header().title, about), about);
  out.sections.push_back(blank_section(form, about));
  return out;
}

document blank_group(forms::questionnaire const& form, forms::item const& group,
                     copy_facts const& about) {
  auto out = blank_document(in_copy(group.text, about), about);
  out.sections.push_back(blank_section(form, about, &group));
  return out;
}

document blank_packet(std::span<forms::questionnaire const* const> forms, copy_facts const& about) {
  auto out = blank_document(about.words.blank_packet, about);
  out.sides = printed_on::both;
  for (auto const* each : forms) out.sections.push_back(blank_section(*each, about));
  return out;
}

}  // namespace intake::pdf
