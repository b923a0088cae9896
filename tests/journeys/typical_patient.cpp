#include "tests/journeys/typical_patient.hpp"

#include "forms/from_fields.hpp"
#include "forms/plan/sample_answers.hpp"
#include "forms/response.hpp"

#include <algorithm>
#include <chrono>
#include <stdexcept>

#include <gtest/gtest.h>

namespace intake::tests {
namespace {

forms::json_document read(clinic const& c, std::string const& packet) {
  bool const is_path = packet.find('/') != packet.npos;
  auto const text =
      read_text_file(is_path ? INTAKE_SOURCE + packet
                             : INTAKE_SOURCE "/forms/packet/plan/typical/" + packet + ".json");
  auto const today = std::chrono::floor<std::chrono::days>(c.now);
  auto document = forms::read_json(forms::with_dates(text, today), forms::form_file_limits);
  if (!document) throw std::runtime_error("the typical answers can't be read");
  return std::move(*document);
}

}  // namespace

typical_patient::typical_patient(clinic const& c, std::string const& packet)
    : forms_(c.parts().forms()), document_(read(c, packet)) {
  for (auto const& entry : *document_.root().find("entry", forms::json_kind::array)) {
    auto const& resource = *entry.find("resource", forms::json_kind::object);
    auto const* form = forms_.library.find(resource.text_of("questionnaire"));
    order_.push_back(form->header().id);
    given_[form->header().id] = forms::read_response(*form, resource).answers;
  }
}

forms::questionnaire const& typical_patient::form(std::string const& id) const {
  return *forms_.library.find_by_id(id);
}

page_fields typical_patient::of_page(std::string const& id,
                                     service::patients::page_items const& page) const {
  page_fields typed;
  auto const& given = given_.at(id);
  for (auto& [name, value] :
       forms::to_fields(form(id), service::patients::with_page({}, page, given))) {
    if (value.starts_with("data:")) continue;
    if (value.ends_with("|draw")) {
      value.replace(value.size() - 4, 4, "type");
      auto beside = name;
      beside.replace(beside.size() - 6, 6, "typed-name");
      typed.emplace_back(beside, "Pat Example");
    }
    typed.emplace_back(name, value);
  }
  return typed;
}

std::string fill_form(clinic& c, typical_patient const& who, std::string const& id,
                      std::string const& language) {
  auto const pages = service::patients::pages_of(who.form(id));
  std::string at = "/visit/" + id + "/1?lang=" + language;
  for (std::size_t posts = 0; at.starts_with("/visit/" + id + "/") && posts < 60; ++posts) {
    auto const begin = ("/visit/" + id + "/").size();
    auto const number = std::stoul(at.substr(begin));
    auto typed = who.of_page(id, pages.at(number - 1));
    if (at.ends_with("&below=1")) typed.emplace_back("_below", "1");
    EXPECT_EQ(c.get(at).status, 200) << at;
    auto const answer =
        c.post_form("/visit/" + id + "/" + std::to_string(number) + "?lang=" + language, typed);
    EXPECT_EQ(answer.status, 303) << at << "\n" << body_of(answer);
    if (answer.status != 303) return {};
    at = field_of(answer, "location");
  }
  return at;
}

std::string say_another_child(clinic& c, typical_patient const& who) {
  auto const& form = who.form("representative");
  auto const asked = form.find("representative.minor.another-child")->index;
  auto const pages = service::patients::pages_of(form);
  auto const page = std::ranges::find_if(pages, [&](auto const& each) {
    return std::ranges::any_of(each.items, [&](auto top) { return form.contains(top, asked); });
  });
  auto typed = who.of_page("representative", *page);
  std::erase_if(typed, [](auto const& field) { return field.first.ends_with("another-child"); });
  typed.emplace_back(forms::field_name(form, forms::first_path_of(form, asked)),
                     "https://intake.example/fhir/CodeSystem/yes-no|yes");
  auto number = std::to_string(page - pages.begin() + 1);
  EXPECT_EQ(c.post_form("/visit/representative/" + number, typed).status, 303);
  return number;
}

}  // namespace intake::tests
