#include "forms/x12/inquiry_reader.hpp"

#include "forms/x12/parties_reader.hpp"

#include <utility>

namespace intake::forms::x12 {
namespace {

std::vector<std::string_view> parts_of(std::string_view element, char separator) {
  std::vector<std::string_view> parts;
  if (element.empty()) return parts;
  for (;;) {
    auto const end = separator == '\0' ? element.npos : element.find(separator);
    parts.push_back(element.substr(0, end));
    if (end == element.npos) return parts;
    element.remove_prefix(end + 1);
  }
}

inquired_service read_service(segment const& eq, delimiters const& marks) {
  inquired_service out;
  out.segment = eq.number;
  for_each_part(eq[1], marks.repetition,
                [&out](std::string_view one) { out.services.push_back(one); });
  out.procedure = parts_of(eq[2], marks.component);
  out.level = eq[3];
  out.pointers = parts_of(eq[5], marks.component);
  return out;
}

void read_service_segment(inquired_service& out, segment const& one, remarks& found) {
  switch (one.name) {
    case tag::amt:
      out.amounts.push_back({one[1], one[2]});
      return;
    case tag::iii:
      out.informations.push_back({one[1], one[2]});
      return;
    case tag::ref:
      out.references.push_back(read_reference(one));
      return;
    case tag::dtp:
      out.dates.push_back(read_dated(one, found));
      return;
    default:
      return;
  }
}

class inquiry_reader {
 public:
  inquiry_reader(transaction_set const& set, loop_tree const& tree, remarks& found)
      : set_{set}, tree_{tree}, found_{found} {}

  inquiry run() {
    out_.segment = set_.segments.front().number;
    out_.control = set_.control;
    out_.version = set_.version;
    for (auto const& each : tree_.segments) read(*each.what, tree_.loops[each.loop]);
    return std::move(out_);
  }

 private:
  void read(segment const& one, loop const& where) {
    switch (where.part) {
      case loop_part::header:
        if (one.name == tag::bht) read_header(one);
        return;
      case loop_part::hierarchy:
        if (one.name == tag::hl) return open_level(where.of);
        return read_named(one, where.of);
      case loop_part::name:
        return read_named(one, where.of);
      case loop_part::benefit:
        return read_question(one);
      default:
        return;
    }
  }

  void read_header(segment const& bht) {
    out_.purpose = bht[2];
    out_.reference = bht[3];
    out_.date = bht[4];
    out_.time = bht[5];
    out_.type = bht[6];
  }

  // The levels above that a file leaves out are there, but empty: nothing below them gets lost.
  void open_level(level next) {
    at_ = next;
    if (next == level::none) return;
    if (next == level::source || out_.sources.empty()) out_.sources.emplace_back();
    if (next == level::source) return;
    auto& receivers = out_.sources.back().receivers;
    if (next == level::receiver || receivers.empty()) receivers.emplace_back();
    if (next == level::receiver) return;
    auto& subscribers = receivers.back().subscribers;
    if (next == level::subscriber || subscribers.empty()) subscribers.emplace_back();
    if (next == level::dependent) subscribers.back().dependents.emplace_back();
  }

  inquired_person* current_person() {
    if (at_ != level::subscriber && at_ != level::dependent) return nullptr;
    auto& subscriber = out_.sources.back().receivers.back().subscribers.back();
    return at_ == level::subscriber ? &subscriber : &subscriber.dependents.back();
  }

  void read_named(segment const& one, level of) {
    if (of != at_) return;
    if (auto* const somebody = current_person()) {
      read_person_segment(*somebody, one, set_.marks, found_);
    } else if (at_ == level::source) {
      read_party_segment(out_.sources.back(), one);
    } else if (at_ == level::receiver) {
      read_party_segment(out_.sources.back().receivers.back(), one);
    }
  }

  void read_question(segment const& one) {
    auto* const somebody = current_person();
    if (somebody == nullptr) return;
    if (one.name == tag::eq) {
      somebody->services.push_back(read_service(one, set_.marks));
    } else if (!somebody->services.empty()) {
      read_service_segment(somebody->services.back(), one, found_);
    }
  }

  transaction_set const& set_;
  loop_tree const& tree_;
  remarks& found_;
  inquiry out_;
  level at_ = level::none;
};

std::string without_padding(std::string_view text) {
  auto const last = text.find_last_not_of(' ');
  return std::string{text.substr(0, last == text.npos ? 0 : last + 1)};
}

}  // namespace

inquiry read_inquiry(transaction_set const& set, loop_tree const& tree, remarks& found) {
  return inquiry_reader{set, tree, found}.run();
}

inquiry_envelope envelope_of(segment const& isa, functional_group const& group) {
  inquiry_envelope out;
  out.authorisation_qualifier = isa[1];
  out.authorisation = without_padding(isa[2]);
  out.security_qualifier = isa[3];
  out.security = without_padding(isa[4]);
  out.sender_qualifier = isa[5];
  out.sender = without_padding(isa[6]);
  out.receiver_qualifier = isa[7];
  out.receiver = without_padding(isa[8]);
  out.date = isa[9];
  out.time = isa[10];
  out.control = isa[13];
  out.acknowledgement_requested = isa[14];
  out.usage = isa[15];
  out.group_sender = group.sender;
  out.group_receiver = group.receiver;
  out.group_date = group.date;
  out.group_time = group.time;
  out.group_control = group.control;
  return out;
}

}  // namespace intake::forms::x12
