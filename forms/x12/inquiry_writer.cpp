#include "forms/x12/inquiry_writer.hpp"

#include "forms/x12/element_writer.hpp"

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
    if (batch_.inquiries.empty()) make_.refuse("inquiries", "missing", "There is nothing to ask.");
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
    auto const usage = from.usage == "P" || from.usage == "T" ? from.usage : std::string{};
    if (usage.empty()) make_.refuse("usage", "not-known", "It is P (production) or T (test).");
    auto const control = make_.control("control", from.control);
    bool const is_date = is_digits(from.date) && from.date.size() == 6;
    if (!is_date) make_.refuse("date", "not-a-day", "It is no day, as YYMMDD.");
    std::string_view const repetition{&options_.marks.repetition, 1};
    std::string_view const component{&options_.marks.component, 1};
    put_.put(
        "ISA",
        {fixed(make_.required("authorisation_qualifier", from.authorisation_qualifier, 2), 2),
         fixed(make_.text("authorisation", from.authorisation, 10), 10),
         fixed(make_.required("security_qualifier", from.security_qualifier, 2), 2),
         fixed(make_.text("security", from.security, 10), 10),
         fixed(make_.required("sender_qualifier", from.sender_qualifier, 2), 2),
         fixed(make_.required("sender", from.sender, 15), 15),
         fixed(make_.required("receiver_qualifier", from.receiver_qualifier, 2), 2),
         fixed(make_.required("receiver", from.receiver, 15), 15), from.date,
         make_.time("time", from.time).substr(0, 4), repetition, "00501", padded(control),
         fixed(make_.required("acknowledgement_requested", from.acknowledgement_requested, 1), 1),
         usage, component});
  }

  void write_gs() {
    auto const& from = batch_.envelope;
    put_.put("GS",
             {"HS", make_.required("group_sender", from.group_sender, 15),
              make_.required("group_receiver", from.group_receiver, 15),
              make_.day("group_date", from.group_date), make_.time("group_time", from.group_time),
              make_.control("group_control", from.group_control), "X", version_270});
  }

  void write(inquiry const& one, std::string const& place) {
    make_.enter(place);
    auto const first = put_.count();
    auto const control = make_.required("control", one.control, 9);
    if (control.size() < 4) {
      make_.refuse("control", "too-short",
                   "A control number of a transaction set has 4 to 9 characters.");
    }
    if (!controls_.insert(control).second) {
      make_.refuse("control", "repeated", "Another inquiry of this file has the same number.");
    }
    put_.put("ST", {"270", control, version_270});
    put_.put("BHT", {"0022", one.purpose.empty() ? "13" : make_.text("purpose", one.purpose, 2),
                     make_.text("reference", one.reference, 50), make_.day("date", one.date),
                     make_.time("time", one.time), make_.text("type", one.type, 2)});
    next_level_ = 1;
    if (one.sources.empty()) make_.refuse("payer", "missing", "The inquiry names no payer.");
    for (auto const& source : one.sources) write_source(source, place);
    put_.put("SE", {std::to_string(put_.count() - first + 1), control});
  }

  /// HL; gives its number back.
  std::string write_level(std::string_view parent, std::string_view code, bool has_children) {
    auto number = std::to_string(next_level_++);
    put_.put("HL", {number, parent, code, has_children ? "1" : "0"});
    return number;
  }

  void write_source(inquired_source const& from, std::string const& place) {
    make_.enter(place + ".payer");
    auto const level = write_level({}, "20", !from.receivers.empty());
    write_name(from);
    if (from.receivers.empty()) make_.refuse("", "missing", "Nobody asks this payer.");
    for (auto const& receiver : from.receivers) write_receiver(receiver, level, place);
  }

  void write_receiver(inquiring_receiver const& from, std::string const& parent,
                      std::string const& place) {
    make_.enter(place + ".provider");
    auto const level = write_level(parent, "21", !from.subscribers.empty());
    write_name(from);
    write_about(from);
    for (auto const& subscriber : from.subscribers) {
      make_.enter(place + ".subscriber");
      write_subscriber(subscriber, level, place);
    }
  }

  void write_subscriber(inquired_person const& from, std::string const& parent,
                        std::string const& place) {
    auto const level = write_level(parent, "22", !from.dependents.empty());
    write_person(from);
    for (auto const& dependent : from.dependents) {
      make_.enter(place + ".dependent");
      write_level(level, "23", false);
      write_person(dependent);
    }
  }

  void write_name(party const& from) {
    put_.put("NM1", {make_.required("code", from.code, 3), make_.required("type", from.type, 1),
                     make_.text("name", from.name, 60), make_.text("first", from.first, 35),
                     make_.text("middle", from.middle, 25), make_.text("prefix", from.prefix, 10),
                     make_.text("suffix", from.suffix, 10),
                     from.id.empty() ? "" : make_.required("id_qualifier", from.id_qualifier, 2),
                     make_.text("id", from.id, 80)});
  }

  void write_references(std::vector<reference> const& from) {
    for (auto const& one : from) {
      put_.put("REF", {make_.required("reference.qualifier", one.qualifier, 3),
                       make_.required("reference.value", one.value, 50),
                       make_.text("reference.description", one.description, 80)});
    }
  }

  void write_address(address const& from) {
    if (!from.line.empty()) {
      put_.put("N3", {make_.required("address.line", from.line, 55),
                      make_.text("address.second_line", from.second_line, 55)});
    }
    bool const has_city = !from.city.empty() || !from.state.empty() || !from.postal_code.empty();
    if (!has_city) return;
    put_.put("N4",
             {make_.text("address.city", from.city, 30), make_.text("address.state", from.state, 2),
              make_.text("address.postal_code", from.postal_code, 15),
              make_.text("address.country", from.country, 3), "", "",
              make_.text("address.subdivision", from.subdivision, 3)});
  }

  /// REF, N3, N4 and PRV, in the order of X12 005010X279A1.
  void write_about(party const& from) {
    write_references(from.references);
    write_address(from.where);
    if (!from.role.code.empty()) {
      put_.put("PRV", {make_.text("role.code", from.role.code, 3),
                       make_.text("role.qualifier", from.role.qualifier, 3),
                       make_.text("role.taxonomy", from.role.taxonomy, 50)});
    }
  }

  void write_person(inquired_person const& from) {
    for (auto const& one : from.traces) {
      put_.put("TRN", {make_.required("trace.type", one.type, 2),
                       make_.required("trace.number", one.number, 50),
                       make_.text("trace.origin", one.origin, 10),
                       make_.text("trace.more", one.more, 50)});
    }
    write_name(from);
    write_about(from);
    write_birth(from);
    if (!from.is_insured.empty() || !from.relationship.empty()) {
      std::array<std::string, 17> elements;
      elements[0] = make_.required("insured", from.is_insured, 1);
      elements[1] = make_.required("relationship", from.relationship, 2);
      elements[16] = make_.text("birth_sequence", from.birth_sequence, 9);
      std::array<std::string_view, 17> views;
      std::ranges::copy(elements, views.begin());
      put_.put("INS", std::span<std::string_view const>{views});
    }
    write_diagnoses(from.diagnoses);
    write_dates(from.dates);
    for (auto const& one : from.services) write_service(one);
  }

  void write_birth(person const& from) {
    bool const has_birth = !from.birth.value.empty();
    if (!has_birth && from.sex.empty()) return;
    put_.put("DMG", {has_birth ? "D8" : "",
                     has_birth ? make_.day("birth_date", from.birth.value) : std::string{},
                     make_.text("sex", from.sex, 1)});
  }

  void write_diagnoses(std::vector<diagnosis> const& from) {
    if (from.empty()) return;
    std::vector<std::string> elements;
    elements.reserve(from.size());
    for (auto const& one : from) {
      elements.push_back(make_.required("diagnosis.qualifier", one.qualifier, 3) +
                         options_.marks.component + make_.required("diagnosis.code", one.code, 30));
    }
    std::vector<std::string_view> const views(elements.begin(), elements.end());
    put_.put("HI", views);
  }

  void write_dates(std::vector<dated> const& from) {
    for (auto const& one : from) {
      bool const is_span = one.format == "RD8";
      auto const middle = one.value.size() / 2;
      auto value = is_span ? make_.day("date.first", one.value.substr(0, middle)) + "-" +
                                 make_.day("date.last",
                                           one.value.substr(std::min(middle + 1, one.value.size())))
                           : make_.day("date", one.value);
      put_.put("DTP",
               {make_.required("date.qualifier", one.qualifier, 3), is_span ? "RD8" : "D8", value});
    }
  }

  std::string joined(std::string_view name, std::vector<std::string_view> const& parts,
                     char separator) {
    std::string out;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (i != 0) out += separator;
      out += make_.text(name, parts[i], 48);
    }
    return out;
  }

  void write_service(inquired_service const& from) {
    auto const& marks = options_.marks;
    for (auto const one : from.services) make_.required("service_types", one, 2);
    put_.put("EQ", {joined("service_types", from.services, marks.repetition),
                    joined("procedure", from.procedure, marks.component),
                    make_.text("level", from.level, 3), "",
                    joined("pointers", from.pointers, marks.component)});
    for (auto const& one : from.amounts) {
      put_.put("AMT", {make_.required("amount.qualifier", one.qualifier, 3),
                       make_.required("amount.amount", one.amount, 18)});
    }
    for (auto const& one : from.informations) {
      put_.put("III", {make_.required("information.qualifier", one.qualifier, 3),
                       make_.required("information.code", one.code, 30)});
    }
    write_references(from.references);
    write_dates(from.dates);
  }

  inquiry_batch const& batch_;
  writing_options const& options_;
  std::string out_;
  element_writer make_;
  segment_writer put_;
  std::unordered_set<std::string> controls_;
  std::size_t next_level_ = 1;
};

}  // namespace

parsed<std::string> write_270(inquiry_batch const& batch, writing_options const& options) {
  return writer{batch, options}.run();
}

}  // namespace intake::forms::x12
