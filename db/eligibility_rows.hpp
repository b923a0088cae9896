#pragma once
#include "db/eligibility.hpp"
#include "db/transaction.hpp"

/// What the files about eligibility share.
namespace intake::db {

/// Inside a transaction; false: that question has that answer already.
bool insert_check_rows(session_scope const&, new_check const&);

struct owned_key {
  certs::uuid const& owner;
  certs::uuid const& submission;
  certs::wrapped_key const& key;
};
void insert_key_row(session_scope const&, owned_key const&);
void insert_part_row(session_scope const&, certs::uuid const& owner, std::string const& name,
                     certs::bytes const& sealed);

std::string id_or_none(std::optional<certs::uuid> const&);

}  // namespace intake::db
