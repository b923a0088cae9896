#include "service/backup/report.hpp"

#include "certs/utc_text.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <unistd.h>

namespace intake::service::backup {
namespace {

std::string megabytes(std::uint64_t bytes) {
  return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
}

}  // namespace

progress_report progress_lines(std::FILE* out, std::FILE* err) {
  bool const watched = ::isatty(::fileno(err)) == 1;
  return [out, err, watched](progress_step const& step) {
    if (step.done) {
      fmt::print(out, "  {}: {}\n", step.name, megabytes(step.bytes));
    } else if (watched) {
      fmt::print(err, "\r  {}: {} …", step.name, megabytes(step.bytes));
    }
  };
}

std::string to_sentence(manifest const& made) {
  auto const& tables = made.facts.tables;
  auto const submissions = std::ranges::find(tables, "submission", &db::snapshot_table::name);
  std::uint64_t bytes = 0;
  for (auto const& file : made.files) bytes += file.bytes;
  return fmt::format("{} submissions in {} tables as of {}, {}",
                     submissions == tables.end() ? 0 : submissions->rows, tables.size(),
                     certs::utc_text(std::chrono::floor<std::chrono::seconds>(made.facts.taken)),
                     megabytes(bytes));
}

void print(std::FILE* out, proof const& found) {
  fmt::print(out,
             "{} submissions: {} summaries and {} sets of answers opened, {} destroyed under the "
             "retention policy; {} audit entries hashed again.\n",
             found.submissions, found.summaries_opened, found.answers_opened, found.destroyed,
             found.audit_entries);
  for (auto const& fault : found.faults) fmt::print(out, "- {}\n", fault);
}

}  // namespace intake::service::backup
