#include "forms/insurance/csv.hpp"
#include "forms/lint.hpp"
#include "forms/review.hpp"
#include "service/commands/form_commands.hpp"
#include "service/commands/loaded_form.hpp"

#include <fmt/format.h>

namespace intake::service::commands {

exit_code form_translations(surroundings const& around, form_translations_options const& options) {
  std::string table = "file,linkId,language,text,translation\n";
  std::size_t rows = 0;
  for (auto const& file : options.files) {
    auto const document = read_document(file);
    auto const form = load_form_for(file, document, file);
    for (auto const& text : forms::unreviewed_texts(form)) {
      if (!options.language.empty() && text.language != options.language) continue;
      for (auto const& cell :
           {std::string_view(file), text.link_id, text.language, text.original, text.translation}) {
        forms::insurance::append_csv_cell(table, cell, forms::insurance::formula_policy::disarm);
        table += ',';
      }
      table.back() = '\n';
      ++rows;
    }
  }
  fmt::print(around.out, "{}", table);
  fmt::print(around.err, "{} translations that nobody has reviewed in {} forms.\n", rows,
             options.files.size());
  return exit_code::good;
}

}  // namespace intake::service::commands
