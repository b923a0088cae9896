#include "tests/journeys/stored_fields.hpp"

#include "db/submissions.hpp"
#include "service/patients/page_list.hpp"
#include "service/record.hpp"

namespace intake::tests {

std::vector<forms::named_value> stored_fields(clinic& c, std::string const& submission,
                                              std::string const& form, std::string const& part) {
  auto const stored = db::open_submission(c.app().desk, *certs::parse_uuid(submission));
  auto const reading = service::open_record(c.app().keks, c.app().forms, *stored);
  for (auto const& each : reading.record->forms) {
    if (each.form->canonical() != form) continue;
    service::patients::page_items const page{{each.form->find(part)->index}};
    return forms::to_fields(*each.form,
                            service::patients::with_page({}, page, each.response.answers));
  }
  return {};
}

}  // namespace intake::tests
