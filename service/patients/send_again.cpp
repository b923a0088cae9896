#include "service/patients/send_again.hpp"

#include "service/guards.hpp"
#include "service/http/fields.hpp"
#include "service/pages/shell.hpp"
#include "service/patients/page_body.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>

namespace intake::service::patients {
namespace {

/// Keys of the heading, and of what to do before it is sent again.
struct again_words {
  int status;
  std::string_view title;
  std::string_view kept;
};
constexpr again_words all_words[] = {{401, "visit.staff_ended_title", "visit.staff_ended"},
                                     {409, "visit.other_title", "visit.other_kept"},
                                     {503, "error.busy_title", "error.busy_kept"}};

again_words const& words_for(int status) {
  auto const* const found = std::ranges::find(all_words, status, &again_words::status);
  return found == std::end(all_words) ? *std::rbegin(all_words) : *found;
}

}  // namespace

std::optional<response> send_again_page(application const& app, request const& asked,
                                        language spoken, int status) {
  if (!from_own_page(app.settings, asked)) return std::nullopt;
  auto const body = read_page_body(asked);
  if (!body || body->fields.empty()) return std::nullopt;
  auto const typed = std::accumulate(body->fields.begin(), body->fields.end(), std::size_t{0},
                                     [](std::size_t sum, form_field const& each) {
                                       return sum + each.name.size() + each.value.size();
                                     });
  if (typed > typed_bytes_max) return std::nullopt;
  auto const say = [&](std::string_view key) { return app.words.say(spoken, key); };
  auto const& words = words_for(status);
  auto const title = say(words.title);
  page_model model;
  model.set("TITLE", title)
      .set("KEPT", say(words.kept))
      .set("SEND", say("error.send_again"))
      .set("ACTION", target_of(asked));
  for (auto const& [name, value] : body->fields) {
    model.add("FIELD").set("NAME", name).set("VALUE", value);
  }
  if (!body->files.empty()) model.add("FILES").set("TEXT", say("error.busy_files"));
  return show_page(app, {.status = status, .title = title, .spoken = spoken}, "send_again", model);
}

}  // namespace intake::service::patients
