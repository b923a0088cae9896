#pragma once
#include "service/attachments.hpp"
#include "service/receive.hpp"

#include <variant>
#include <vector>

namespace intake::service {

/// The files of a packet in the order of its attachments; what is wrong with them, per form; or
/// that they can't be read now.
using taken_files = std::variant<std::vector<kept_file>, answers_refused, not_now>;

/// Takes the files out of a draft's answers: bytes that came in them are read by a process of their
/// own, those that are held already are found in `draft::files`. Each answer then stands for a kept
/// file.
taken_files take_files(application const&, draft&);

}  // namespace intake::service
