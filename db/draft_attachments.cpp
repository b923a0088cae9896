#include "db/draft_attachments.hpp"

#include "certs/hex.hpp"
#include "db/rows.hpp"
#include "db/transaction.hpp"

namespace intake::db {
namespace {

// The draft's row is locked, so that two windows find room one after the other.
constexpr statement lock_draft{"lock_draft_for_file",
                               "SELECT 1 FROM draft WHERE id = $1 FOR UPDATE"};
constexpr statement measure_files{
    "measure_draft_attachments",
    "SELECT count(*), coalesce(sum(octet_length(content)), 0) FROM draft_attachment WHERE draft_id "
    "= $1 AND name <> $2"};
constexpr statement insert_draft_file{
    "insert_draft_attachment",
    "INSERT INTO draft_attachment (draft_id, name, kek_id, wrapped, about, content) VALUES ($1, "
    "$2, $3, $4, $5, $6) ON CONFLICT DO NOTHING"};
constexpr statement select_draft_files{
    "select_draft_attachments",
    "SELECT name, kek_id, wrapped, about, content FROM draft_attachment WHERE draft_id = $1"};
constexpr statement list_files{
    "list_draft_attachments",
    "SELECT name, kek_id, wrapped, about, ''::bytea FROM draft_attachment WHERE draft_id = $1"};
constexpr statement delete_others{
    "delete_draft_attachments_but",
    "DELETE FROM draft_attachment WHERE draft_id = $1 AND NOT encode(name, 'hex') = ANY "
    "($2::text[])"};

std::string names_text(std::span<certs::hash256 const> names) {
  array_text text;
  for (auto const& each : names) {
    std::string hex;
    certs::append_hex(hex, each);
    text.add(hex);
  }
  return text.take();
}

std::vector<draft_attachment> files_by(pool& connections, statement const& what,
                                       certs::uuid const& draft) {
  auto const rows = read(connections, [&](session_scope const& scope) {
    return scope.run(what, certs::to_string(draft));
  });
  std::vector<draft_attachment> found;
  for (auto const& row : rows) {
    found.push_back({hash_of(row[0]),
                     {row[1].as<std::string>(), bytes_of(row[2])},
                     bytes_of(row[3]),
                     bytes_of(row[4])});
  }
  return found;
}

}  // namespace

draft_keeping keep_draft_attachment(pool& connections, certs::uuid const& draft,
                                    draft_attachment const& file, draft_room const& room) {
  auto const id = certs::to_string(draft);
  auto const bytes = static_cast<std::int64_t>(file.content.size());
  return write(connections, [&](session_scope const& scope) {
    if (scope.run(lock_draft, id).empty()) return draft_keeping::no_draft;
    auto const others = scope.run(measure_files, id, binary(file.name))[0];
    if (others[0].as<std::int64_t>() >= room.files_max ||
        others[1].as<std::int64_t>() + bytes > room.bytes_max) {
      return draft_keeping::no_room;
    }
    scope.run(insert_draft_file, id, binary(file.name), file.key.kek_id, binary(file.key.value),
              binary(file.about), binary(file.content));
    return draft_keeping::kept;
  });
}

std::vector<draft_attachment> list_draft_attachments(pool& connections, certs::uuid const& draft) {
  return files_by(connections, list_files, draft);
}

std::vector<draft_attachment> open_draft_attachments(pool& connections, certs::uuid const& draft) {
  return files_by(connections, select_draft_files, draft);
}

void remove_draft_attachments_but(pool& connections, certs::uuid const& draft,
                                  std::span<certs::hash256 const> names) {
  auto const kept = names_text(names);
  write(connections, [&](session_scope const& scope) {
    scope.run(delete_others, certs::to_string(draft), kept);
  });
}

}  // namespace intake::db
