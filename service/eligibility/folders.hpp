#pragma once
#include "service/application.hpp"
#include "service/eligibility/questions.hpp"

#include <string>

/// Files that other programs bring and fetch: whoever has a clearinghouse's own client gives it two
/// folders.
namespace intake::service::eligibility {

/// Writes a batch where the clearinghouse's client fetches it; whole or not at all, readable for
/// the owner and its group. Gives why it could not, after a line in the log; it is written later
/// then. Empty: it lies there, or no folder is configured. Throws db::unavailable.
std::string put_into_folder(application&, made_batch const&);

/// Writes what could not be written before. Gives how many files still wait.
int put_late_files(application&);

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
