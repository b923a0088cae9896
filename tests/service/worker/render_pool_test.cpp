#include "service/worker/render_pool.hpp"

#include "service/worker/renderer.hpp"

#include <thread>

#include <gtest/gtest.h>

namespace intake::service::worker {
namespace {

render_pool_settings pool_of(std::size_t children = 1) {
  render_pool_settings made;
  made.command = {INTAKE_FAULTY_WORKER};
  made.children = children;
  made.render_max = std::chrono::seconds(30);
  return made;
}

pdf::document titled(std::string const& title) {
  pdf::document out;
  out.about.title = title;
  out.sections.emplace_back().blocks.push_back(pdf::answer{"q", "Question", "", "Dull ache"});
  return out;
}

std::string drawn_here(pdf::document const& copy) {
  static pdf::typefaces const faces;
  return own_renderer(faces).render(copy).bytes;
}

TEST(RenderPool, DrawsTheBytesThatAreDrawnHere) {
  render_pool pool(pool_of());
  auto const copy = titled("A copy");
  auto const made = pool.render(copy);
  EXPECT_EQ(made.bytes, drawn_here(copy));
  EXPECT_EQ(made.pages, 1U);
  EXPECT_TRUE(made.defects.empty());
  EXPECT_EQ(pool.replaced(), 0U);
}

TEST(RenderPool, ServesManyThreads) {
  render_pool pool(pool_of(2));
  auto const copy = titled("A copy");
  auto const expected = drawn_here(copy);
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&] {
      for (int at = 0; at < 20; ++at) EXPECT_EQ(pool.render(copy).bytes, expected);
    });
  }
}

class RenderFault : public testing::TestWithParam<char const*> {};

TEST_P(RenderFault, CostsOneDocument) {
  auto made = pool_of();
  if (GetParam() == std::string("hang")) made.render_max = std::chrono::seconds(2);
  render_pool pool(made);
  EXPECT_THROW(pool.render(titled(GetParam())), render_failed);
  EXPECT_EQ(pool.replaced(), 1U);
  auto const copy = titled("The next copy");
  EXPECT_EQ(pool.render(copy).bytes, drawn_here(copy));
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
// Sanitized children have no limit of memory: they reserve terabytes.
constexpr char const* drawing_faults[] = {"abort", "segment", "exit", "throw", "nonsense", "hang"};
#else
constexpr char const* drawing_faults[] = {"abort",  "segment",  "exit", "throw",
                                          "memory", "nonsense", "hang"};
#endif
INSTANTIATE_TEST_SUITE_P(Planted, RenderFault, testing::ValuesIn(drawing_faults),
                         [](auto const& tested) { return std::string(tested.param); });

pdf::section named(std::string const& bookmark) {
  auto out = titled("").sections.front();
  out.bookmark = bookmark;
  return out;
}

TEST(RenderPool, DrawsALongDocumentSectionBySection) {
  render_pool pool(pool_of());
  auto whole = titled("Three patients");
  whole.sections = {named("One"), named("Two"), named("Three")};
  auto const drawing = pool.begin(titled("Three patients"));
  for (auto const& each : whole.sections) EXPECT_EQ(drawing->add(each).pages, 1U);
  EXPECT_EQ(drawing->finish(), drawn_here(whole));
  EXPECT_EQ(pool.replaced(), 0U);
}

TEST_P(RenderFault, CostsOneLongDocument) {
  auto made = pool_of();
  if (GetParam() == std::string("hang")) made.render_max = std::chrono::seconds(2);
  render_pool pool(made);
  auto const drawing = pool.begin(titled("Two patients"));
  drawing->add(named("One"));
  EXPECT_THROW(drawing->add(named(GetParam())), render_failed);
  auto const copy = titled("The next copy");
  EXPECT_EQ(pool.render(copy).bytes, drawn_here(copy));
  EXPECT_EQ(pool.replaced(), 0U);
}

TEST(RenderPool, LetsNothingOutOfTheSandbox) {
  render_pool pool(pool_of());
  EXPECT_EQ(pool.render(titled("escape")).defects, std::vector<std::string>());
}

TEST(RenderPool, ReplacesAChildAfterItsShare) {
  auto made = pool_of();
  made.documents_max = 3;
  render_pool pool(made);
  auto const copy = titled("A copy");
  for (int at = 0; at < 6; ++at) EXPECT_EQ(pool.render(copy).bytes, drawn_here(copy));
  EXPECT_EQ(pool.replaced(), 2U);
}

TEST(RenderPool, SaysThatItsProgramDoesNotStart) {
  auto made = pool_of();
  made.command = {"/nowhere/worker"};
  EXPECT_THROW(render_pool{made}, render_failed);
  made.command = {"/bin/true"};
  EXPECT_THROW(render_pool{made}, render_failed);
}

}  // namespace
}  // namespace intake::service::worker
