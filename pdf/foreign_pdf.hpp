#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include <boost/system/result.hpp>

namespace intake::pdf {

/// Why a PDF from outside was not taken.
enum class foreign_fault {
  none,
  damaged,  ///< cut off, or its cross-references lead astray
  locked,   ///< opens with a password only
  too_many_pages,
};

/// The pages of a PDF from outside as a new file: what they show, and nothing that acts. Scripts,
/// actions, links, form fields, annotations, embedded files, references to other files and metadata
/// are not in it; what it says is not decoded. The same bytes give the same bytes.
///
/// For a process that may fail: the library's memory and time are for its sandbox to bound.
boost::system::result<std::string, foreign_fault> rewrite_foreign(std::string_view bytes,
                                                                  std::size_t pages_max);

}  // namespace intake::pdf
