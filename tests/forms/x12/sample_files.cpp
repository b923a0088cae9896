#include "tests/forms/x12/sample_files.hpp"

#include "tests/forms/support.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace intake::forms::x12::samples {

std::string file_of(std::string_view set, std::string_view segments) {
  bool const is_inquiry = set == "270";
  auto const head = fmt::format(
      "ISA*00*          *00*          *ZZ*EXAMPLECLINIC  *ZZ*EXAMPLEHUB     *261128*0958*^*00501*"
      "000000017*0*T*:~GS*{}*EXAMPLECLINIC*EXAMPLEHUB*20261128*0958*17*X*005010X279A1~",
      is_inquiry ? "HS" : "HB");
  auto const body = fmt::format("ST*{}*0017*005010X279A1~BHT*0022*{}*REQ0017*20261128*0958~{}", set,
                                is_inquiry ? "13" : "11", segments);
  auto const count = std::ranges::count(body, '~') + 1;
  return fmt::format("{}{}SE*{}*0017~GE*1*17~IEA*1*000000017~", head, body, count);
}

std::string_view levels_271() {
  return "HL*1**20*1~NM1*PR*2*EXAMPLE MUTUAL*****PI*EXM01~"
         "HL*2*1*21*1~NM1*1P*2*EXAMPLE PAIN CENTER*****XX*1234567893~"
         "HL*3*2*22*0~TRN*2*TRACE0017*9EXAMPLECL~NM1*IL*1*SAMPLE*SALLY****MI*EX0000017~"
         "DMG*D8*19700101*F~";
}

std::string answer_with(std::string_view segments) {
  return file_of("271", fmt::format("{}{}", levels_271(), segments));
}

std::string full_271() {
  return file_of(
      "271",
      "HL*1**20*1~NM1*PR*2*EXAMPLE MUTUAL*****PI*EXM01~PER*IC*MEMBER "
      "HELP*TE*8005550100*UR*EXAMPLE.ORG~"
      "HL*2*1*21*1~NM1*1P*2*EXAMPLE PAIN CENTER*****XX*1234567893~REF*EO*77~PRV*PE*PXC*208VP0014X~"
      "HL*3*2*22*1~TRN*1*TRACE0016*9EXAMPLECL~TRN*2*TRACE0017*9EXAMPLECL*MORE~"
      "NM1*IL*1*SAMPLE*SALLY*Q**JR*MI*EX0000017~REF*6P*GROUP1*EXAMPLE EMPLOYER~N3*1 EXAMPLE ST*APT "
      "2~"
      "N4*SAMPLETOWN*FL*33602~PRV*PC*PXC*208VP0014X~DMG*D8*19700101*F~INS*Y*18*001*25~"
      "HI*BK:8901*BF:7242~DTP*346*D8*20260101~MPI*C*AA*A**A1*D8*20100101~"
      "HL*4*3*23*0~TRN*2*TRACE0018*9EXAMPLECL~NM1*03*1*SAMPLE*SIMON~DMG*D8*20100404*M~INS*N*19~"
      "DTP*291*RD8*20260101-20261231~EB*1*IND*30^98*C1*EXAMPLE "
      "PPO~REF*18*PLAN7~DTP*348*D8*20260101~"
      "EB*C*IND*30***23*1500*****Y~EB*C*IND*30***29*420.55*****Y~EB*A*IND*98*****.2****N~"
      "EB*F*IND*33***23***VS*35**Y~HSD*VS*35***23*1~AAA*N**52*C~MSG*PHYSICAL THERAPY ONLY~"
      "III*ZZ*11~III*ZZ*22~LS*2120~NM1*PRP*2*EXAMPLE SECOND PAYER*****PI*EXM02~N3*2 EXAMPLE ST~"
      "N4*SAMPLETOWN*FL*33602~PER*IC**TE*8005550101~PRV*OT*PXC*208VP0014X~LE*2120~EB*L~");
}

std::string full_270() {
  return file_of(
      "270",
      "HL*1**20*1~NM1*PR*2*EXAMPLE MUTUAL*****PI*EXM01~"
      "HL*2*1*21*1~NM1*1P*1*EXAMPLE*ERICA****XX*1234567893~REF*EO*77~N3*3 EXAMPLE ST~"
      "N4*SAMPLETOWN*FL*33602~PRV*PE*PXC*208VP0014X~"
      "HL*3*2*22*1~TRN*1*TRACE0017*9EXAMPLECL*DESK 2~NM1*IL*1*SAMPLE*SALLY*Q**JR*MI*EX0000017~"
      "REF*6P*GROUP1~N3*1 EXAMPLE ST*APT 2~N4*SAMPLETOWN*FL*33602~DMG*D8*19700101*F~"
      "HI*BK:8901*BF:7242~DTP*291*D8*20261128~EQ*30^98**FAM**1:2~AMT*R*100~III*ZZ*11~REF*9F*12~"
      "DTP*291*RD8*20261101-20261130~EQ**HC:99213:25~"
      "HL*4*3*23*0~TRN*1*TRACE0018*9EXAMPLECL~NM1*03*1*SAMPLE*SIMON~DMG*D8*20100404*M~INS*N*19~"
      "DTP*291*D8*20261128~EQ*30~");
}

std::string sample_999() {
  return "ISA*00*          *00*          *ZZ*EXAMPLEHUB     *ZZ*EXAMPLECLINIC  "
         "*261128*0959*^*00501*"
         "000000018*0*T*:~GS*FA*EXAMPLEHUB*EXAMPLECLINIC*20261128*0959*18*X*005010X231A1~"
         "ST*999*0001*005010X231A1~AK1*HS*17*005010X279A1~AK2*270*0017*005010X279A1~IK5*A~"
         "AK2*270*0018*005010X279A1~IK3*NM1*10*2100*8~CTX*TRN02:TRACE0018~IK4*9:1:2*67*7*BAD ID~"
         "IK5*R*5*I6~AK9*P*2*2*1*5~SE*11*0001~GE*1*18~IEA*1*000000018~";
}

std::string sample_ta1() {
  return "ISA*00*          *00*          *ZZ*EXAMPLEHUB     *ZZ*EXAMPLECLINIC  "
         "*261128*0959*^*00501*"
         "000000019*0*T*:~TA1*000000017*261128*0958*R*025~IEA*0*000000019~";
}

std::string with_marks(std::string_view text, delimiters const& marks, std::string_view line_end) {
  std::string out;
  for (char const c : text) {
    switch (c) {
      case '*':
        out += marks.element;
        break;
      case ':':
        out += marks.component;
        break;
      case '^':
        out += marks.repetition;
        break;
      case '~':
        out += marks.segment;
        out += line_end;
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::vector<std::string> notes_of(remarks const& found) {
  std::vector<std::string> out;
  auto append = [&out](std::vector<remark> const& list) {
    for (auto const& one : list) {
      auto const place = one.element == 0 ? std::to_string(one.segment)
                                          : fmt::format("{}/{}", one.segment, one.element);
      out.push_back(fmt::format("{} {}", place, name_of(one.code)));
    }
  };
  append(found.errors());
  append(found.deviations());
  return out;
}

response const& only_response(reading const& from) {
  static response const none{};
  for (auto const& set : from.sets) {
    if (auto const* const found = std::get_if<response>(&set.content)) return *found;
  }
  ADD_FAILURE() << "there is no 271";
  return none;
}

std::vector<corpus_file> corpus() {
  std::string const folder = INTAKE_SHARED "/corpus/x12/";
  std::ifstream manifest{folder + "MANIFEST.tsv"};
  std::vector<corpus_file> files;
  std::string line;
  std::getline(manifest, line);
  while (std::getline(manifest, line)) {
    std::vector<std::string> fields;
    std::istringstream in{line};
    for (std::string field; std::getline(in, field, '\t');) fields.push_back(field);
    fields.resize(8);
    auto text = support::contents(folder + fields[0]);
    files.push_back({fields[0], std::move(text), fields[7], fields[6]});
  }
  return files;
}

}  // namespace intake::forms::x12::samples
