#pragma once
#include "forms/link_path.hpp"
#include "forms/problem.hpp"
#include "service/patients/page_body.hpp"
#include "service/patients/page_list.hpp"
#include "service/patients/visit.hpp"

#include <vector>

namespace intake::service::patients {

/// Whether the page has room for files; without, it is sent without any.
bool takes_files(forms::questionnaire const&, page_items const&);

/// Keeps the files that came with a page: in `body.fields` each is named as one that is held, in
/// place of what its field held before. A file that is not taken changes nothing. Returns what is
/// wrong with files, each at its question.
std::vector<forms::problem> keep_page_files(application&, visit const&, forms::questionnaire const&,
                                            page_items const&, page_body&);

/// What stands in the way of a file before it is read: its question takes no such type or size.
std::vector<forms::problem> problems_of_file(forms::questionnaire const&, forms::link_path const&,
                                             std::string_view bytes);

/// Takes a file out of the answers of a page, wherever they name it.
void take_out(forms::answers&, page_items const&, std::string_view hash);
/// Takes out every file.
void take_out_files(forms::answers&);

}  // namespace intake::service::patients
