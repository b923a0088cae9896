#include "service/bulk_copy.hpp"

#include "service/copy_profiles.hpp"
#include "service/eligibility/copy_checks.hpp"

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
  bulk_maker(bulk_parts const& parts, bulk_order const& order) : parts_(parts), order_(order) {}

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
    auto copy =
        copy_of(parts_.copies, stored->head, *reading.record, order_.profile,
                eligibility::checks_for_copy({parts_.desk, parts_.keks, parts_.copies.clock},
                                             stored->head, *reading.record, order_.profile));
    auto& section = copy.sections.front();
    section.bookmark = fmt::format("{} · {}", section.patient.name, receipt);
    if (drawing_ == nullptr) begin(copy);
    auto const drawn = drawing_->add(section);
    if (!drawn.defects.empty()) {
      refuse(std::move(entry), receipt,
             fmt::format("Its copy would not be complete. Affected: {}.",
                         fmt::join(drawn.defects, ", ")));
    }
    parts_.writer.append(std::move(entry));
  }

  bulk_copy finish() {
    bulk_copy out{drawing_->finish(), entry_for("pdf-downloaded")};
    out.made.shown = order_.ids;
    out.made.content =
        parts_.copies.keys.keyed_hash(certs::key_role::document_hash, certs::as_bytes(out.bytes));
    return out;
  }

 private:
  db::audit_entry entry_for(std::string action) const {
    auto entry = order_.who;
    entry.action = std::move(action);
    entry.purpose = fmt::format("{}: {}, one of {}", entry.purpose, copy_name(order_.profile),
                                order_.ids.size());
    return entry;
  }

  [[noreturn]] void refuse(db::audit_entry entry, std::string const& receipt,
                           std::string const& why) {
    entry.outcome = db::audit_outcome::failed;
    parts_.writer.append(std::move(entry));
    throw bulk_refused(
        fmt::format("The submission with receipt {}: {} No file was made.", receipt, why));
  }

  /// What is the same for all patients is taken from the first one's copy.
  void begin(pdf::document const& first) {
    pdf::document head;
    head.about = first.about;
    head.about.title = fmt::format("{} submissions", order_.ids.size());
    head.purpose = first.purpose;
    head.sides = pdf::printed_on::both;
    head.words = first.words;
    drawing_ = parts_.copies.drawer.begin(std::move(head));
  }

  bulk_parts const& parts_;
  bulk_order const& order_;
  std::unique_ptr<long_drawing> drawing_;
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
