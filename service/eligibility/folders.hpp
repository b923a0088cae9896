#pragma once
#include "service/application.hpp"

#include <string>

/// Files that other programs bring and fetch: whoever has a clearinghouse's own client gives it two
/// folders.
namespace intake::service::eligibility {

/// Writes a batch where the clearinghouse's client fetches it; whole or not at all, readable for
/// the owner and its group. Nothing where no folder is configured. Throws std::runtime_error.
void put_into_folder(config const&, std::string const& file_name, std::string const& text);

struct picked_up {
  int taken = 0;
  int again = 0;
  int refused = 0;
};

/// Takes every file of `[eligibility] inbox_folder` that nobody writes any more, each once. What
/// was taken lies sealed in the database and is removed; what is no answer is moved into the folder
/// `refused` beside it. A program that is stopped between the two takes it again and finds that it
/// has it.
picked_up pick_up_files(application&, certs::utc_time now);

}  // namespace intake::service::eligibility
