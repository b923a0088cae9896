#pragma once
#include "forms/answers.hpp"
#include "forms/json_reader.hpp"
#include "service/form_store.hpp"
#include "service/patients/page_list.hpp"
#include "tests/journeys/clinic.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace intake::tests {

using page_fields = std::vector<std::pair<std::string, std::string>>;

/// Somebody's answers to a packet, as fields of the pages that ask for them.
class typical_patient {
 public:
  /// A kind of visit, or a file of the source tree where the text has a "/".
  typical_patient(clinic const&, std::string const& packet);

  std::vector<std::string> const& order() const { return order_; }
  forms::questionnaire const& form(std::string const& id) const;
  /// Drawn signatures need a finger: the names are typed instead.
  page_fields of_page(std::string const& id, service::patients::page_items const&) const;

 private:
  service::form_store const& forms_;
  forms::json_document document_;
  std::vector<std::string> order_;
  std::map<std::string, forms::answers> given_;
};

/// Fills in every page of a form as its pages come; the address after the last one.
std::string fill_form(clinic&, typical_patient const&, std::string const& id,
                      std::string const& language = "en");

/// On the guardian's page: there is another child. Returns that page's number.
std::string say_another_child(clinic&, typical_patient const&);

}  // namespace intake::tests
