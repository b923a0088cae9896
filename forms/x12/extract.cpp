#include "forms/x12/extract.hpp"

#include <algorithm>

namespace intake::forms::x12 {
namespace {

/// Where a set stands in its file.
struct set_place {
  interchange const* exchange = nullptr;
  functional_group const* group = nullptr;
  transaction_set const* set = nullptr;
};

set_place place_of(reading const& read, std::size_t wanted) {
  std::size_t n = 0;
  for (auto const& exchange : read.interchanges) {
    for (auto const& group : exchange.groups) {
      for (auto const& set : group.sets) {
        if (n++ == wanted) return {&exchange, &group, &set};
      }
    }
  }
  return {};
}

class extractor {
 public:
  extractor(set_place const& at, loop_tree const& tree) : at_{at}, tree_{tree} {}

  std::string write(reading const& read, std::uint32_t person_segment) {
    auto const& all = read.file.segments;
    put(segment_at(all, at_.exchange->segment));
    put(segment_at(all, at_.group->segment));
    auto const keeps = loops_to_keep(person_segment);
    for (auto const& each : tree_.segments) {
      if (keeps[each.loop]) put(each.what);
    }
    // A set without SE is whole only where GE follows: a trailer would make a cut one whole.
    if (at_.set->complete) put_trailers(all);
    return std::move(out_);
  }

 private:
  static segment const* segment_at(std::vector<segment> const& all, std::uint32_t number) {
    return number == 0 || number > all.size() ? nullptr : &all[number - 1];
  }

  /// Those of its own group and interchange, where they are there.
  void put_trailers(std::vector<segment> const& all) {
    bool is_in_group = true;
    for (auto n = at_.set->segments.back().number; n < all.size(); ++n) {
      auto const& each = all[n];
      if (each.name == tag::isa) return;
      if (each.name == tag::ge && is_in_group) put(&each);
      if (each.name == tag::ge || each.name == tag::gs) is_in_group = false;
      if (each.name == tag::iea) return put(&each);
    }
  }

  /// The person's level, those above it, and what is said in each of them.
  std::vector<bool> loops_to_keep(std::uint32_t person_segment) const {
    auto const& loops = tree_.loops;
    std::vector<bool> keeps(loops.size(), false);
    if (loops.empty()) return keeps;
    auto const found = std::ranges::find_if(tree_.segments, [&](placed_segment const& each) {
      return each.what->number == person_segment;
    });
    std::uint32_t at = found == tree_.segments.end() ? 0 : found->loop;
    keeps[0] = true;
    while (at != 0) {
      if (loops[at].part == loop_part::hierarchy) keeps[at] = true;
      at = loops[at].parent;
    }
    for (std::size_t n = 1; n < loops.size(); ++n) {
      if (loops[n].part != loop_part::hierarchy && keeps[loops[n].parent]) keeps[n] = true;
    }
    return keeps;
  }

  void put(segment const* one) {
    if (one == nullptr) return;
    auto const& marks = at_.set->marks;
    out_ += one->id;
    for (auto const element : one->elements) {
      out_ += marks.element;
      out_ += element;
    }
    out_ += marks.segment;
  }

  set_place at_;
  loop_tree const& tree_;
  std::string out_;
};

std::uint32_t person_segment_of(response const& said, answer const& one) {
  if (auto const* const person = patient_of(said, one)) {
    if (person->segment != 0) return person->segment;
    if (!person->traces.empty()) return person->traces.front().segment;
  }
  if (one.receiver != nobody && said.receivers[one.receiver].segment != 0) {
    return said.receivers[one.receiver].segment;
  }
  return one.source == nobody ? 0 : said.sources[one.source].segment;
}

}  // namespace

std::string extract_answer(reading const& read, std::size_t set, std::size_t answer) {
  auto const& said = std::get<response>(read.sets.at(set).content);
  return extractor(place_of(read, set), read.sets.at(set).tree)
      .write(read, person_segment_of(said, said.answers.at(answer)));
}

bool is_only_answer(reading const& read) {
  if (read.sets.size() != 1 || !read.acknowledgements.empty()) return false;
  auto const* const said = std::get_if<response>(&read.sets.front().content);
  return said != nullptr && said->answers.size() == 1;
}

}  // namespace intake::forms::x12
