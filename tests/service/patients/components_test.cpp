// Every item type and every itemControl has a component; tests/data/components holds a form with
// all of them, what somebody typed into it, and what pages come of both.
#include "forms/from_fields.hpp"
#include "forms/json_reader.hpp"
#include "forms/questionnaire.hpp"
#include "service/pages/page.hpp"
#include "service/patients/form_view.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::service::patients {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr asset_store::source styles[] = {
    {"signature.js", ""}, {"body_map.js", ""}, {"body.svg", "<svg/>"}};
auto const folder = std::filesystem::path(INTAKE_TEST_DATA) / "components";

std::string read_file(std::filesystem::path const& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class Components : public testing::Test {
 protected:
  Components() : form(*forms::read_questionnaire(read_file(folder / "gallery.json"))) {
    auto const document = forms::read_json(read_file(folder / "fields.json"));
    for (auto const& pair : document->root()) {
      typed.push_back(
          {std::string(pair.children()[0].text()), std::string(pair.children()[1].text())});
    }
  }

  /// The page's components: with what was typed, and the problems that come of it.
  std::string paint(page_items const& page, bool filled, language spoken = language::en) {
    std::vector<forms::named_value> const names =
        filled ? typed : std::vector<forms::named_value>{};
    std::vector<forms::form_field> fields;
    for (auto const& [name, value] : names) fields.push_back({.name = name, .value = value});
    auto const read = forms::from_fields(form, fields);
    page_model model;
    add_form_items(model,
                   {.form = form,
                    .answers = read.answers,
                    .typed = names,
                    .problems = read.problems,
                    .spoken = spoken,
                    .page = &page,
                    .today = "2026-11-28",
                    .files = form_view::files_are::kept},
                   {.words = words, .assets = assets, .pages = pages});
    for (auto const& [name, value] : model.values) {
      if (name == "ITEMS") return value;
    }
    return {};
  }

  page_items const& page_of(std::string_view link_id) const {
    for (auto const& each : all) {
      if (name_of(form, each) == link_id) return each;
    }
    throw std::logic_error("the gallery has no such page");
  }

  forms::questionnaire form;
  std::vector<page_items> all = pages_of(form);
  std::vector<forms::named_value> typed;
  texts words;
  asset_store assets{styles};
  page_templates pages;
};

TEST_F(Components, ThereIsOneForEveryItemTypeAndEveryControl) {
  std::set<forms::item_type> types;
  std::set<forms::item_control> controls;
  for (auto const& each : form.items()) {
    types.insert(each.type);
    controls.insert(each.shown.control);
  }
  for (int type = 0; type <= static_cast<int>(forms::item_type::quantity); ++type) {
    auto const one = static_cast<forms::item_type>(type);
    EXPECT_TRUE(types.contains(one)) << code_of(one);
  }
  using enum forms::item_control;
  for (auto const each :
       {drop_down, radio_button, check_box, autocomplete, help, flyover, prompt, unit, page, table,
        grid_table, slider, header, footer, lower, upper, lookup}) {
    EXPECT_TRUE(controls.contains(each)) << code_of(each);
  }
}

TEST_F(Components, LookAsTheyDidWhenSomebodyLookedAtThem) {
  for (auto const& page : all) {
    auto const name = name_of(form, page);
    auto const made = paint(page, false) + "<!-- filled in -->\n" + paint(page, true);
    auto const golden = folder / "golden" / (name + ".html");
    if (read_file(golden) == made) continue;
    auto const fresh = std::filesystem::path(testing::TempDir()) / (name + ".html");
    std::ofstream(fresh, std::ios::binary) << made;
    ADD_FAILURE() << "Look at " << fresh << ", then copy it to " << golden;
  }
}

TEST_F(Components, EveryTemplateOfAComponentIsUsedByTheGallery) {
  std::string all_pages;
  for (auto const& page : all) all_pages += paint(page, true);
  for (auto const* mark :
       {"<textarea", "<select", "type=\"radio\"", "type=\"checkbox\"", "type=\"file\"",
        "data-signature", "govuk-date-input", "intake-scale", "intake-row", "intake-matrix",
        "intake-search", "intake-quantity", "name=\"_drop\"", "govuk-summary-list",
        "data-exclusive", "govuk-radios--inline", "intake-unit", "<details"}) {
    EXPECT_THAT(all_pages, HasSubstr(mark));
  }
}

TEST_F(Components, HeadersAndFootersStandOnEveryPage) {
  for (auto const& page : all) {
    auto const html = paint(page, false);
    EXPECT_THAT(html, HasSubstr("This line stands above every page."));
    EXPECT_THAT(html, HasSubstr("This line stands below every page."));
  }
}

TEST_F(Components, WhatIsNotTranslatedSaysWhichLanguageItIsIn) {
  auto const spanish = paint(page_of("words"), false, language::es);
  EXPECT_THAT(spanish, HasSubstr("<span lang=\"en\">A line of text</span>"));
  EXPECT_THAT(spanish, HasSubstr("lang=\"en\">A note that everybody reads."));
  EXPECT_THAT(paint(page_of("choices"), false, language::es),
              HasSubstr("lang=\"en\">A. Better</label>"));
  EXPECT_THAT(paint(page_of("words"), false), Not(HasSubstr("lang=\"en\"")));
}

TEST_F(Components, WhatWasTypedIsEscapedWhereverItStands) {
  std::string all_pages;
  for (auto& each : typed) {
    if (each.value.find('|') == std::string::npos) each.value = "\"><script>alert(1)</script>";
  }
  for (auto const& page : all) all_pages += paint(page, true);
  EXPECT_THAT(all_pages, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(all_pages, HasSubstr("&lt;script&gt;alert"));
}

TEST_F(Components, LinesOfALongerTextStayLines) {
  EXPECT_THAT(paint(page_of("words"), true), HasSubstr("line one\nline two</textarea>"));
}

TEST_F(Components, IdsAreUniqueOnEveryPage) {
  for (auto const& page : all) {
    for (bool const filled : {false, true}) {
      auto const html = paint(page, filled);
      std::set<std::string> ids;
      for (auto at = html.find(" id=\""); at != html.npos; at = html.find(" id=\"", at + 1)) {
        auto const begin = at + 5;
        auto const id = html.substr(begin, html.find('"', begin) - begin);
        EXPECT_TRUE(ids.insert(id).second) << name_of(form, page) << ": " << id;
      }
    }
  }
}

TEST_F(Components, AGroupThatMayNotOccurMoreOftenOffersNoEmptyPlace) {
  typed.push_back({"group[2]/group.name", "Three"});
  auto const html = paint(page_of("group"), true);
  EXPECT_THAT(html, HasSubstr("name=\"group[2]/group.name\""));
  EXPECT_THAT(html, Not(HasSubstr("name=\"group[3]/group.name\"")));
}

}  // namespace
}  // namespace intake::service::patients
