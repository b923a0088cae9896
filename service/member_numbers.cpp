#include "service/member_numbers.hpp"

#include "forms/insurance/identifiers.hpp"
#include "forms/place.hpp"
#include "service/known_items.hpp"

namespace intake::service {
namespace {

namespace insurance = forms::insurance;

class number_walk {
 public:
  number_walk(insurance::rule_set const& set, forms::questionnaire const& form)
      : set_(set), form_(form), log_(form) {
    if (auto const* item = form.find(known::plan)) plan_ = item->index;
    if (auto const* item = form.find(known::plan_member_id)) number_ = item->index;
  }

  std::vector<forms::problem> run(forms::answers const& all) && {
    if (plan_ != forms::no_item && number_ != forms::no_item) walk(all.items, nullptr, nullptr);
    return std::move(log_).take();
  }

 private:
  /// One that takes anything where the tables know no better.
  insurance::id_format const* format_of(forms::answered_item const& plan) const {
    static insurance::id_format const any{};
    auto const* const payer = set_.find_payer(known::text_below(form_, plan, known::plan_payer));
    auto const* const own = payer == nullptr ? nullptr : set_.find_id_format(payer->id_format);
    return own == nullptr ? &any : own;
  }

  void walk(std::vector<forms::answered_item> const& items, forms::place const* outer,
            insurance::id_format const* format) {
    forms::item_index last = forms::no_item;
    std::uint32_t occurrence = 0;
    for (auto const& each : items) {
      occurrence = each.item == last ? occurrence + 1 : 0;
      last = each.item;
      forms::place const here{outer, each.item, occurrence, each.position};
      auto const* const inner = each.item == plan_ ? format_of(each) : format;
      walk(each.items, &here, inner);
      look_at_answers(each, here, inner);
    }
  }

  void look_at_answers(forms::answered_item const& question, forms::place here,
                       insurance::id_format const* format) {
    for (std::uint32_t i = 0; i < question.answers.size(); ++i) {
      auto const& given = question.answers[i];
      here.repetition = i;
      here.answer_position = given.position;
      if (question.item == number_ && format != nullptr) look_at(given, here, *format);
      walk(given.items, &here, format);
    }
  }

  void look_at(forms::answer const& given, forms::place const& here,
               insurance::id_format const& format) {
    auto const reading = insurance::read_member_number(format, forms::plain_text(given.value));
    if (reading.store != insurance::keeping::nothing) return;
    log_.add(forms::problem_code::number_not_kept, &here,
             {{"message", reading.message.in("en")},
              {"message:es", reading.message.in("es")},
              {"message:ht", reading.message.in("ht")}});
  }

  insurance::rule_set const& set_;
  forms::questionnaire const& form_;
  forms::problem_log log_;
  forms::item_index plan_ = forms::no_item;
  forms::item_index number_ = forms::no_item;
};

}  // namespace

std::vector<forms::problem> refused_numbers(insurance::rule_set const& set,
                                            forms::questionnaire const& form,
                                            forms::answers const& all) {
  return number_walk(set, form).run(all);
}

}  // namespace intake::service
