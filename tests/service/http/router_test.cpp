#include "service/http/router.hpp"

#include <array>
#include <string_view>

#include <gtest/gtest.h>

namespace intake::service {
namespace {

struct row {
  http_method method;
  std::string_view pattern;
  int handler;
};

constexpr std::array rows{
    row{http_method::get, "/", 1},
    row{http_method::get, "/desk", 2},
    row{http_method::get, "/desk/submissions/{id}", 3},
    row{http_method::get, "/desk/submissions/{id}.pdf", 4},
    row{http_method::get, "/desk/submissions/new", 5},
    row{http_method::post, "/desk/submissions/{id}", 6},
    row{http_method::post, "/desk/submissions/{id}/done", 7},
    row{http_method::get, "/{form}/pages/{page}", 8},
    row{http_method::get, "/visit-{code}/pages/{page}", 9},
    row{http_method::get, "/head/{x}", 10},
    row{http_method::head, "/head/{x}", 11},
    row{http_method::get, "/slash/", 12},
};
static_assert([] {
  for (auto const& each : rows) {
    if (!well_formed_pattern(each.pattern)) return false;
  }
  return true;
}());

struct route_case {
  http_method method;
  char const* path;
  int handler;
  char const* allow;
};

constexpr auto get = http_method::get;
constexpr auto post = http_method::post;

TEST(Router, FindsTheRowAndSaysWhatElseIsAllowed) {
  router<row> const routes(rows);
  for (auto const& each : std::vector<route_case>{
           {get, "/", 1, "GET, HEAD"},
           {get, "/desk", 2, "GET, HEAD"},
           {get, "/desk/", 0, ""},
           {get, "/desk/submissions/7", 3, "GET, HEAD, POST"},
           {get, "/desk/submissions/7.pdf", 4, "GET, HEAD, POST"},
           {get, "/desk/submissions/.pdf", 3, "GET, HEAD, POST"},
           {get, "/desk/submissions/new", 5, "GET, HEAD, POST"},
           {post, "/desk/submissions/7", 6, "GET, HEAD, POST"},
           {post, "/desk/submissions/7/done", 7, "POST"},
           {get, "/desk/submissions/7/done", 0, "POST"},
           {get, "/desk/submissions/", 0, ""},
           {http_method::put, "/desk", 0, "GET, HEAD"},
           {get, "/a/pages/b", 8, "GET, HEAD"},
           {get, "/visit-a/pages/b", 9, "GET, HEAD"},
           {get, "/visit-/pages/b", 8, "GET, HEAD"},
           {http_method::head, "/desk", 2, "GET, HEAD"},
           {http_method::head, "/head/x", 11, "GET, HEAD"},
           {get, "/head/x", 10, "GET, HEAD"},
           {get, "/slash/", 12, "GET, HEAD"},
           {get, "/nowhere", 0, ""},
           {get, "/a/b/c/d/e/f/g/h", 0, ""},
           {get, "", 0, ""},
       }) {
    auto const match = routes.find(each.method, each.path);
    EXPECT_EQ(match.row == nullptr ? 0 : match.row->handler, each.handler) << each.path;
    EXPECT_EQ(allow_value(match.allowed), each.allow) << each.path;
  }
}

TEST(Router, GivesParametersAsTheyStandInThePath) {
  router<row> const routes(rows);
  auto const match = routes.find(get, "/desk/submissions/a b.pdf");
  EXPECT_EQ(match.parameters["id"], "a b");
  EXPECT_EQ(match.parameters["page"], "");
  auto const two = routes.find(get, "/visit-new/pages/3");
  EXPECT_EQ(two.parameters["code"], "new");
  EXPECT_EQ(two.parameters["page"], "3");
}

TEST(Router, KnowsAWellFormedPattern) {
  for (auto const* good : {"/", "/a", "/a/", "/{a}", "/a{b}c", "/a/{b}.pdf"}) {
    EXPECT_TRUE(well_formed_pattern(good)) << good;
  }
  for (auto const* bad :
       {"", "a", "//", "/a//b", "/{}", "/{a", "/a}", "/{a}{b}", "/{a/b}", "/{{a}}"}) {
    EXPECT_FALSE(well_formed_pattern(bad)) << bad;
  }
}

TEST(RouterDeathTest, AbortsOnARowThatIsThereTwice) {
  EXPECT_DEATH(path_table({{get, "/a"}, {get, "/a"}}), "once");
  EXPECT_DEATH(path_table({{get, "a"}}), "well formed");
}

}  // namespace
}  // namespace intake::service
