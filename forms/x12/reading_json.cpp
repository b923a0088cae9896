#include "forms/x12/reading_json.hpp"

#include "forms/x12/acknowledgement_json.hpp"
#include "forms/x12/benefits_json.hpp"
#include "forms/x12/inquiry_json.hpp"
#include "forms/x12/json_parts.hpp"

namespace intake::forms::x12 {
namespace {

std::string_view name_of(reading_verdict verdict) {
  constexpr std::string_view names[] = {"clean", "deviations", "refused"};
  return names[static_cast<std::size_t>(verdict)];
}

std::string_view name_of(set_version release) {
  constexpr std::string_view names[] = {"unknown", "4010", "5010"};
  return names[static_cast<std::size_t>(release)];
}

/// A separator as a person writes it: "*", "0x1D".
std::string mark_text(char mark) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  if (mark > ' ' && mark <= '~') return {mark};
  auto const byte = static_cast<unsigned char>(mark);
  return {'0', 'x', digits[byte >> 4U], digits[byte & 15U]};
}

void write_marks(json_writer& json, delimiters const& marks) {
  json.key("delimiters").begin_object().member("element", mark_text(marks.element));
  write_said(json, "repetition", marks.repetition == '\0' ? "" : mark_text(marks.repetition));
  json.member("component", mark_text(marks.component));
  json.member("segment", mark_text(marks.segment)).end_object();
}

void write_segment(json_writer& json, segment const& one) {
  json.begin_object().member("segment", std::int64_t{one.number}).member("id", one.id);
  json.key("elements").begin_array();
  for (auto const element : one.elements) json.string(element);
  json.end_array().end_object();
}

/// Segments by loop, each in the order of the file.
std::vector<std::vector<segment const*>> by_loop(loop_tree const& tree) {
  std::vector<std::vector<segment const*>> lists(tree.loops.size());
  for (auto const& one : tree.segments) lists[one.loop].push_back(one.what);
  return lists;
}

void write_loops(json_writer& json, loop_tree const& tree) {
  auto const lists = by_loop(tree);
  json.key("loops").begin_array();
  for (std::size_t i = 0; i < tree.loops.size(); ++i) {
    json.begin_object().member("loop", id_of(tree.loops[i]));
    json.key("parent");
    if (i == 0) {
      json.null();
    } else {
      json.integer(tree.loops[i].parent);
    }
    json.key("segments").begin_array();
    for (auto const* one : lists[i]) write_segment(json, *one);
    json.end_array().end_object();
  }
  json.end_array();
}

class document_writer {
 public:
  document_writer(reading const& from, document_head const& head) : from_{from}, head_{head} {}

  std::string run() {
    out_.reserve(from_.file.segments.size() * 256 + 1024);
    json_.begin_object().member("tool", "intake x12 read").member("version", head_.program_version);
    json_.member("file", head_.file).member("verdict", name_of(verdict_of(from_.found, head_.how)));
    json_.key("interchanges").begin_array();
    for (auto const& one : from_.interchanges) write(one);
    json_.end_array();
    write_remarks("deviations", from_.found.deviations());
    write_remarks("errors", from_.found.errors());
    json_.member("left_out", static_cast<std::int64_t>(from_.found.left_out())).end_object();
    return std::move(out_);
  }

 private:
  void write(interchange const& one) {
    json_.begin_object().member("segment", std::int64_t{one.segment});
    write_said(json_, "control", one.control);
    write_said(json_, "sender_qualifier", one.sender_qualifier);
    write_said(json_, "sender", one.sender);
    write_said(json_, "receiver_qualifier", one.receiver_qualifier);
    write_said(json_, "receiver", one.receiver);
    write_said(json_, "date", one.date);
    write_said(json_, "time", one.time);
    write_said(json_, "version", one.version);
    write_said(json_, "usage", one.usage);
    write_marks(json_, one.marks);
    json_.key("acknowledgements").begin_array();
    for (std::size_t i = 0; i < one.acknowledgements.size(); ++i) {
      write_acknowledgement(json_, from_.acknowledgements[next_acknowledgement_++]);
    }
    json_.end_array().key("groups").begin_array();
    for (auto const& group : one.groups) write(group);
    json_.end_array().end_object();
  }

  void write(functional_group const& one) {
    json_.begin_object().member("segment", std::int64_t{one.segment});
    write_said(json_, "control", one.control);
    write_said(json_, "function", one.function);
    write_said(json_, "sender", one.sender);
    write_said(json_, "receiver", one.receiver);
    write_said(json_, "date", iso_day(read_day(one.date)));
    write_said(json_, "time", one.time);
    write_said(json_, "version", one.version);
    json_.key("sets").begin_array();
    for (auto const& set : one.sets) write(set, from_.sets[next_set_++]);
    json_.end_array().end_object();
  }

  void write(transaction_set const& set, set_reading const& what) {
    json_.begin_object();
    json_.member("segment", std::int64_t{set.segments.front().number});
    json_.member("segments", static_cast<std::int64_t>(set.segments.size()));
    write_said(json_, "set", set.id);
    write_said(json_, "control", set.control);
    write_said(json_, "version", set.version);
    json_.member("release", name_of(set.release)).member("is_complete", set.complete);
    write_loops(json_, what.tree);
    write_content(what.content);
    json_.end_object();
  }

  void write_content(set_content const& content) {
    if (auto const* const asked = std::get_if<inquiry>(&content)) {
      json_.key("inquiry");
      write_inquiry(json_, *asked);
    } else if (auto const* const said = std::get_if<response>(&content)) {
      json_.key("response");
      write_response(json_, *said, head_.asked);
    } else if (auto const* const known = std::get_if<group_acknowledgement>(&content)) {
      json_.key("acknowledgement");
      write_acknowledgement(json_, *known);
    }
  }

  void write_remarks(std::string_view name, std::vector<remark> const& list) {
    json_.key(name).begin_array();
    for (auto const& one : list) {
      json_.begin_object().member("segment", std::int64_t{one.segment});
      json_.member("element", std::int64_t{one.element}).member("code", x12::name_of(one.code));
      json_.member("message", reason_of(one)).end_object();
    }
    json_.end_array();
  }

  reading const& from_;
  document_head const& head_;
  std::string out_;
  json_writer json_{out_};
  std::size_t next_set_ = 0;
  std::size_t next_acknowledgement_ = 0;
};

}  // namespace

std::string to_json(reading const& from, document_head const& head) {
  return document_writer{from, head}.run();
}

}  // namespace intake::forms::x12
