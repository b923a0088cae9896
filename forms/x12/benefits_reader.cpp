#include "forms/x12/benefits_reader.hpp"

#include "forms/x12/parties_reader.hpp"

#include <utility>

namespace intake::forms::x12 {
namespace {

/// Calls `use(part)` for all that an element says, whichever separator stands in between.
template <class Use>
void for_each_value(std::string_view element, delimiters const& marks, Use use) {
  for_each_part(element, marks.repetition,
                [&](std::string_view one) { for_each_part(one, marks.component, use); });
}

benefit read_benefit(segment const& eb, delimiters const& marks, remarks& found) {
  benefit out;
  out.segment = eb.number;
  for_each_value(eb[1], marks, [&out](std::string_view one) {
    if (out.code.empty()) {
      out.code = one;
    } else {
      out.other_codes.push_back(one);
    }
  });
  out.level = eb[2];
  for_each_value(eb[3], marks, [&out](std::string_view one) { out.services.push_back(one); });
  out.insurance_type = eb[4];
  out.plan = eb[5];
  out.period = eb[6];
  out.amount = eb[7];
  out.amount_cents = read_cents(out.amount);
  out.fraction = eb[8];
  out.quantity_qualifier = eb[9];
  out.quantity = eb[10];
  out.authorisation = eb[11];
  out.in_network = eb[12];
  out.procedure = eb[13];
  out.diagnosis_pointers = eb[14];
  if (!out.amount.empty() && !out.amount_cents) {
    found.add(remark_code::amount_unreadable, eb.number, 7);
  }
  if (!out.fraction.empty() && !percent_of(out.fraction)) {
    found.add(remark_code::percent_unreadable, eb.number, 8);
  }
  return out;
}

void read_benefit_segment(benefit& out, segment const& one, remarks& found) {
  switch (one.name) {
    case tag::hsd:
      out.deliveries.push_back(
          {one.number, one[1], one[2], one[3], one[4], one[5], one[6], one[7], one[8]});
      return;
    case tag::ref:
      out.references.push_back(read_reference(one));
      return;
    case tag::dtp:
      out.dates.push_back(read_dated(one, found));
      return;
    case tag::aaa:
      out.rejections.push_back(read_rejection(one));
      return;
    case tag::msg:
      out.messages.push_back({one.number, one[1]});
      return;
    default:
      return;
  }
}

class response_reader {
 public:
  response_reader(transaction_set const& set, loop_tree const& tree, remarks& found)
      : set_{set}, tree_{tree}, found_{found} {}

  response run() {
    out_.segment = set_.segments.front().number;
    out_.is_cut_off = !set_.complete;
    who_.resize(tree_.loops.size(), nobody);
    for (auto const& each : tree_.segments) read(*each.what, each.loop);
    leave_for(nobody);
    drop_silent_subscribers();
    return std::move(out_);
  }

 private:
  void read(segment const& one, std::uint32_t index) {
    auto const& where = tree_.loops[index];
    switch (where.part) {
      case loop_part::header:
        return read_header(one);
      case loop_part::hierarchy:
        if (one.name == tag::hl) return open_level(index);
        return read_named(one, where.of);
      case loop_part::name:
        return read_named(one, where.of);
      case loop_part::benefit:
        if (one.name == tag::eb) {
          open_.benefits.push_back(read_benefit(one, set_.marks, found_));
        } else if (auto* const last = last_benefit()) {
          read_benefit_segment(*last, one, found_);
        }
        return;
      case loop_part::information:
        if (auto* const last = last_benefit(); last != nullptr && one.name == tag::iii) {
          last->informations.push_back({one.number, one[1], one[2], one[3], one[4]});
        }
        return;
      case loop_part::related:
        return read_related(one);
    }
  }

  benefit* last_benefit() { return open_.benefits.empty() ? nullptr : &open_.benefits.back(); }

  void read_header(segment const& one) {
    if (one.name != tag::bht) return;
    out_.purpose = one[2];
    out_.reference = one[3];
    out_.date = one[4];
    out_.time = one[5];
  }

  void open_level(std::uint32_t index) {
    leave_for(index);
    at_ = tree_.loops[index].of;
    at_loop_ = index;
    open_ = {};
    name_levels_above(tree_.loops[index].parent);
    switch (at_) {
      case level::source:
        begin(out_.sources, open_.source);
        break;
      case level::receiver:
        begin(out_.receivers, open_.receiver);
        break;
      case level::subscriber:
        begin(out_.subscribers, open_.subscriber);
        break;
      case level::dependent:
        begin(out_.dependents, open_.dependent);
        break;
      case level::none:
        break;
    }
  }

  /// HL02 says under whom somebody stands, whatever came last.
  void name_levels_above(std::uint32_t index) {
    for (; index != 0; index = tree_.loops[index].parent) {
      switch (tree_.loops[index].of) {
        case level::source:
          open_.source = who_[index];
          break;
        case level::receiver:
          open_.receiver = who_[index];
          break;
        case level::subscriber:
          open_.subscriber = who_[index];
          break;
        default:
          break;
      }
    }
  }

  template <class Party>
  void begin(std::vector<Party>& list, std::uint32_t& index) {
    index = static_cast<std::uint32_t>(list.size());
    who_[at_loop_] = index;
    list.emplace_back();
  }

  /// A person always speaks, a level above only where it says why nothing comes below it.
  void leave_for(std::uint32_t next) {
    bool const goes_deeper = next != nobody && tree_.loops[next].parent == at_loop_;
    bool const is_person = at_ == level::subscriber || at_ == level::dependent;
    auto const* const here = current();
    bool const is_told = here != nullptr && !here->rejections.empty();
    if (is_person || !open_.benefits.empty() || (is_told && !goes_deeper)) {
      out_.answers.push_back(std::move(open_));
      open_ = {};
    }
  }

  /// A subscriber with dependents that nothing is said of is there for their sake only.
  void drop_silent_subscribers() {
    std::vector<bool> has_dependents(out_.subscribers.size());
    for (auto const& one : out_.answers) {
      if (one.dependent != nobody && one.subscriber != nobody)
        has_dependents[one.subscriber] = true;
    }
    std::erase_if(out_.answers, [&](answer const& one) {
      return one.dependent == nobody && one.subscriber != nobody && one.benefits.empty() &&
             has_dependents[one.subscriber] && out_.subscribers[one.subscriber].rejections.empty();
    });
  }

  party* current() {
    switch (at_) {
      case level::source:
        return &out_.sources[open_.source];
      case level::receiver:
        return &out_.receivers[open_.receiver];
      case level::subscriber:
        return &out_.subscribers[open_.subscriber];
      case level::dependent:
        return &out_.dependents[open_.dependent];
      case level::none:
        break;
    }
    return nullptr;
  }

  void read_named(segment const& one, level of) {
    if (of != at_) return;
    if (of == level::subscriber || of == level::dependent) {
      auto& somebody = of == level::subscriber ? out_.subscribers[open_.subscriber]
                                               : out_.dependents[open_.dependent];
      read_person_segment(somebody, one, set_.marks, found_);
    } else if (auto* const here = current()) {
      read_party_segment(*here, one);
    }
  }

  void read_related(segment const& one) {
    auto* const last = last_benefit();
    if (last == nullptr) return;
    if (one.name == tag::nm1) last->related.emplace_back();
    if (!last->related.empty()) read_party_segment(last->related.back(), one);
  }

  transaction_set const& set_;
  loop_tree const& tree_;
  remarks& found_;
  response out_;
  answer open_;
  level at_ = level::none;
  std::uint32_t at_loop_ = nobody;
  /// For every level's loop, which of its list that is.
  std::vector<std::uint32_t> who_;
};

}  // namespace

response read_response(transaction_set const& set, loop_tree const& tree, remarks& found) {
  return response_reader{set, tree, found}.run();
}

}  // namespace intake::forms::x12
