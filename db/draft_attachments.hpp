#pragma once
#include "certs/hash_chain.hpp"
#include "certs/kek.hpp"
#include "certs/uuid.hpp"
#include "db/pool.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace intake::db {

/// A file of a draft, sealed with a key of its own; it goes away with its draft.
struct draft_attachment {
  /// Keyed hash of what the answers call the file.
  certs::hash256 name{};
  certs::wrapped_key key;
  /// What answers say of the file.
  certs::bytes about;
  /// Empty in a list.
  certs::bytes content;
};

/// What a draft's files may be together, sealed.
struct draft_room {
  std::int64_t files_max = 0;
  std::int64_t bytes_max = 0;
};

enum class draft_keeping { kept, no_room, no_draft };

/// All functions here throw `unavailable`, and need the role intake_portal.
///
/// A file of that name replaces none: the same name is the same file.
draft_keeping keep_draft_attachment(pool&, certs::uuid const& draft, draft_attachment const&,
                                    draft_room const&);

/// All files of a draft without their contents, and all of it; in no order.
std::vector<draft_attachment> list_draft_attachments(pool&, certs::uuid const& draft);
std::vector<draft_attachment> open_draft_attachments(pool&, certs::uuid const& draft);

/// Removes all files of a draft but these.
void remove_draft_attachments_but(pool&, certs::uuid const& draft,
                                  std::span<certs::hash256 const> names);

}  // namespace intake::db
