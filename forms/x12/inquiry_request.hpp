#pragma once
#include "forms/json_reader.hpp"
#include "forms/parse_error.hpp"
#include "forms/x12/inquiry.hpp"
#include "forms/x12/inquiry_writer.hpp"

#include <deque>
#include <string>

namespace intake::forms::x12 {

/// What to ask, read from JSON; its views live in the document and in `texts`.
struct inquiry_request {
  json_document document;
  std::deque<std::string> texts;
  inquiry_batch batch;
};

/// Reads the document that the folder's README describes: one envelope, one payer, provider,
/// subscriber and at most one dependent an inquiry. Refused with its place and line: an unknown
/// member, a member of the wrong kind, what nobody can mean (an NPI that is none, a birth date to
/// come) and what tells no two inquiries apart. What X12 itself asks for is checked by `write_270`.
parsed<inquiry_request> read_inquiry_request(std::string json);

/// The request's 270; a refusal has the line of the member that it names.
parsed<std::string> write_270(inquiry_request const&, writing_options const& = {});

}  // namespace intake::forms::x12
