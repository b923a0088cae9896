#include "service/bulk_copy.hpp"

#include "service/copy_inputs.hpp"
#include "service/copy_profiles.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace intake::service {
namespace {

void drop_repeated(std::vector<certs::uuid>& ids) {
  std::vector<certs::uuid> once;
  for (auto const& each : ids) {
    if (std::ranges::count(once, each) == 0) once.push_back(each);
  }
  ids = std::move(once);
}

/// Draws the records of one order.
class bulk_maker {
 public:
  bulk_maker(bulk_parts const& parts, bulk_order const& order)
      : parts_(parts),
        order_(order),
        file_(begin_bulk_file(parts.copies.drawer, order.shape, order.ids.size())) {}

  void require_all() {
    for (auto const& id : order_.ids) {
      if (!db::list_versions(parts_.desk, id).empty()) continue;
      auto entry = entry_for("pdf-included");
      entry.outcome = db::audit_outcome::refused;
      parts_.writer.append(std::move(entry));
      throw bulk_refused("One of them is not a submission of this clinic. None was opened.");
    }
  }

  void draw(certs::uuid const& id) {
    auto const stored = db::open_submission(parts_.desk, id);
    if (!stored) throw bulk_refused("One of them was removed meanwhile.");
    auto entry = entry_for("pdf-included");
    entry.subject = id;
    entry.version = stored->head.version;
    auto const receipt = spoken_receipt(stored->head.receipt);
    auto const reading = open_record(parts_.keks, parts_.copies.forms, *stored);
    if (!reading.record) refuse(std::move(entry), receipt, reading.fault);
    auto copy = copy_of(parts_.copies, stored->head, *reading.record, order_.profile,
                        inputs_for_copy({parts_.desk, parts_.keks, parts_.copies.forms,
                                         parts_.copies.clock, parts_.copies.settings},
                                        stored->head, *reading.record, order_.profile),
                        order_.extent);
    auto bookmark = fmt::format("{} · {}", copy.sections.front().patient.name, receipt);
    auto const added = file_->add({std::move(copy), std::move(bookmark),
                                   copy_file_name(stored->head, order_.profile, order_.extent)});
    if (!added.defects.empty()) {
      refuse(std::move(entry), receipt,
             fmt::format("Its copy would not be complete. Affected: {}.",
                         fmt::join(added.defects, ", ")));
    }
    if (!added.bytes.empty()) entry.content = hash_of(added.bytes);
    parts_.writer.append(std::move(entry));
  }

  bulk_copy finish() {
    bulk_copy out{file_->finish(), order_.shape, entry_for("pdf-downloaded")};
    out.made.shown = order_.ids;
    out.made.content = hash_of(out.bytes);
    return out;
  }

 private:
  db::audit_entry entry_for(std::string action) const {
    auto entry = order_.who;
    entry.action = std::move(action);
    entry.purpose = fmt::format("{}: {}, one of {}", entry.purpose,
                                copy_words_of(order_.profile, order_.extent), order_.ids.size());
    return entry;
  }

  [[noreturn]] void refuse(db::audit_entry entry, std::string const& receipt,
                           std::string const& why) {
    entry.outcome = db::audit_outcome::failed;
    parts_.writer.append(std::move(entry));
    throw bulk_refused(
        fmt::format("The submission with receipt {}: {} No file was made.", receipt, why));
  }

  certs::hash256 hash_of(std::string const& bytes) const {
    return parts_.copies.keys.keyed_hash(certs::key_role::document_hash, certs::as_bytes(bytes));
  }

  bulk_parts const& parts_;
  bulk_order const& order_;
  std::unique_ptr<bulk_file> file_;
};

}  // namespace

bulk_copy make_bulk_copy(bulk_parts const& parts, bulk_order order, bulk_progress const& progress) {
  drop_repeated(order.ids);
  if (order.ids.empty() || order.ids.size() > bulk_records_max) {
    throw bulk_refused(fmt::format("Choose 1 to {} submissions.", bulk_records_max));
  }
  bulk_maker maker(parts, order);
  maker.require_all();
  std::size_t drawn = 0;
  for (auto const& id : order.ids) {
    maker.draw(id);
    progress(++drawn);
  }
  return maker.finish();
}

}  // namespace intake::service
