#pragma once
#include "db/batch_writer.hpp"
#include "db/pool.hpp"
#include "service/bulk_file.hpp"
#include "service/copy.hpp"

#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

namespace intake::service {

inline constexpr std::size_t bulk_records_max = 200;

/// Why the copies are not made; the sentence names receipts, never a patient.
struct bulk_refused : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Copies of many records, as one file. `who` says who asks and why: what the trail gets for each
/// record is made of it.
struct bulk_order {
  /// 1 to bulk_records_max, in the order of the file; one that comes twice is drawn once.
  std::vector<certs::uuid> ids{};
  pdf::copy_profile profile = pdf::copy_profile::desk;
  pdf::copy_extent extent = pdf::copy_extent::whole;
  bulk_shape shape = bulk_shape::merged_pdf;
  db::audit_entry who{};
};

struct bulk_parts {
  copy_context copies;
  db::pool& desk;
  certs::kek_provider const& keks;
  db::batch_writer& writer;
};

/// The file, and the trail's entry that must be durable before a byte of it leaves: it names every
/// record and holds the file's hash.
struct bulk_copy {
  std::string bytes;
  bulk_shape shape = bulk_shape::merged_pdf;
  db::audit_entry made;
};

/// Told how many records are drawn; what it throws ends the work.
using bulk_progress = std::function<void(std::size_t drawn)>;

/// All or nothing: where one record is not there, nothing is opened; where one does not open or its
/// copy would not be whole, no file comes. Each record is in the trail before the next is opened,
/// and in a ZIP with the hash of its own file. Throws bulk_refused, render_failed,
/// db::unavailable.
bulk_copy make_bulk_copy(bulk_parts const&, bulk_order, bulk_progress const&);

}  // namespace intake::service
