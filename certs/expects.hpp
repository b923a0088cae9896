#pragma once

namespace intake::certs {

/// Ends the program with `rule` on stderr when our own code broke it; what a person or a file gets
/// wrong is never checked this way.
void expects(bool kept, char const* rule) noexcept;

}  // namespace intake::certs
