#pragma once
#include "service/worker/file_reader.hpp"

#include <functional>

namespace intake::service::worker {

using file_work = std::function<or_fault<clean_file>(std::string_view)>;

/// The child's whole life: enters the sandbox, reads one file from standard input, writes what it
/// made of it to standard output. Returns the exit code. Throws where the sandbox could not be
/// made.
int serve_one_file(file_work const& work);

}  // namespace intake::service::worker
