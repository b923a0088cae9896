#pragma once
#include <string>

namespace intake::service {

/// https://user:password@host/ with what stands before the host hidden; another text as it is.
std::string shown_url(std::string const&);

}  // namespace intake::service
