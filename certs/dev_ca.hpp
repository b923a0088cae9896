#pragma once
#include "certs/certificate_authority.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

/// Certificates for an evaluation. Their authority says so in its name, and production refuses
/// them.
namespace intake::certs {

constexpr std::string_view development_ca_name = "Intake development CA - evaluation only";

/// Good for two years.
pem_identity make_development_ca(world const& w);

/// For localhost, 127.0.0.1, ::1 and the names given, good for 397 days, as browsers ask.
pem_identity issue_development_server(world const& w, pem_identity const& ca,
                                      std::vector<std::string> const& more_names);

/// Writes ca.crt, ca.key, server.crt and server.key into an existing folder; keys with mode 0600.
/// Files that are there and good stay; what has expired, lacks its key or one of the names, or was
/// issued by a CA that is gone, is made anew. Throws std::runtime_error, or std::invalid_argument
/// for a name.
void create_development_files(world const& w, std::filesystem::path const& folder,
                              std::vector<std::string> const& more_names);

/// Whether any certificate of a PEM text was issued by a development CA, or is one.
bool is_from_development_ca(std::string_view pem);

}  // namespace intake::certs
