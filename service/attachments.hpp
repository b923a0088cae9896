#pragma once
#include "certs/envelope.hpp"
#include "forms/answers.hpp"
#include "forms/place.hpp"
#include "forms/problem_codes.hpp"
#include "forms/questionnaire.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <variant>

/// Files in answers. What is kept of one lies beside the answers, as a sealed part; the answers say
/// its type, size, name and SHA-1.
namespace intake::service {

struct application;

/// A file as it is kept: made by a process of its own from what was sent.
struct kept_file {
  std::string content_type;
  /// FHIR R4, Attachment.hash: SHA-1 in base64.
  std::string hash;
  std::string bytes;
};

using file_keeping = std::variant<kept_file, forms::problem_code>;

/// What is kept of a file, or why nothing is; `attachment_busy` alone may be tried again. A file
/// that ended its reader is logged, without a word of it.
file_keeping keep_file(application const&, std::string_view bytes);

/// The answer that stands for it; a long title is cut.
forms::attachment held_as(kept_file const&, std::string_view title);

/// A drawn signature is an attachment by its type, but an answer by itself: it stays in the
/// answers.
bool is_drawn(forms::item const&);

/// Calls for every attachment that is no drawn signature, in form order: the n-th of a packet is
/// its part attachment/n.
using attachment_use =
    std::function<void(forms::item const&, forms::attachment const&, forms::place const&)>;
using attachment_change =
    std::function<void(forms::item const&, forms::attachment&, forms::place const&)>;
void each_attachment(forms::questionnaire const&, forms::answers const&, attachment_use const&);
void each_attachment(forms::questionnaire const&, forms::answers&, attachment_change const&);

/// "attachment/3", and what its ciphertext is bound to.
std::string attachment_part_name(std::size_t number);
certs::part_name attachment_part(std::size_t number);

}  // namespace intake::service
