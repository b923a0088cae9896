#include "pdf/render.hpp"
#include "pdf/shape.hpp"
#include "service/commands/commands.hpp"
#include "service/installation.hpp"
#include "service/worker/render_worker.hpp"

namespace intake::service::commands {

exit_code worker_render(worker_render_options const& options) {
  config settings;
  settings.fonts_files = options.fonts;
  font_store const fonts(settings);
  if (options.long_document) {
    return static_cast<exit_code>(worker::serve_long_drawing([&fonts](pdf::document head) {
      return std::make_unique<own_drawing>(std::move(head), fonts.faces());
    }));
  }
  pdf::form_words kept;
  return static_cast<exit_code>(worker::serve_renders(
      [&](pdf::document const& copy) { return pdf::render(copy, fonts.faces(), kept); }));
}

}  // namespace intake::service::commands
