#pragma once
#include "forms/x12/reading.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

/// Files of our own, with invented payers and people.
namespace intake::forms::x12::samples {

/// A whole interchange around the segments between BHT and SE, written with `*:^~` and counted
/// right: "HL*1**20*1~NM1*PR*2*EXAMPLE MUTUAL*****PI*EXM01~".
std::string file_of(std::string_view set, std::string_view segments);

/// The levels down to a subscriber, for `file_of`.
std::string_view levels_271();

/// file_of("271", levels_271() + segments).
std::string answer_with(std::string_view segments);

/// A 271 with a bit of everything, and a 270 with a dependent.
std::string full_271();
std::string full_270();
std::string sample_999();
std::string sample_ta1();

/// The same file with other separators; a repetition separator that is needed must be given.
std::string with_marks(std::string_view text, delimiters const&, std::string_view line_end = {});

/// "12/7 amount-unreadable": segment, element where there is one, code.
std::vector<std::string> notes_of(remarks const&);

/// The only 271 of a reading; fails the test where there is none.
response const& only_response(reading const&);

/// Files of the corpus; empty where it is not here.
struct corpus_file {
  std::string name;
  std::string text;
  std::string note;  ///< the manifest's last column
  std::string check;
};
std::vector<corpus_file> corpus();

}  // namespace intake::forms::x12::samples
