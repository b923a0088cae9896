#pragma once
#include "service/attachments.hpp"
#include "service/patients/visit.hpp"

#include <string_view>
#include <variant>
#include <vector>

/// Files of a visit: sealed one by one beside its draft, until it is sent.
namespace intake::service::patients {

/// What answers may name: every file of the visit. All functions here throw db::unavailable.
std::vector<forms::attachment> files_of(application&, visit const&);

/// Reads a file and keeps it; gives the answer that stands for it, or what the patient hears.
std::variant<forms::attachment, forms::problem_code> attach(application&, visit const&,
                                                            std::string_view bytes,
                                                            std::string_view title);

/// The files with their contents, to be sent. One that does not open is left out, and logged.
std::vector<kept_file> open_files(application&, visit const&);

/// Removes the files that no answer of the visit names any more.
void drop_unnamed_files(application&, visit const&);
void drop_all_files(application&, visit const&);

}  // namespace intake::service::patients
