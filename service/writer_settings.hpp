#pragma once
#include "certs/keyring.hpp"
#include "db/batch_writer.hpp"
#include "service/config.hpp"

#include <string_view>

namespace intake::service {

/// How this installation's writer is made; `who` ("serve", "command") tells the audit chains of one
/// instance apart. Throws command_failed (refused) where the database is another installation's.
db::batch_writer_settings writer_settings(config const&, certs::keyring const&,
                                          std::string_view who);

}  // namespace intake::service
