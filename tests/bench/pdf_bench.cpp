#include "forms/json_reader.hpp"
#include "forms/questionnaire.hpp"
#include "forms/response.hpp"
#include "pdf/form_copy.hpp"
#include "pdf/render.hpp"
#include "service/form_store.hpp"
#include "service/worker/render_pool.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include <benchmark/benchmark.h>
#include <hpdf.h>
#include <unistd.h>

namespace intake::pdf {
namespace {

std::string slurp(std::filesystem::path const& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

typefaces const& faces() {
  static typefaces const made;
  return made;
}

/// Eighty questions of all kinds in six groups, answered: four pages.
document eighty_answers() {
  struct group {
    char const* name;
    int questions;
  };
  constexpr group groups[] = {{"Patient", 14},      {"Contact", 10},   {"Insurance", 10},
                              {"Pain history", 20}, {"Medicines", 12}, {"Consent", 14}};
  constexpr std::string_view sentence =
      "Dull ache in the lower back, worse after sitting; better with heat and walking.";
  section made;
  made.letterhead = {"Example Pain Center",
                     {"1200 Invented Boulevard, Suite 300", "Telephone 813-555-0142"}};
  made.patient = {"Nora O’Brien-Muñoz",
                  "March 8, 1951 (75 years)",
                  {{"Receipt", "7K3QX-94MZ2"}, {"Submitted", "November 23, 2026, 9:14 AM EST"}}};
  made.footer = "Desk copy · as of November 23, 2026, 9:20 AM EST";
  made.blocks.push_back(heading{heading_level::title, "Patient intake form"});
  for (auto const& each : groups) {
    made.blocks.push_back(heading{heading_level::section, each.name});
    for (int at = 0; at < each.questions; ++at) {
      std::string const number = std::to_string(at + 1);
      std::string const values[] = {"Answer " + number + " of " + each.name,
                                    "Option " + number,
                                    number,
                                    at % 2 == 0 ? "Yes" : "No",
                                    "June 15, 19" + std::to_string(60 + at),
                                    std::string(sentence),
                                    std::to_string(70 + at) + ".5",
                                    "Answer " + number};
      made.blocks.push_back(answer{std::string(each.name) + number,
                                   std::string(each.name) + ": question " + number, "",
                                   values[at % 8]});
    }
  }
  document out;
  out.about = {"Patient intake form", "Example Pain Center", "Desk copy"};
  out.sections.push_back(std::move(made));
  return out;
}

void report(benchmark::State& state, rendered const& copy) {
  state.counters["pages"] = static_cast<double>(copy.pages);
  state.counters["bytes"] = static_cast<double>(copy.bytes.size());
  state.counters["documents/s"] =
      benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
  if (!copy.defects.empty()) state.SkipWithError("The copy has defects.");
}

void text_copy(benchmark::State& state) {
  auto const copy = eighty_answers();
  rendered made;
  for (auto _ : state) made = render(copy, faces());
  report(state, made);
}
BENCHMARK(text_copy)->Unit(benchmark::kMillisecond)->UseRealTime()->ThreadRange(1, 2);

/// The floor: the same words on as many pages, drawn with libharu alone in one of its built-in
/// faces. No fonts embedded, no shaping, nothing but Latin-1.
void bare_libharu(benchmark::State& state) {
  auto const copy = eighty_answers();
  auto const draw = [](HPDF_Page page, HPDF_REAL left, HPDF_REAL top, std::string const& text) {
    HPDF_Page_BeginText(page);
    HPDF_Page_TextOut(page, left, top, text.c_str());
    HPDF_Page_EndText(page);
  };
  std::size_t bytes = 0;
  std::size_t pages = 0;
  for (auto _ : state) {
    auto* const out = HPDF_New(nullptr, nullptr);
    HPDF_SetCompressionMode(out, HPDF_COMP_ALL);
    auto* const face = HPDF_GetFont(out, "Helvetica", "WinAnsiEncoding");
    HPDF_Page page = nullptr;
    HPDF_REAL top = 0;
    pages = 0;
    for (auto const& each : copy.sections.front().blocks) {
      auto const* const given = std::get_if<answer>(&each);
      if (given == nullptr) continue;
      if (top < 72) {
        page = HPDF_AddPage(out);
        HPDF_Page_SetFontAndSize(page, face, 10);
        top = 720;
        ++pages;
      }
      draw(page, 72, top, given->question);
      draw(page, 72, top - 13, given->value);
      top -= 32;
    }
    HPDF_SaveToStream(out);
    bytes = HPDF_GetStreamSize(out);
    HPDF_Free(out);
  }
  state.counters["pages"] = static_cast<double>(pages);
  state.counters["bytes"] = static_cast<double>(bytes);
  state.counters["documents/s"] =
      benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}
BENCHMARK(bare_libharu)->Unit(benchmark::kMillisecond)->UseRealTime();

/// The most memory that the one child of this process ever held, in KiB.
long peak_of_child() {
  std::ifstream children("/proc/self/task/" + std::to_string(::getpid()) + "/children");
  std::string child;
  children >> child;
  std::ifstream status("/proc/" + child + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stol(line.substr(6));
  }
  return 0;
}

struct packet {
  service::form_store store;
  std::vector<forms::questionnaire const*> forms;
  std::vector<forms::response> responses;
};

/// The clinic's own forms, filled in by the sample patient of the tests.
packet sample_packet() {
  std::filesystem::path const source = INTAKE_SOURCE;
  auto const bundle = forms::read_json(slurp(source / "tests/data/packet/sample-packet.json"));
  packet out;
  out.store = service::load_forms((source / "forms/packet").string());
  for (auto const& entry : bundle->root().find("entry")->children()) {
    auto const& resource = *entry.find("resource");
    auto const* const form = out.store.library.find(resource.text_of("questionnaire"));
    if (form == nullptr) continue;
    out.responses.push_back(forms::read_response(*form, resource));
    out.forms.push_back(form);
  }
  return out;
}

document copy_of(packet const& from) {
  std::vector<filled_form> filled;
  for (std::size_t at = 0; at < from.forms.size(); ++at) {
    filled.push_back({from.forms[at], &from.responses[at].answers});
  }
  copy_facts about;
  about.profile = copy_profile::clinical;
  about.title = "New patient packet";
  about.patient_name = "Nora O’Brien-Muñoz";
  about.patient_language = "ht";
  return form_copy(filled, about);
}

void new_patient_packet(benchmark::State& state) {
  auto const packet = sample_packet();
  rendered made;
  for (auto _ : state) made = render(copy_of(packet), faces());
  report(state, made);
}
BENCHMARK(new_patient_packet)->Unit(benchmark::kMillisecond)->UseRealTime();

/// One file with everybody of a day.
void two_hundred_patients(benchmark::State& state) {
  auto const one = copy_of(sample_packet());
  document all = one;
  for (int at = 1; at < 200; ++at) all.sections.push_back(one.sections.front());
  rendered made;
  for (auto _ : state) made = render(all, faces());
  report(state, made);
}
BENCHMARK(two_hundred_patients)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(1);

/// Drawn as `serve` draws: in a child, from one caller, so that one core works at a time.
void through_the_pool(benchmark::State& state, document const& copy) {
  service::worker::render_pool pool({{INTAKE_PROGRAM, "worker", "render"}, 1});
  rendered made;
  for (auto _ : state) made = pool.render(copy);
  state.counters["child_KiB"] = static_cast<double>(peak_of_child());
  report(state, made);
}

void four_pages_through_the_pool(benchmark::State& state) {
  through_the_pool(state, eighty_answers());
}
BENCHMARK(four_pages_through_the_pool)->Unit(benchmark::kMillisecond)->UseRealTime();

/// The questions and answers that the peers draw (tests/bench/copies).
void peers_copy_through_the_pool(benchmark::State& state) {
  std::filesystem::path const data = INTAKE_SHARED "/bench/data";
  if (!std::filesystem::exists(data)) return state.SkipWithError("The peers' data is missing.");
  auto const form = forms::read_questionnaire(slurp(data / "questionnaire.json"));
  auto const json = forms::read_json(slurp(data / "response.json"));
  auto const given = forms::read_response(*form, json->root());
  filled_form const filled{&*form, &given.answers};
  copy_facts about;
  about.patient_name = "Nora O’Brien-Muñoz";
  about.born = "March 8, 1951, age 75";
  about.receipt = "7K3QX-94MZ2";
  through_the_pool(state, form_copy({&filled, 1}, about));
}
BENCHMARK(peers_copy_through_the_pool)->Unit(benchmark::kMillisecond)->UseRealTime();

void packet_through_the_pool(benchmark::State& state) {
  through_the_pool(state, copy_of(sample_packet()));
}
BENCHMARK(packet_through_the_pool)->Unit(benchmark::kMillisecond)->UseRealTime();

void load_faces(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(typefaces());
}
BENCHMARK(load_faces)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace intake::pdf

BENCHMARK_MAIN();
