#pragma once
#include "forms/insurance/table.hpp"

/// Each table's rows as values. What cannot be read is complained about through the table.
namespace intake::forms::insurance {

set_meta read_meta(table const& from);
std::vector<payer> read_payers(table const& from);
std::vector<contract> read_contracts(table const& from);
std::vector<id_format> read_id_formats(table const& from);
std::vector<accept_row> read_accept(table const& from);
std::vector<requirement> read_requirements(table const& from);
/// In the order in which they speak.
std::vector<cob_row> read_cob(table const& from);
std::vector<test_row> read_tests(table const& from);

}  // namespace intake::forms::insurance
