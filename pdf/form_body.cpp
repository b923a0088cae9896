#include "pdf/form_body.hpp"

#include "forms/enablement.hpp"
#include "forms/fhirpath/hooks.hpp"
#include "pdf/agreement.hpp"
#include "pdf/answer_text.hpp"
#include "pdf/signature_pad.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::pdf {
namespace {

using forms::answer_scope;
using forms::answered_item;
using forms::item_type;
using occurrence_list = std::vector<answered_item>;

constexpr std::size_t table_columns_max = 5;

/// Help that stands beside a field on the screen and says nothing on paper.
bool is_screen_help(forms::item const& item) {
  using control = forms::item_control;
  static constexpr std::array helps{control::help,  control::flyover, control::prompt,
                                    control::lower, control::upper,   control::unit,
                                    control::footer};
  return std::find(helps.begin(), helps.end(), item.shown.control) != helps.end();
}

/// Computed by the service: a total, a mean, a band.
bool is_score(forms::item const& item) {
  return !item.calculated_expression.text.empty();
}

/// "Prefer not to say" is an answer of its own: as a packet's option, or as FHIR's
/// data-absent-reason has it.
answer_state state_of(std::vector<forms::answer> const& given) {
  auto const says = [](forms::answer const& each) { return forms::has_value(each.value); };
  if (std::none_of(given.begin(), given.end(), says)) return answer_state::not_answered;
  constexpr std::array<std::string_view, 2> codes{"prefer-not", "asked-declined"};
  bool const declined = std::all_of(given.begin(), given.end(), [&](forms::answer const& each) {
    auto const* code = std::get_if<forms::coding>(&each.value);
    return code != nullptr && std::find(codes.begin(), codes.end(), code->code) != codes.end();
  });
  return declined ? answer_state::not_told : answer_state::given;
}

/// Walks a form's items in order and makes blocks of those that were asked.
class body_writer {
 public:
  body_writer(filled_form const& from, copy_facts const& about, body_depth depth)
      : form_(*from.form),
        given_(*from.given),
        about_(about),
        expressions_(forms::fhirpath::hooks_for({about.now, {}})),
        enabled_(form_, given_, &expressions_),
        depth_(depth) {}

  std::vector<block> write() {
    children(forms::no_item, {&given_.items}, "", 0);
    return std::move(out_);
  }

 private:
  /// An item's text; below one of several answers behind that answer.
  std::string text_of(forms::item const& item) const {
    return under_.in_copy + question_text(item, about_);
  }

  std::string own_text_of(forms::item const& item) const {
    auto const own = in_own_words(item.text, about_);
    return own.empty() ? own : under_.own + own;
  }

  void children(forms::item_index parent, answer_scope const& scope, std::string const& key,
                unsigned depth) {
    for (auto const index : form_.children_of(parent)) {
      auto const& item = form_.at(index);
      if (!is_shown(item, scope)) continue;
      if (item.type == item_type::group) {
        group(item, scope, key, depth);
      } else if (item.type == item_type::display) {
        if (!is_screen_help(item)) out_.push_back(paragraph{text_of(item), tone::quiet});
      } else {
        question(item, scope, key, depth);
      }
    }
  }

  /// A hidden item was not asked; but what the service computed in one is a score.
  bool is_shown(forms::item const& item, answer_scope const& scope) const {
    if (!may_show(about_.profile, item.audience)) return false;
    if (!enabled_.is_enabled(item, scope)) return false;
    if (!item.hidden) return true;
    return prints_score(item) && !forms::occurrences(*scope.siblings, item.index).empty();
  }

  bool prints_score(forms::item const& item) const {
    return is_score(item) && about_.profile != copy_profile::patient;
  }

  void group_heading(forms::item const& item, unsigned depth, std::string const& number) {
    if (question_text(item, about_).empty()) return;
    bool const top = depth == 0 && depth_ == body_depth::whole_copy;
    out_.push_back(heading{top ? heading_level::section : heading_level::group,
                           text_of(item) + number, own_text_of(item),
                           depth == 0 ? in_outline::yes : in_outline::no});
  }

  void group(forms::item const& item, answer_scope const& scope, std::string const& key,
             unsigned depth) {
    auto const occurrences = forms::occurrences(*scope.siblings, item.index);
    if (item.repeats && fits_table(item)) return group_table(item, occurrences, scope, key, depth);
    if (item.repeats && occurrences.empty()) {
      group_heading(item, depth, "");
      out_.push_back(paragraph{about_.words.none_given, tone::quiet});
      return;
    }
    if (occurrences.empty()) {
      static occurrence_list const nothing;
      return group_once(item, nothing, scope, answer_key(key, item.link_id, 0), depth, "");
    }
    std::size_t number = 0;
    for (auto const& each : occurrences) {
      ++number;
      auto const own_key = answer_key(key, item.link_id, item.repeats ? number : 0);
      group_once(item, each.items, scope, own_key, depth,
                 item.repeats ? fmt::format(" {}", number) : "");
    }
  }

  void group_once(forms::item const& item, occurrence_list const& inside, answer_scope const& outer,
                  std::string const& key, unsigned depth, std::string const& number) {
    answer_scope const scope{&inside, &outer, item.index};
    if (item.signature_required) return agreement(item, scope, key);
    auto const before = out_.size();
    group_heading(item, depth, number);
    auto const with_heading = out_.size();
    children(item.index, scope, key, depth + 1);
    // A heading over nothing that was asked says nothing.
    if (out_.size() == with_heading) out_.resize(before);
  }

  /// A question that was sent as several items is printed as often: nothing of it is left out.
  void question(forms::item const& item, answer_scope const& scope, std::string const& key,
                unsigned depth) {
    auto const occurrences = forms::occurrences(*scope.siblings, item.index);
    if (occurrences.empty()) return question_once(item, {}, scope, key, depth);
    for (auto const& each : occurrences) question_once(item, each.answers, scope, key, depth);
  }

  void question_once(forms::item const& item, std::vector<forms::answer> const& given,
                     answer_scope const& scope, std::string const& key, unsigned depth) {
    auto const own_key = answer_key(key, item.link_id, 0);
    if (item.repeats && !given.empty() && fits_table(item)) {
      return answer_table(item, given, scope, own_key);
    }
    answer_row(item, given, own_key);
    if (item.children.empty()) return;
    auto const names = names_of(item, given, about_);
    for (std::size_t at = 0; at < given.size(); ++at) {
      answer_scope const inner{&given[at].items, &scope, item.index, &given[at]};
      auto const outside = under_;
      under_ = {outside.in_copy + names[at].in_copy, outside.own + names[at].own};
      children(item.index, inner, answer_key(key, item.link_id, item.repeats ? at + 1 : 0),
               depth + 1);
      under_ = outside;
    }
  }

  void answer_row(forms::item const& item, std::vector<forms::answer> const& given,
                  std::string const& key) {
    auto value = printed_answers(item, given, about_.copy_language, about_.words);
    out_.push_back(answer{key, text_of(item), own_text_of(item), std::move(value),
                          own_words_of(item, given, about_), state_of(given),
                          is_score(item) ? tone::strong : tone::body});
    for (auto const& each : about_.pictures) {
      if (each.key == key) out_.push_back(picture{each.jpeg, text_of(item)});
    }
  }

  /// The questions right below an item; empty where something else stands there too.
  std::vector<forms::item const*> plain_questions(forms::item const& item) const {
    std::vector<forms::item const*> out;
    for (auto const index : item.children) {
      auto const& child = form_.at(index);
      if (!may_show(about_.profile, child.audience)) continue;
      if (child.hidden && !prints_score(child)) continue;
      if (child.type == item_type::display && is_screen_help(child)) continue;
      bool const wide = child.type == item_type::text || child.type == item_type::attachment ||
                        child.type == item_type::display || child.type == item_type::group;
      bool const nested = std::any_of(
          child.children.begin(), child.children.end(),
          [this](forms::item_index below) { return forms::is_question(form_.at(below)); });
      if (wide || nested) return {};
      out.push_back(&child);
    }
    return out;
  }

  bool fits_table(forms::item const& item) const {
    auto const columns = plain_questions(item).size() + (forms::is_question(item) ? 1 : 0);
    return columns > (forms::is_question(item) ? 1U : 0U) && columns <= table_columns_max;
  }

  /// A table's questions; a hidden score is one of them where some row has it.
  std::vector<forms::item const*> columns_of(
      forms::item const& item, std::vector<occurrence_list const*> const& rows) const {
    auto questions = plain_questions(item);
    std::erase_if(questions, [&](forms::item const* each) {
      return each->hidden && std::ranges::none_of(rows, [&](occurrence_list const* row) {
               return !forms::occurrences(*row, each->index).empty();
             });
    });
    return questions;
  }

  cell answer_cell(forms::item const& item, std::vector<forms::answer> const& given,
                   std::string key) const {
    return {std::move(key), printed_answers(item, given, about_.copy_language, about_.words),
            own_words_of(item, given, about_), state_of(given)};
  }

  column titled(forms::item const& item) const {
    return {question_text(item, about_), in_own_words(item.text, about_)};
  }

  void add_cells(std::vector<cell>& row, std::vector<forms::item const*> const& questions,
                 answer_scope const& scope, std::string const& key) {
    for (auto const* each : questions) {
      std::vector<forms::answer> given;
      for (auto const& one : forms::occurrences(*scope.siblings, each->index)) {
        given.insert(given.end(), one.answers.begin(), one.answers.end());
      }
      if (!enabled_.is_enabled(*each, scope) || (each->hidden && given.empty())) {
        row.push_back({"", ""});
      } else {
        row.push_back(answer_cell(*each, given, answer_key(key, each->link_id, 0)));
      }
    }
  }

  void group_table(forms::item const& item, forms::occurrence_range occurrences,
                   answer_scope const& scope, std::string const& key, unsigned depth) {
    group_heading(item, depth, "");
    if (occurrences.empty()) {
      out_.push_back(paragraph{about_.words.none_given, tone::quiet});
      return;
    }
    std::vector<occurrence_list const*> rows;
    for (auto const& each : occurrences) rows.push_back(&each.items);
    auto const questions = columns_of(item, rows);
    if (questions.empty()) return;
    table made;
    for (auto const* each : questions) made.columns.push_back(titled(*each));
    made.columns.front().share = 1.3F;
    std::size_t number = 0;
    for (auto const& each : occurrences) {
      answer_scope const inner{&each.items, &scope, item.index};
      add_cells(made.rows.emplace_back(), questions, inner,
                answer_key(key, item.link_id, ++number));
    }
    out_.push_back(std::move(made));
  }

  /// A question asked once more for each of its answers: where it hurts, and how much there.
  void answer_table(forms::item const& item, std::vector<forms::answer> const& given,
                    answer_scope const& scope, std::string const& key) {
    std::vector<occurrence_list const*> rows;
    for (auto const& each : given) rows.push_back(&each.items);
    auto const questions = columns_of(item, rows);
    table made;
    made.columns.push_back({text_of(item), own_text_of(item)});
    made.columns.front().share = 1.3F;
    for (auto const* each : questions) made.columns.push_back(titled(*each));
    for (std::size_t at = 0; at < given.size(); ++at) {
      auto const own_key = answer_key("", key, at + 1);
      auto& row = made.rows.emplace_back();
      row.push_back(answer_cell(item, {given[at]}, own_key));
      answer_scope const inner{&given[at].items, &scope, item.index, &given[at]};
      add_cells(row, questions, inner, own_key);
    }
    out_.push_back(std::move(made));
  }

  /// A group that asks for a signature: its texts are what was agreed to, in the words the person
  /// read.
  void agreement(forms::item const& item, answer_scope const& scope, std::string const& key) {
    consent made{text_of(item)};
    made.edition =
        fmt::format("{} {}", in_copy(form_.header().title, about_), form_.header().version);
    if (!item.edition.id.empty()) made.edition = item.edition.id + ", " + made.edition;
    std::vector<forms::item const*> questions;
    for (auto const index : item.children) {
      auto const& child = form_.at(index);
      if (!is_shown(child, scope)) continue;
      if (child.type != item_type::display) {
        questions.push_back(&child);
        continue;
      }
      auto own = in_own_words(child.text, about_);
      if (!own.empty()) made.paragraphs.push_back(std::move(own));
      made.paragraphs.push_back(question_text(child, about_));
    }
    out_.push_back(std::move(made));
    bool drawn = false;
    for (auto const* each : questions) drawn |= agreement_answer(*each, scope, key);
    if (drawn) return;
    auto const how = signing_of(form_, item, *scope.siblings);
    auto const* const settled = settlement_of(about_, item);
    if (how == signing::not_signed && settled != nullptr) {
      std::vector<std::string> lines{settled->how};
      if (!settled->reason.empty()) lines.push_back(settled->reason);
      out_.push_back(
          notice{notice_kind::information, about_.words.not_signed_here, std::move(lines)});
    } else if (how == signing::not_signed) {
      out_.push_back(notice{notice_kind::open, about_.words.not_signed, {}});
    } else {
      answered_by(how);
    }
  }

  /// True where the answer is a drawn signature.
  bool agreement_answer(forms::item const& item, answer_scope const& scope,
                        std::string const& key) {
    auto const given = forms::occurrences(*scope.siblings, item.index);
    if (!given.empty() && !given.first->answers.empty()) {
      auto const* file = std::get_if<forms::attachment>(&given.first->answers.front().value);
      auto drawn = file == nullptr ? std::nullopt : read_strokes(file->data);
      if (drawn) {
        drawn->printed_name = signer(signer_name_id, about_.signer_name);
        drawn->relation = signer(signer_relation_id, about_.signer_relation);
        drawn->method = about_.words.signed_by_hand;
        drawn->signed_at = about_.submitted;
        out_.push_back(std::move(*drawn));
        return true;
      }
    }
    if (item.type == item_type::group) {
      group(item, scope, key, 2);
    } else {
      question(item, scope, key, 2);
    }
    return false;
  }

  /// Each form asks for its own signer; where one does not, it is the packet's.
  std::string signer(std::string_view link_id, std::string const& otherwise) const {
    auto const* item = form_.find(link_id);
    if (item == nullptr) return otherwise;
    auto const* given = forms::first_answer(form_, given_, link_id);
    return given == nullptr
               ? otherwise
               : printed_value(*item, given->value, about_.copy_language, about_.words);
  }

  void answered_by(signing how) {
    auto name = signer(signer_name_id, about_.signer_name);
    if (name.empty()) return;
    auto const relation = signer(signer_relation_id, about_.signer_relation);
    if (!relation.empty()) name += ", " + relation;
    auto const label =
        how == signing::typed ? signing_text(how, about_.words) : about_.words.answered_by;
    out_.push_back(facts{{{label, name}, {about_.words.submitted, about_.submitted}}});
  }

  forms::questionnaire const& form_;
  forms::answers const& given_;
  copy_facts const& about_;
  forms::expression_hooks expressions_;
  forms::enablement enabled_;
  body_depth depth_;
  answer_name under_;
  std::vector<block> out_;
};

}  // namespace

std::string answer_key(std::string_view parent, std::string_view link_id, std::size_t repetition) {
  auto out = parent.empty() ? std::string(link_id) : fmt::format("{}/{}", parent, link_id);
  return repetition == 0 ? out : fmt::format("{}[{}]", out, repetition);
}

std::vector<block> form_body(filled_form const& from, copy_facts const& about, body_depth depth) {
  return body_writer(from, about, depth).write();
}

}  // namespace intake::pdf
