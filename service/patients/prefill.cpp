#include "service/patients/prefill.hpp"

#include "forms/from_fields.hpp"
#include "service/known_items.hpp"
#include "service/patients/task_plan.hpp"
#include "service/patients/visit_frame.hpp"

namespace intake::service::patients {
namespace {

using forms::field_part;

class field_list {
 public:
  field_list(forms::questionnaire const& form, forms::answers const& before) : form_(form) {
    fields_ = forms::to_fields(form, before);
  }

  void add(std::string_view link_id, std::string value, field_part part = field_part::value) {
    auto const* const item = form_.find(link_id);
    if (item == nullptr || value.empty()) return;
    fields_.push_back({forms::field_name(form_, forms::first_path_of(form_, item->index), part),
                       std::move(value)});
  }

  forms::answers read() const {
    std::vector<forms::form_field> views;
    for (auto const& each : fields_) views.push_back({.name = each.name, .value = each.value});
    return forms::from_fields(form_, views).answers;
  }

 private:
  forms::questionnaire const& form_;
  std::vector<forms::named_value> fields_;
};

void mark_prefilled(std::vector<forms::answered_item>& items) {
  for (auto& each : items) {
    for (auto& given : each.answers) given.origin = forms::answer_origin::prefilled;
    mark_prefilled(each.items);
  }
}

forms::answers known_answers(forms::questionnaire const& form, forms::answers const& before,
                             expected_person const& who) {
  field_list fields(form, before);
  fields.add(known::family_name, who.family);
  fields.add(known::given_name, who.given);
  fields.add(known::phone, who.phone);
  if (who.birth_date.size() == 10) {
    fields.add(known::birth_date, who.birth_date.substr(0, 4), field_part::year);
    fields.add(known::birth_date, who.birth_date.substr(5, 2), field_part::month);
    fields.add(known::birth_date, who.birth_date.substr(8, 2), field_part::day);
  }
  auto answers = fields.read();
  mark_prefilled(answers.items);
  return answers;
}

}  // namespace

void fill_in_known(application const& app, visit& v, expected_person const& who,
                   certs::utc_time now) {
  for (auto const& each : plan_visit(app, v, language::en, now).tasks) {
    if (!each.says_who || v.find(each.form->header().id) != nullptr) continue;
    auto answers = known_answers(*each.form, preset_answers(v, *each.form), who);
    v.of(*each.form).answers = std::move(answers);
  }
}

}  // namespace intake::service::patients
