#include "service/settlements.hpp"

#include "forms/json_reader.hpp"
#include "forms/json_writer.hpp"
#include "service/sealed_text.hpp"

namespace intake::service {
namespace {

text_place place_of(certs::uuid id) {
  return {"settlement", id, 1};
}

text_place scan_place(certs::uuid id) {
  return {"settlement_scan", id, 1};
}

std::string write_content(settled_item const& one) {
  std::string text;
  forms::json_writer out(text);
  out.begin_object().member("code", one.code).member("words", one.words);
  if (!one.scan_type.empty()) out.member("scan", one.scan_type);
  out.end_object();
  return text;
}

std::optional<settled_item> opened(certs::kek_provider const& keks, db::settlement const& row) {
  auto const text = open_text(keks, place_of(row.id), row.key, row.content);
  if (!text) return std::nullopt;
  auto const document = forms::read_json(*text, {.bytes_max = 16384, .depth_max = 2});
  if (!document) return std::nullopt;
  auto const& root = document->root();
  return settled_item{.id = row.id,
                      .submission = row.submission,
                      .act = row.act,
                      .at = row.at,
                      .actor = row.actor,
                      .code = std::string(root.text_of("code")),
                      .words = std::string(root.text_of("words")),
                      .scan_type = std::string(root.text_of("scan"))};
}

}  // namespace

certs::hash256 missing_hash(certs::keyring const& keys, certs::uuid submission,
                            std::string_view code) {
  auto const text = "missing:" + certs::to_string(submission) + ":" + std::string(code);
  return keys.keyed_hash(certs::key_role::record_hash, certs::as_bytes(text));
}

void keep_settlement(db::pool& desk, book_keys const& keys, settled_item const& one,
                     std::string_view scan) {
  auto sealed = seal_text(keys.world, keys.keks, place_of(one.id), write_content(one));
  db::settlement const row{one.id,
                           one.submission,
                           missing_hash(keys.index, one.submission, one.code),
                           one.act,
                           one.at,
                           one.actor,
                           std::move(sealed.key),
                           std::move(sealed.content)};
  if (scan.empty()) return db::add_settlement(desk, row, nullptr);
  auto sheet = seal_text(keys.world, keys.keks, scan_place(one.id), scan);
  db::settlement_scan const kept{std::move(sheet.key), std::move(sheet.content)};
  db::add_settlement(desk, row, &kept);
}

std::vector<settled_item> settled_items(db::pool& desk, certs::kek_provider const& keks,
                                        std::span<certs::uuid const> submissions) {
  std::vector<settled_item> all;
  if (submissions.empty()) return all;
  for (auto const& row : db::list_settlements(desk, submissions)) {
    if (row.act == db::settlement_act::reopened) continue;
    if (auto one = opened(keks, row)) all.push_back(std::move(*one));
  }
  return all;
}

std::optional<opened_scan> open_scan(db::pool& desk, certs::kek_provider const& keks,
                                     certs::uuid id) {
  auto const row = db::find_settlement(desk, id);
  auto what = row ? opened(keks, *row) : std::nullopt;
  auto const scan = what ? db::open_settlement_scan(desk, id) : std::nullopt;
  if (!scan) return std::nullopt;
  auto bytes = open_text(keks, scan_place(id), scan->key, scan->content);
  if (!bytes) return std::nullopt;
  return opened_scan{std::move(*what), std::move(*bytes)};
}

}  // namespace intake::service
