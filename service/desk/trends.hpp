#pragma once
#include "service/application.hpp"
#include "service/audiences.hpp"
#include "service/pages/page.hpp"
#include "service/record.hpp"

#include <vector>

namespace intake::service::desk {

/// How scores went over the visits of one patient: this record and those that staff said to be the
/// same patient's. Only scores whose audience the role reads, and only with two visits or more.
/// Gives the other records that were opened for it. Throws db::unavailable.
std::vector<certs::uuid> add_trends(page_model&, application&, role_view const&,
                                    db::submission_head const&, opened_record const&,
                                    std::vector<certs::uuid> const& same_patient);

}  // namespace intake::service::desk
