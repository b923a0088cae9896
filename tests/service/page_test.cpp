#include "service/pages/page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace intake::service {
namespace {

using testing::HasSubstr;
using testing::Not;

page_model layout_with(std::string const& value) {
  page_model model;
  model.set("TITLE", value)
      .set("CLINIC_NAME", value)
      .set("LANGUAGE", value)
      .set("CONTENT", "<p>made by a template</p>");
  model.add("STAFF").set("STAFF_NAME", value).set("CSRF", value);
  model.add("LANGUAGES").add("LANGUAGE_CHOICE").set("CODE", "en").add("OTHER").set("URL", value);
  return model;
}

TEST(PageTemplates, EscapeEveryValueForItsPlace) {
  page_templates const pages;
  auto const html = pages.expand("layout", layout_with(R"("><script>alert('x')</script>)"));
  EXPECT_THAT(html, Not(HasSubstr("<script>")));
  EXPECT_THAT(html, HasSubstr("&lt;script&gt;"));
  EXPECT_THAT(html, HasSubstr("<p>made by a template</p>"));
}

TEST(PageTemplates, CarryLinesInHiddenFieldsAsTheyWere) {
  struct carrying {
    char const* page;
    char const* section;
  };
  page_templates const pages;
  for (auto const& [page, section] :
       {carrying{"send_again", "FIELD"}, carrying{"kept_work", "FIELD"},
        carrying{"form", "CARRIED"}}) {
    page_model model;
    model.add(section).set("NAME", "words").set("VALUE", "one\n  \"two\" <three>");
    EXPECT_THAT(pages.expand(page, model),
                HasSubstr("value=\"one\n  &quot;two&quot; &lt;three&gt;\""))
        << page;
  }
}

TEST(PageTemplates, NeverLinkToAScript) {
  page_templates const pages;
  EXPECT_THAT(pages.expand("layout", layout_with("javascript:alert(1)")),
              Not(HasSubstr("href=\"javascript:")));
}

TEST(PageTemplates, ShowASectionOnceForEachModelInIt) {
  page_templates const pages;
  page_model model;
  auto& languages = model.add("LANGUAGES");
  for (auto const* code : {"en", "es", "ht"}) languages.add("LANGUAGE_CHOICE").set("CODE", code);
  auto const html = pages.expand("layout", model);
  EXPECT_THAT(html, HasSubstr(R"(<li lang="en">)"));
  EXPECT_THAT(html, HasSubstr(R"(<li lang="ht">)"));
  EXPECT_THAT(pages.expand("layout", {}), Not(HasSubstr("<li ")));
}

TEST(PageTemplates, RefuseAnUnknownName) {
  EXPECT_THROW(page_templates().expand("nothing", {}), std::logic_error);
}

}  // namespace
}  // namespace intake::service
