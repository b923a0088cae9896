#include "service/billing/csv_lines.hpp"

#include "forms/insurance/csv.hpp"

#include <utility>

namespace intake::service::billing {

void csv_lines::add(std::initializer_list<std::string_view> cells) {
  bool first = true;
  for (auto const cell : cells) {
    if (!std::exchange(first, false)) text_ += ',';
    forms::insurance::append_csv_cell(text_, cell, forms::insurance::formula_policy::disarm);
  }
  text_ += "\r\n";  // RFC 4180 2.1
}

}  // namespace intake::service::billing
