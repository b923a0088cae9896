#pragma once
#include <string>

namespace intake::service {

/// https://user:password@host/?key with what stands before the host and behind the path hidden;
/// another text as it is.
std::string shown_url(std::string const&);

}  // namespace intake::service
