#pragma once
#include "forms/response.hpp"
#include "pdf/form_copy.hpp"

#include <string_view>
#include <vector>

namespace intake::pdf::sample {

/// The clinic's own forms, filled in by the invented patient of tests/data/packet, and what a
/// record says beside them.
class packet {
 public:
  packet();

  std::vector<filled_form> filled() const;
  /// Facts as the service makes them for that profile.
  copy_facts facts(copy_profile) const;
  document copy(copy_profile profile) const { return form_copy(filled(), facts(profile)); }

 private:
  std::vector<forms::questionnaire> forms_;
  std::vector<forms::response> responses_;
};

}  // namespace intake::pdf::sample
