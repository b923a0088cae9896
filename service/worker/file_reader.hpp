#pragma once
#include "service/worker/pixels.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace intake::service::worker {

enum class file_kind : char { jpeg = 'J', pdf = 'P' };

/// A file as it is kept: a baseline JPEG of our own making, or a PDF that does nothing.
struct clean_file {
  file_kind kind = file_kind::jpeg;
  std::string bytes;
};

/// Reads a JPEG, a PNG or a PDF by what it begins with, whatever it is called. Pictures are turned
/// upright, made smaller where a side is over `picture_side_max` and encoded again; of what else
/// the file held nothing is left. For the sandboxed child only.
or_fault<clean_file> read_file(std::string_view bytes);

/// What goes over the pipe: a letter and the bytes.
std::string write_answer(or_fault<clean_file> const&);
/// Nothing for what `write_answer` did not write.
std::optional<or_fault<clean_file>> read_answer(std::string);

}  // namespace intake::service::worker
