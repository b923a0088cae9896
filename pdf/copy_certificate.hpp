#pragma once
#include "pdf/form_copy.hpp"

#include <span>
#include <vector>

namespace intake::pdf {

/// The last page: the record's names and hashes, each form's edition, each agreement with the
/// edition of its text and how it was signed, and a QR code with the record's id and version only.
std::vector<block> copy_certificate(std::span<filled_form const> packet, copy_facts const& about);

}  // namespace intake::pdf
