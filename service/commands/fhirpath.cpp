#include "forms/fhirpath/collection_json.hpp"
#include "forms/fhirpath/evaluator.hpp"
#include "forms/fhirpath/node.hpp"
#include "service/commands/form_commands.hpp"
#include "service/commands/loaded_form.hpp"
#include "service/commands/utc_date_time.hpp"

#include <fmt/format.h>

namespace intake::service::commands {
namespace {

[[noreturn]] void refuse(forms::parse_error const& error) {
  throw command_failed(exit_code::input_bad, sentence(error));
}

}  // namespace

exit_code fhirpath(surroundings const& around, fhirpath_options const& options) {
  auto const document = read_document(options.resource);
  auto const expression = forms::fhirpath::compile(options.expression);
  if (!expression) refuse(expression.error());
  forms::fhirpath::environment known;
  known.now = utc_date_time(around.world.now());
  known.resource.push_back({forms::fhirpath::json_node(document.root())});
  auto const found = forms::fhirpath::evaluate(**expression, known.resource, known);
  if (!found) refuse(found.error());
  fmt::print(around.out, "{}\n", forms::fhirpath::write_json(*found));
  return exit_code::good;
}

}  // namespace intake::service::commands
