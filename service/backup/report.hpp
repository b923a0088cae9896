#pragma once
#include "service/backup/make.hpp"
#include "service/backup/proof.hpp"

#include <cstdio>
#include <string>

/// What the commands say about a backup.
namespace intake::service::backup {

/// A line on `out` for each part that is finished; on a terminal also how far the one at hand is.
progress_report progress_lines(std::FILE* out, std::FILE* err);

/// "40 submissions in 19 tables as of 2026-11-28T06:45:00Z, 12.3 MB".
std::string to_sentence(manifest const&);

void print(std::FILE* out, proof const&);

}  // namespace intake::service::backup
