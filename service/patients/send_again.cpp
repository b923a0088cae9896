#include "service/patients/send_again.hpp"

#include "service/guards.hpp"
#include "service/http/fields.hpp"
#include "service/pages/shell.hpp"
#include "service/patients/page_body.hpp"

#include <numeric>

namespace intake::service::patients {

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
  bool const signed_out = status == 401;
  auto const title = say(signed_out ? "visit.staff_ended_title" : "error.busy_title");
  page_model model;
  model.set("TITLE", title)
      .set("KEPT", say(signed_out ? "visit.staff_ended" : "error.busy_kept"))
      .set("SEND", say("error.send_again"))
      .set("ACTION", target_of(asked));
  for (auto const& [name, value] : body->fields) {
    model.add("FIELD").set("NAME", name).set("VALUE", value);
  }
  if (!body->files.empty()) model.add("FILES").set("TEXT", say("error.busy_files"));
  return show_page(app, {.status = status, .title = title, .spoken = spoken}, "send_again", model);
}

}  // namespace intake::service::patients
