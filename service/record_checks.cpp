#include "service/record_checks.hpp"

#include "certs/blind_index.hpp"
#include "db/sealed_summaries.hpp"
#include "service/record.hpp"

#include <algorithm>

namespace intake::service {
namespace {

using certs::search_field;

bool was_cut(std::string_view text) {
  return text.ends_with("…");
}

/// Whether the summary still has all that tokens of this kind were made of.
bool can_be_made_again(search_field field, summary const& from) {
  switch (field) {
    case search_field::surname_birth_date:
      return !was_cut(from.family);
    case search_field::name_prefix:
      return !was_cut(from.family) && !was_cut(from.given);
    case search_field::birth_date:
      return true;
    case search_field::phone:
    case search_field::phone_last_four:
      return !was_cut(from.phone);
    case search_field::member_id:
      return false;
  }
  return false;
}

/// One that was cut to nothing tells nothing.
bool is_bare(summary const& from) {
  return from.family.empty() && from.given.empty() && from.birth_date.empty() && from.phone.empty();
}

std::vector<certs::search_token> comparable(std::vector<certs::search_token> tokens,
                                            summary const& from) {
  std::erase_if(tokens, [&](auto const& each) { return !can_be_made_again(each.field, from); });
  std::ranges::sort(tokens);
  return tokens;
}

bool has_its_tokens(certs::keyring const& keys, summary const& content,
                    std::vector<db::search_token> const& stored) {
  std::vector<certs::search_token> there;
  for (auto const& each : stored) {
    there.push_back({static_cast<search_field>(each.kind), each.value});
  }
  std::string_view const phones[] = {content.phone};
  auto made = certs::search_tokens(keys, {.surname = content.family,
                                          .given_names = content.given,
                                          .birth_date = content.birth_date,
                                          .phones = phones,
                                          .member_ids = {}});
  return comparable(std::move(made), content) == comparable(std::move(there), content);
}

}  // namespace

std::vector<db::audit_finding> check_records(db::pool& desk, certs::keyring const& keys,
                                             certs::kek_provider const& keks) {
  std::vector<db::audit_finding> found;
  auto const blame = [&](db::sealed_summary const& row, db::audit_fault fault) {
    found.push_back({.chain = {}, .number = 0, .fault = fault, .subject = row.id});
  };
  db::for_each_sealed_summary(desk, [&](db::sealed_summary const& row) {
    auto const opened = open_summary(keks, row);
    if (!opened.content) return blame(row, db::audit_fault::key_changed);
    if (is_bare(*opened.content) || has_its_tokens(keys, *opened.content, row.tokens)) return;
    blame(row, db::audit_fault::tokens_changed);
  });
  return found;
}

}  // namespace intake::service
