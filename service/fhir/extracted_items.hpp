#pragma once
#include "service/audiences.hpp"
#include "service/record.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace intake::service::fhir {

/// An element of a resource and where a packet tells it. Definition-based (SDC): any item whose
/// `definition` names the element; where no form has one, the linkId that this packet uses.
struct extracted_element {
  /// "Patient.name.given"
  std::string_view path;
  std::string_view link_id;
};

/// Forms of a record, and whose answers may leave.
struct packet_view {
  std::span<opened_form const> forms;
  audience_set readable;
};

struct extracted_answer {
  forms::questionnaire const* form = nullptr;
  forms::item const* item = nullptr;
  forms::answer_value const* value = nullptr;
};

/// Every answer to the element, in the packet's order.
std::vector<extracted_answer> extract(packet_view const&, extracted_element const&);

/// Plain text of the first; empty where there is none. The code of a Coding that has one.
std::string first_text(std::vector<extracted_answer> const&);
std::string first_code(std::vector<extracted_answer> const&);

}  // namespace intake::service::fhir
