#include "forms/x12/inquiry_writer.hpp"

#include "forms/x12/element_writer.hpp"
#include "forms/x12/values.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>

#include <fmt/format.h>

namespace intake::forms::x12 {
namespace {

class writer {
 public:
  writer(inquiry_batch const& batch, writing_options const& options)
      : batch_{batch},
        options_{options},
        make_{options.marks, options.letters},
        put_{out_, options.marks, options.lines} {}

  parsed<std::string> run() {
    write_isa();
    write_gs();
    make_.enter({});
    if (batch_.inquiries.empty()) {
      make_.refuse({"inquiries", "ST", 0, 0}, "missing", "There is nothing to ask.");
    }
    for (std::size_t i = 0; i < batch_.inquiries.size() && !make_.error(); ++i) {
      write(batch_.inquiries[i], fmt::format("inquiries[{}]", i));
    }
    if (make_.error()) return *make_.error();
    auto const& envelope = batch_.envelope;
    put_.put("GE", {std::to_string(batch_.inquiries.size()), envelope.group_control});
    put_.put("IEA", {"1", padded(envelope.control)});
    return std::move(out_);
  }

 private:
  static std::string padded(std::string_view control) { return fmt::format("{:0>9}", control); }

  static std::string fixed(std::string text, std::size_t width) {
    text.resize(width, ' ');
    return text;
  }

  void write_isa() {
    auto const& from = batch_.envelope;
    make_.enter("envelope");
    written_field const control_field{"control", "ISA13", 1, 9};
    auto const control = make_.control(control_field, from.control);
    if (!is_short_day(from.date)) {
      make_.refuse({"date", "ISA09", 6, 6}, "not-a-day", "ISA09 is no day, as YYMMDD.");
    }
    std::string_view const repetition{&options_.marks.repetition, 1};
    std::string_view const component{&options_.marks.component, 1};
    put_.put(
        "ISA",
        {make_.required_code({"authorisation_qualifier", "ISA01", 2, 2},
                             from.authorisation_qualifier),
         fixed(make_.id({"authorisation", "ISA02", 1, 10}, from.authorisation), 10),
         make_.required_code({"security_qualifier", "ISA03", 2, 2}, from.security_qualifier),
         fixed(make_.id({"security", "ISA04", 1, 10}, from.security), 10),
         make_.required_code({"sender_qualifier", "ISA05", 2, 2}, from.sender_qualifier),
         fixed(make_.required_id({"sender", "ISA06", 1, 15}, from.sender), 15),
         make_.required_code({"receiver_qualifier", "ISA07", 2, 2}, from.receiver_qualifier),
         fixed(make_.required_id({"receiver", "ISA08", 1, 15}, from.receiver), 15), from.date,
         make_.time({"time", "ISA10", 4, 4}, from.time).substr(0, 4), repetition, "00501",
         padded(control),
         one_of({"acknowledgement_requested", "ISA14", 1, 1}, from.acknowledgement_requested, "01",
                "ISA14 is 0 or 1."),
         one_of({"usage", "ISA15", 1, 1}, from.usage, "PT", "ISA15 is P (production) or T (test)."),
         component});
  }

  /// A value of one character, of few.
  std::string one_of(written_field const& field, std::string_view value, std::string_view allowed,
                     std::string message) {
    auto out = make_.code(field, value);
    bool const is_known = out.size() == 1 && allowed.find(out) != allowed.npos;
    if (!is_known) make_.refuse(field, "not-known", std::move(message));
    return out;
  }

  void write_gs() {
    auto const& from = batch_.envelope;
    put_.put("GS", {"HS", make_.required_id({"group_sender", "GS02", 2, 15}, from.group_sender),
                    make_.required_id({"group_receiver", "GS03", 2, 15}, from.group_receiver),
                    make_.day({"date", "GS04", 8, 8}, from.group_date),
                    make_.time({"time", "GS05", 4, 8}, from.group_time),
                    make_.control({"group_control", "GS06", 1, 9}, from.group_control), "X",
                    version_270});
  }

  void write(inquiry const& one, std::string const& place) {
    make_.enter(place);
    auto const first = put_.count();
    written_field const control_field{"control", "ST02", 4, 9};
    auto const control = make_.required_id(control_field, one.control);
    if (!controls_.insert(control).second) {
      make_.refuse(control_field, "repeated",
                   "Another inquiry of this file has the same number (ST02).");
    }
    put_.put("ST", {"270", control, version_270});
    auto const purpose = one.purpose.empty() ? std::string{"13"}
                                             : make_.code({"purpose", "BHT02", 2, 2}, one.purpose);
    auto const reference = make_.id({"reference", "BHT03", 1, 50}, one.reference);
    auto const type = make_.code({"type", "BHT06", 2, 2}, one.type);
    make_.enter("envelope");
    put_.put("BHT", {"0022", purpose, reference, make_.day({"date", "BHT04", 8, 8}, one.date),
                     make_.time({"time", "BHT05", 4, 8}, one.time), type});
    next_level_ = 1;
    place_ = place;
    make_.enter(place);
    if (one.sources.empty()) {
      make_.refuse({"payer", "NM1", 0, 0}, "missing", "The inquiry names no payer.");
    }
    for (auto const& source : one.sources) write_source(source);
    put_.put("SE", {std::to_string(put_.count() - first + 1), control});
  }

  /// HL; gives its number back.
  std::string write_level(std::string_view parent, std::string_view code, bool has_children) {
    auto number = std::to_string(next_level_++);
    put_.put("HL", {number, parent, code, has_children ? "1" : "0"});
    return number;
  }

  void write_source(inquired_source const& from) {
    make_.enter(place_ + ".payer");
    auto const level = write_level({}, "20", !from.receivers.empty());
    write_name(from, {"name", "id"});
    if (from.receivers.empty()) {
      make_.refuse({"", "HL", 0, 0}, "missing", "Nobody asks this payer.");
    }
    for (auto const& receiver : from.receivers) write_receiver(receiver, level);
  }

  void write_receiver(inquiring_receiver const& from, std::string const& parent) {
    make_.enter(place_ + ".provider");
    auto const level = write_level(parent, "21", !from.subscribers.empty());
    write_name(from, {"name", "npi"});
    write_about(from);
    for (auto const& subscriber : from.subscribers) write_subscriber(subscriber, level);
  }

  void write_subscriber(inquired_person const& from, std::string const& parent) {
    auto const level = write_level(parent, "22", !from.dependents.empty());
    write_person(from, place_ + ".subscriber");
    for (auto const& dependent : from.dependents) {
      write_level(level, "23", false);
      write_person(dependent, place_ + ".dependent");
    }
  }

  /// How a request calls NM103 and NM109 of this party.
  struct party_members {
    std::string_view name;
    std::string_view id;
  };

  void write_name(party const& from, party_members const& members) {
    put_.put("NM1", {make_.required_code({"code", "NM101", 2, 3}, from.code),
                     make_.required_code({"type", "NM102", 1, 1}, from.type),
                     make_.text({members.name, "NM103", 1, 60}, from.name),
                     make_.text({"first", "NM104", 1, 35}, from.first),
                     make_.text({"middle", "NM105", 1, 25}, from.middle),
                     make_.text({"prefix", "NM106", 1, 10}, from.prefix),
                     make_.text({"suffix", "NM107", 1, 10}, from.suffix),
                     from.id.empty()
                         ? std::string{}
                         : make_.required_code({"id_qualifier", "NM108", 1, 2}, from.id_qualifier),
                     make_.id({members.id, "NM109", 2, 80}, from.id)});
  }

  void write_references(std::vector<reference> const& from) {
    for (auto const& one : from) {
      put_.put("REF", {make_.required_code({"group_number", "REF01", 2, 3}, one.qualifier),
                       make_.required_id({"group_number", "REF02", 1, 50}, one.value),
                       make_.text({"group_number", "REF03", 1, 80}, one.description)});
    }
  }

  void write_address(address const& from) {
    if (!from.line.empty() || !from.second_line.empty()) {
      put_.put("N3", {make_.required({"address.line", "N301", 1, 55}, from.line),
                      make_.text({"address.second_line", "N302", 1, 55}, from.second_line)});
    }
    bool const has_city = !from.city.empty() || !from.state.empty() || !from.postal_code.empty();
    if (!has_city) return;
    put_.put("N4", {make_.text({"address.city", "N401", 2, 30}, from.city),
                    make_.code({"address.state", "N402", 2, 2}, from.state),
                    make_.id({"address.postal_code", "N403", 3, 15}, from.postal_code),
                    make_.code({"address.country", "N404", 2, 3}, from.country), "", "",
                    make_.code({"address.subdivision", "N407", 1, 3}, from.subdivision)});
  }

  /// REF, N3, N4 and PRV, in the order of X12 005010X279A1.
  void write_about(party const& from) {
    write_references(from.references);
    write_address(from.where);
    if (!from.role.code.empty()) {
      put_.put("PRV", {make_.code({"taxonomy", "PRV01", 1, 3}, from.role.code),
                       make_.code({"taxonomy", "PRV02", 2, 3}, from.role.qualifier),
                       make_.id({"taxonomy", "PRV03", 1, 50}, from.role.taxonomy)});
    }
  }

  void write_traces(std::vector<trace> const& from) {
    for (auto const& one : from) {
      put_.put("TRN", {make_.required_code({"trace.type", "TRN01", 1, 2}, one.type),
                       make_.required_id({"trace.number", "TRN02", 1, 50}, one.number),
                       make_.id({"trace.origin", "TRN03", 10, 10}, one.origin),
                       make_.id({"trace.more", "TRN04", 1, 50}, one.more)});
    }
  }

  void write_person(inquired_person const& from, std::string place) {
    make_.enter(place_);
    write_traces(from.traces);
    make_.enter(std::move(place));
    write_name(from, {"last", "member_id"});
    write_about(from);
    write_birth(from);
    write_insured(from);
    make_.enter(place_);
    write_diagnoses(from.diagnoses);
    write_dates(from.dates);
    for (auto const& one : from.services) write_service(one);
  }

  void write_insured(person const& from) {
    if (from.is_insured.empty() && from.relationship.empty()) return;
    std::array<std::string, 17> elements;
    elements[0] = make_.required_code({"insured", "INS01", 1, 1}, from.is_insured);
    elements[1] = make_.required_code({"relationship", "INS02", 2, 2}, from.relationship);
    elements[16] = make_.code({"birth_sequence", "INS17", 1, 9}, from.birth_sequence);
    std::array<std::string_view, 17> views;
    std::ranges::copy(elements, views.begin());
    put_.put("INS", std::span<std::string_view const>{views});
  }

  void write_birth(person const& from) {
    bool const has_birth = !from.birth.value.empty();
    if (!has_birth && from.sex.empty()) return;
    auto const day =
        has_birth ? make_.day({"birth_date", "DMG02", 8, 8}, from.birth.value) : std::string{};
    auto const sex = from.sex.empty() ? std::string{}
                                      : one_of({"sex", "DMG03", 1, 1}, from.sex, "FMU",
                                               "DMG03 is F, M or U (unknown).");
    put_.put("DMG", {has_birth ? "D8" : "", day, sex});
  }

  void write_diagnoses(std::vector<diagnosis> const& from) {
    if (from.empty()) return;
    std::vector<std::string> elements;
    elements.reserve(from.size());
    for (auto const& one : from) {
      elements.push_back(make_.required_code({"diagnoses", "HI01", 1, 3}, one.qualifier) +
                         options_.marks.component +
                         make_.required_id({"diagnoses", "HI01", 1, 30}, one.code));
    }
    std::vector<std::string_view> const views(elements.begin(), elements.end());
    put_.put("HI", views);
  }

  void write_dates(std::vector<dated> const& from) {
    for (auto const& one : from) {
      written_field const field{"service_date", "DTP03", 1, 35};
      bool const is_span = one.format == "RD8";
      auto const middle = one.value.size() / 2;
      auto value =
          is_span ? make_.day(field, one.value.substr(0, middle)) + "-" +
                        make_.day(field, one.value.substr(std::min(middle + 1, one.value.size())))
                  : make_.day(field, one.value);
      put_.put("DTP", {make_.required_code({"service_date", "DTP01", 3, 3}, one.qualifier),
                       is_span ? "RD8" : "D8", value});
    }
  }

  std::string joined(written_field const& field, std::vector<std::string_view> const& parts,
                     char separator) {
    std::string out;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (i != 0) out += separator;
      out += make_.id(field, parts[i]);
    }
    return out;
  }

  void write_service(inquired_service const& from) {
    auto const& marks = options_.marks;
    for (auto const one : from.services) {
      make_.required_code({"service_types", "EQ01", 1, 2}, one);
    }
    put_.put("EQ", {joined({"service_types", "EQ01", 1, 2}, from.services, marks.repetition),
                    joined({"procedure", "EQ02", 1, 48}, from.procedure, marks.component),
                    make_.code({"level", "EQ03", 3, 3}, from.level), "",
                    joined({"pointers", "EQ05", 1, 2}, from.pointers, marks.component)});
    for (auto const& one : from.amounts) {
      put_.put("AMT", {make_.required_code({"amount", "AMT01", 1, 3}, one.qualifier),
                       make_.required_id({"amount", "AMT02", 1, 18}, one.amount)});
    }
    for (auto const& one : from.informations) {
      put_.put("III", {make_.required_code({"information", "III01", 1, 3}, one.qualifier),
                       make_.required_id({"information", "III02", 1, 30}, one.code)});
    }
    write_references(from.references);
    write_dates(from.dates);
  }

  inquiry_batch const& batch_;
  writing_options const& options_;
  std::string out_;
  element_writer make_;
  segment_writer put_;
  std::string place_;  ///< of the inquiry that is being written
  std::unordered_set<std::string> controls_;
  std::size_t next_level_ = 1;
};

}  // namespace

parsed<std::string> write_270(inquiry_batch const& batch, writing_options const& options) {
  return writer{batch, options}.run();
}

}  // namespace intake::forms::x12
