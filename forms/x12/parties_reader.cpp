#include "forms/x12/parties_reader.hpp"

namespace intake::forms::x12 {
namespace {

/// Fills in the days of a date; `element` is where its text stands.
void read_days(dated& out, std::size_t element, remarks& found) {
  if (out.value.empty()) return;
  if (out.format == "D8") {
    out.first = out.last = read_day(out.value);
    // A day with dashes is that day, but no D8.
    bool const is_written_otherwise = out.first != 0 && out.value.size() != 8;
    if (is_written_otherwise) found.add(remark_code::element_malformed, out.segment, element);
  } else if (out.format == "RD8") {
    out.first = read_day(part_of(out.value, '-', 0));
    out.last = read_day(part_of(out.value, '-', 1));
    if (out.value.size() != 17 || out.last < out.first) out.first = out.last = 0;
  } else {
    found.add(remark_code::date_unreadable, out.segment, element - 1);
    return;
  }
  if (out.first == 0 || out.last == 0) {
    out.first = out.last = 0;
    found.add(remark_code::date_unreadable, out.segment, element);
  }
}

void read_name(party& out, segment const& nm1) {
  out.has_other_name = out.segment != 0;
  out.segment = nm1.number;
  out.code = nm1[1];
  out.type = nm1[2];
  out.name = nm1[3];
  out.first = nm1[4];
  out.middle = nm1[5];
  out.prefix = nm1[6];
  out.suffix = nm1[7];
  out.id_qualifier = nm1[8];
  out.id = nm1[9];
}

void read_street(address& out, segment const& n3) {
  out.segment = n3.number;
  out.line = n3[1];
  out.second_line = n3[2];
}

void read_city(address& out, segment const& n4) {
  if (out.segment == 0) out.segment = n4.number;
  out.city = n4[1];
  out.state = n4[2];
  out.postal_code = n4[3];
  out.country = n4[4];
  out.subdivision = n4[7];
}

void read_insured(person& out, segment const& ins) {
  out.insured_segment = ins.number;
  out.is_insured = ins[1];
  out.relationship = ins[2];
  out.maintenance_type = ins[3];
  out.maintenance_reason = ins[4];
  out.birth_sequence = ins[17];
}

void read_birth(person& out, segment const& dmg, remarks& found) {
  out.birth = {dmg.number, {}, dmg[1], dmg[2], 0, 0};
  out.sex = dmg[3];
  read_days(out.birth, 2, found);
}

void read_diagnoses(person& out, segment const& hi, delimiters const& marks) {
  for (auto const one : hi.elements) {
    out.diagnoses.push_back({part_of(one, marks.component, 0), part_of(one, marks.component, 1)});
  }
}

void read_military(person& out, segment const& mpi, remarks& found) {
  out.service = {
      mpi.number, mpi[1], mpi[2], mpi[3], mpi[4], mpi[5], {mpi.number, {}, mpi[6], mpi[7], 0, 0}};
  read_days(out.service.when, 7, found);
}

}  // namespace

dated read_dated(segment const& dtp, remarks& found) {
  dated out{dtp.number, dtp[1], dtp[2], dtp[3], 0, 0};
  read_days(out, 3, found);
  return out;
}

reference read_reference(segment const& ref) {
  return {ref.number, ref[1], ref[2], ref[3]};
}

rejection read_rejection(segment const& aaa) {
  return {aaa.number, aaa[1], aaa[3], aaa[4]};
}

trace read_trace(segment const& trn) {
  return {trn.number, trn[1], trn[2], trn[3], trn[4]};
}

contact read_contact(segment const& per) {
  contact out{per.number, per[2], {}};
  for (std::size_t n = 3; n <= 7; n += 2) {
    if (!per[n].empty() || !per[n + 1].empty()) out.channels.push_back({per[n], per[n + 1]});
  }
  return out;
}

bool read_party_segment(party& out, segment const& one) {
  switch (one.name) {
    case tag::nm1:
      read_name(out, one);
      return true;
    case tag::ref:
      out.references.push_back(read_reference(one));
      return true;
    case tag::n3:
      read_street(out.where, one);
      return true;
    case tag::n4:
      read_city(out.where, one);
      return true;
    case tag::per:
      out.contacts.push_back(read_contact(one));
      return true;
    case tag::prv:
      out.role = {one.number, one[1], one[2], one[3]};
      return true;
    case tag::aaa:
      out.rejections.push_back(read_rejection(one));
      return true;
    case tag::msg:
      out.messages.push_back({one.number, one[1]});
      return true;
    default:
      return false;
  }
}

bool read_person_segment(person& out, segment const& one, delimiters const& marks, remarks& found) {
  switch (one.name) {
    case tag::trn:
      out.traces.push_back(read_trace(one));
      return true;
    case tag::dmg:
      read_birth(out, one, found);
      return true;
    case tag::ins:
      read_insured(out, one);
      return true;
    case tag::hi:
      read_diagnoses(out, one, marks);
      return true;
    case tag::dtp:
      out.dates.push_back(read_dated(one, found));
      return true;
    case tag::mpi:
      read_military(out, one, found);
      return true;
    default:
      return read_party_segment(out, one);
  }
}

}  // namespace intake::forms::x12
